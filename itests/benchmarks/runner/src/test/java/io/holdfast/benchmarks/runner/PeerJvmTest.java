package io.holdfast.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerJvmTest {

    @TempDir private Path home;
    private PeerJvm jvm;
    private final Peer peer = new Peer("this-test", "module", Peer.Family.MEMORY, Set.of());

    @BeforeEach
    void aModuleWhoseClassPathIsThatOfThisTest() throws Exception {
        Path target = Files.createDirectories(home.resolve("module/target"));
        Files.writeString(target.resolve("class-path"), System.getProperty("java.class.path"));
        jvm =
                new PeerJvm(
                        home,
                        Path.of(System.getProperty("java.home"), "bin/java"),
                        List.of("-Xmx32m"),
                        home);
    }

    @Test
    void runsAMainClassWithItsArgumentsOnTheClassPathOfTheModule() throws Exception {
        jvm.run(peer, "good", Echo.class.getName(), List.of("a", "b c"));

        assertThat(home.resolve("good.log")).content().contains("[a, b c]");
        assertThat(home.resolve("scratch")).doesNotExist();
    }

    @Test
    void aFailureShowsTheFirstErrorOfTheLog() {
        assertThatThrownBy(() -> jvm.run(peer, "bad", Echo.class.getName(), List.of()))
                .isInstanceOf(MeasurementFailure.class)
                .hasMessageContainingAll(
                        "'this-test'",
                        "exit code 1",
                        "bad.log",
                        "IllegalStateException: nothing to say");
    }

    /** The main class of the test's JVMs. */
    public static final class Echo {
        private Echo() {}

        /** Prints its arguments. */
        public static void main(String[] arguments) {
            if (arguments.length == 0) {
                throw new IllegalStateException("nothing to say");
            }
            System.out.println(List.of(arguments));
        }
    }
}

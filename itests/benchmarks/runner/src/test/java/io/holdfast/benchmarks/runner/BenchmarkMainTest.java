package io.holdfast.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchmarkMainTest {

    @TempDir private Path home;
    private final StringWriter out = new StringWriter();
    private final StringWriter error = new StringWriter();

    @Test
    void anUnknownPeerIsRefusedWithThoseThereAre() {
        int exitCode = execute("--only", "flink-hashmap,flink-rocksbd");

        assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(error.toString())
                .contains("'flink-rocksbd'", "flink-hashmap, ", "plain-rocksdb");
    }

    @Test
    void listNamesEveryPeer() {
        assertThat(execute("--list")).isZero();
        assertThat(out.toString().lines())
                .containsExactlyElementsOf(
                        Peer.ofStateBenchmarks().stream().map(Peer::name).toList());
    }

    @Test
    void everyPeerHasAModule() {
        assertThat(Peer.ofStateBenchmarks())
                .allSatisfy(peer -> assertThat(Path.of("..", peer.module(), "pom.xml")).exists());
    }

    @Test
    void aPeerThatIsNotBuiltIsNamedWithTheRemedy() {
        int exitCode = execute("--only", "flink-hashmap");

        assertThat(exitCode).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(error.toString()).contains("'flink-hashmap' is not built", "--no-build");
    }

    private int execute(String... arguments) {
        return BenchmarkMain.commandLine(home)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(error, true))
                .execute(arguments);
    }
}

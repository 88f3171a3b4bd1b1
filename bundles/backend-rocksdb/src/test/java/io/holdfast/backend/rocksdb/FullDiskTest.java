package io.holdfast.backend.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.testkit.fixture.FixedMemoryBudget;
import io.holdfast.testkit.fixture.MemorySnapshots;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A JVM with a work directory on a file system of 16 MiB, in a mount namespace of its own. */
class FullDiskTest {
    private static final List<String> UNSHARE =
            List.of("unshare", "--user", "--map-root-user", "--mount");

    @TempDir Path directory;

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskEndsTheWritingWithPathAndSizesAndTheBackendCloses() throws Exception {
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        String mount = "mount -t tmpfs -o size=16m tmpfs '" + mounted + "'";
        assumeTrue(
                run(shell(mount, List.of("true"))).exit() == 0,
                "skipped: user and mount namespaces are not allowed here, so no small file system"
                        + " can be mounted");

        Result result =
                run(
                        shell(
                                mount,
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx512m",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Writer.class.getName(),
                                        mounted.toString())));

        assertThat(result.output())
                .contains("STATE-3111 The disk is full: writing")
                .containsPattern("directory +" + mounted)
                .containsPattern("free +\\d+ bytes")
                .containsPattern("used here +\\d{7,8} bytes")
                .contains("category ENVIRONMENT")
                .contains("closed");
        assertThat(result.exit()).isZero();
    }

    /** Writes until it fails. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            MemorySnapshots snapshots = new MemorySnapshots();
            KeyedStateBackend<Integer> backend =
                    new EmbeddedRocksDBStateBackend()
                            .open(
                                    new KeyedBackendRequest<>(
                                            "test (1/1)",
                                            Serializers.INTEGER,
                                            new KeyGroupRange(0, 0),
                                            1,
                                            Path.of(arguments[0]),
                                            new FixedMemoryBudget(4 << 20),
                                            List.of(),
                                            snapshots));
            var value =
                    backend.value(
                            new ValueStateDescriptor<>("value", Serializers.BYTES),
                            VoidNamespace.SERIALIZER);
            value.setCurrentNamespace(VoidNamespace.INSTANCE);
            SplittableRandom random = new SplittableRandom(1);
            try {
                for (int i = 0; i < 100_000; i++) {
                    byte[] bytes = new byte[1_000];
                    random.nextBytes(bytes);
                    backend.setCurrentKey(i, 0);
                    value.update(bytes);
                }
            } catch (HoldfastException e) {
                System.out.println(e.getMessage());
                System.out.println("category " + e.problem().category());
            }
            backend.close();
            System.out.println("closed");
        }
    }

    private record Result(int exit, String output) {}

    private static List<String> shell(String mount, List<String> command) {
        List<String> all = new ArrayList<>(UNSHARE);
        all.addAll(List.of("sh", "-c", mount + " && exec \"$@\"", "sh"));
        all.addAll(command);
        return all;
    }

    private Result run(List<String> command) throws InterruptedException, IOException {
        Path output = Files.createTempFile(directory, "child", ".log");
        Process process;
        try {
            process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
        } catch (IOException e) {
            return new Result(-1, e.toString());
        }
        try {
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the child does not end: " + command);
            }
            return new Result(
                    process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }
}

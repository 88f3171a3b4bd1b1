package io.holdfast.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import picocli.CommandLine;

class BenchmarkMainTest {

    @TempDir private Path home;
    private final StringWriter out = new StringWriter();
    private final StringWriter error = new StringWriter();

    @Test
    void anUnknownPeerIsRefusedWithThoseThereAre() {
        int exitCode = execute("--peer", "flink-hashmap,flink-rocksbd");

        assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(error.toString())
                .contains("'flink-rocksbd'", "flink-hashmap, ", "plain-rocksdb");
    }

    @Test
    void anUnknownWorkloadIsRefusedWithThoseThereAre() {
        int exitCode = execute("--only", "map,value-ged");

        assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(error.toString()).contains("'value-ged'", "value-get, ", "nexmark-q5");
    }

    @Test
    void listNamesEveryWorkloadAndPeer() {
        assertThat(execute("--list")).isZero();
        assertThat(out.toString().lines().map(String::strip))
                .containsAll(StateBenchmark.all().stream().map(StateBenchmark::name).toList())
                .containsAll(Peer.all().stream().map(Peer::name).toList());
    }

    @Test
    void everyPeerHasAModule() {
        assertThat(Peer.all())
                .allSatisfy(peer -> assertThat(Path.of("..", peer.module(), "pom.xml")).exists());
    }

    @Test
    void everyOperationHasABenchmark() {
        assertThat(StateBenchmark.all())
                .allSatisfy(
                        operation -> {
                            String[] names = operation.method().split("\\.");
                            Class<?> benchmark =
                                    Class.forName("io.holdfast.benchmarks.state." + names[0]);
                            assertThat(benchmark.getMethod(names[1]).getAnnotation(Benchmark.class))
                                    .as(operation.method())
                                    .isNotNull();
                            for (String param : operation.params().keySet()) {
                                assertThat(benchmark.getField(param).getAnnotation(Param.class))
                                        .as(param)
                                        .isNotNull();
                            }
                        });
    }

    @Test
    void aPeerThatIsNotBuiltIsNamedWithTheRemedy() {
        int exitCode = execute("--peer", "flink-hashmap");

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

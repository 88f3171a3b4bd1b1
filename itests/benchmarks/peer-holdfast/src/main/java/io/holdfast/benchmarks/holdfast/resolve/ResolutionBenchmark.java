package io.holdfast.benchmarks.holdfast.resolve;

import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.layer.Origin;
import io.holdfast.config.profile.CompatibilityProfile;
import io.holdfast.config.resolve.Resolution;
import io.holdfast.config.resolve.ResolveRequest;
import io.holdfast.config.resolve.Resolver;
import io.holdfast.runtime.LocalPlatform;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does a full resolution take, warm: all options of all installed modules, the choices,
 * the explanation of every value and the warnings? A millisecond is the limit.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ResolutionBenchmark {

    /** How the configuration is understood. */
    @Param({"default", "flink-1.20"})
    public String profile;

    private LocalPlatform platform;
    private Resolver resolver;
    private ResolveRequest request;

    /** Finds the modules, once. */
    @Setup
    public void open() {
        platform = LocalPlatform.ofThisProcess();
        resolver =
                new Resolver(
                        platform.catalog(),
                        CompatibilityProfile.named(profile),
                        platform.classNames());
        request = ResolveRequest.of(List.of(cluster(), job()));
    }

    private static Layer cluster() {
        return layer(
                Level.CLUSTER,
                "state.backend=rocksdb",
                "state.backend.incremental=true",
                "state.checkpoints.dir=hdfs://namenode:40010/flink/checkpoints",
                "state.savepoints.dir=hdfs://namenode:40010/flink/savepoints",
                "state.backend.rocksdb.localdir=/data/1,/data/2",
                "state.backend.rocksdb.predefined-options=FLASH_SSD_OPTIMIZED",
                "state.backend.rocksdb.memory.write-buffer-ratio=0.4",
                "state.backend.rocksdb.timer-service.factory=rocksdb",
                "state.backend.rocksdb.thread.num=4",
                "execution.checkpointing.interval=1 min",
                "execution.checkpointing.timeout=20 min",
                "execution.checkpointing.min-pause=10 s",
                "state.checkpoints.num-retained=3",
                "restart-strategy.type=exponential-delay",
                "parallelism.default=8",
                "taskmanager.memory.managed.size=2 gb",
                "jobmanager.rpc.address=namenode",
                "jobmanager.rpc.port=6123");
    }

    private static Layer job() {
        return layer(
                Level.JOB,
                "pipeline.name=orders",
                "execution.checkpointing.interval=10 s",
                "state.backend.rocksdb.timer-service.factory=heap",
                "state.storage.fs.memory-threshold=64 kb");
    }

    private static Layer layer(Level level, String... settings) {
        return new Layer(
                level,
                List.of(settings).stream()
                        .map(setting -> setting.split("=", 2))
                        .map(
                                halves ->
                                        new Entry(
                                                halves[0],
                                                halves[1],
                                                Origin.ofConfiguration(level.toString())))
                        .toList());
    }

    /** Resolves once. */
    @Benchmark
    public Resolution resolve() {
        Resolution resolution = resolver.resolve(request);
        if (!resolution.problems().isEmpty()) {
            throw new IllegalStateException(resolution.problems().toString());
        }
        return resolution;
    }

    /** Gives the modules back. */
    @TearDown
    public void close() {
        platform.close();
    }
}

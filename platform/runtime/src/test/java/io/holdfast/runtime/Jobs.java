package io.holdfast.runtime;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.RestartStrategyOptions;
import io.holdfast.api.config.StateBackendOptions;
import io.holdfast.host.ClassPathSource;
import io.holdfast.host.ModuleRegistry;
import io.holdfast.host.ProviderKind;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Environments for tests. */
final class Jobs {
    private Jobs() {}

    /** The backends on the class path; the legacy ones are made of the same parts. */
    static List<String> backends() {
        try (ModuleRegistry modules = modules()) {
            return modules.names(ProviderKind.STATE_BACKEND).stream()
                    .filter(name -> !name.startsWith("legacy-"))
                    .toList();
        }
    }

    private static ModuleRegistry modules() {
        return ModuleRegistry.open(new ClassPathSource(Jobs.class.getClassLoader()));
    }

    /** An environment that restarts often and at once. */
    static StreamExecutionEnvironment on(String backend, int parallelism) {
        Configuration settings = new Configuration();
        settings.set(StateBackendOptions.STATE_BACKEND, backend);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 100);
        settings.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
        LocalPlatform platform = LocalPlatform.open(modules(), List.of());
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(platform)
                        .configure(settings)
                        .setParallelism(parallelism);
        env.getCheckpointConfig().setCheckpointStorage(new MemoryStorage());
        return env;
    }

    static StreamExecutionEnvironment checkpointed(
            String backend, int parallelism, MemoryStorage storage) {
        StreamExecutionEnvironment env = on(backend, parallelism).enableCheckpointing(10);
        env.getCheckpointConfig().setCheckpointStorage(storage);
        env.getCheckpointConfig().setTolerableCheckpointFailureNumber(1_000_000);
        return env;
    }

    /** A seed that {@code -Dtest.seed} repeats. */
    static long seed() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("test.seed=" + seed);
        return seed;
    }

    static SplittableRandom random() {
        return new SplittableRandom(seed());
    }
}

package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.StateRecoveryOptions;
import io.holdfast.api.function.Collector;
import io.holdfast.api.process.KeyedProcessFunction;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.runtime.connector.CollectSink;
import io.holdfast.runtime.connector.GeneratorSource;
import io.holdfast.runtime.connector.RateLimitedSource;
import io.holdfast.runtime.metrics.JobStatus;
import java.util.function.LongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be restored is refused: state, operator, and what to do are named. */
final class RestoreRefusalsTest {

    record Before(long count) {}

    record Moved(long count) {}

    /** Keeps the last value of each key in a state of some type. */
    private static final class Keeping<T> extends KeyedProcessFunction<Long, Long, Long> {
        private final Class<T> type;
        private final LongFunction<T> maker;
        private ValueState<T> state;

        Keeping(Class<T> type, LongFunction<T> maker) {
            this.type = type;
            this.maker = maker;
        }

        @Override
        public void open() {
            state = getRuntimeContext().getState(new ValueStateDescriptor<>("last", type));
        }

        @Override
        public void processElement(Long value, Context<Long> context, Collector<Long> out)
                throws Exception {
            state.update(maker.apply(value));
            out.collect(value);
        }
    }

    private static <T> StreamExecutionEnvironment job(
            String backend, MemoryStorage storage, Class<T> type, LongFunction<T> maker) {
        StreamExecutionEnvironment env = Jobs.checkpointed(backend, 1, storage);
        env.fromSource(
                        new RateLimitedSource<>(
                                new GeneratorSource<>(i -> i, Long.MAX_VALUE, 1), 5_000),
                        "numbers")
                .keyBy(number -> number % 10, Long.class)
                .process(() -> new Keeping<>(type, maker))
                .name("keep the last")
                .uid("keep")
                .sinkTo(new CollectSink.Results<Long>().sink(Serializers.LONG))
                .uid("sink");
        return env;
    }

    private static String savepoint(String backend, MemoryStorage storage) {
        JobClient job = job(backend, storage, Before.class, Before::new).executeAsync("before");
        await().until(() -> job.status() == JobStatus.RUNNING && job.metrics().events() > 100);
        return job.stopWithSavepoint("/savepoints", false).join();
    }

    private static <T> void assertRefused(String backend, Class<T> type, LongFunction<T> maker) {
        MemoryStorage storage = new MemoryStorage();
        String savepoint = savepoint(backend, storage);
        StreamExecutionEnvironment env = job(backend, storage, type, maker);
        env.configure(new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint));
        assertThatThrownBy(() -> env.execute("after"))
                .hasMessageContaining("STATE-")
                .hasMessageContaining("'last'")
                .hasMessageContaining("keep the last")
                .hasMessageContaining("Before")
                .hasMessageMatching("(?s).*\\n  do +\\S+.*");
    }

    @ParameterizedTest
    @MethodSource("io.holdfast.runtime.Jobs#backends")
    void aStateWhoseTypeChanged(String backend) {
        assertRefused(backend, String.class, Long::toString);
    }

    @ParameterizedTest
    @MethodSource("io.holdfast.runtime.Jobs#backends")
    void aStateWhoseClassIsNotThereAnyMore(String backend) {
        assertRefused(backend, Moved.class, Moved::new);
    }
}

package io.holdfast.format.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.function.Collector;
import io.holdfast.api.process.KeyedProcessFunction;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.runtime.JobClient;
import io.holdfast.runtime.StreamExecutionEnvironment;
import io.holdfast.runtime.connector.CollectSink;
import io.holdfast.runtime.connector.GeneratorSource;
import io.holdfast.runtime.connector.RateLimitedSource;
import io.holdfast.runtime.metrics.JobStatus;
import java.nio.file.Path;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job goes on from a savepoint with a later schema, on either backend. */
class AvroJobTest {
    private static final int KEYS = 10;
    private static final int RECORDS = 4_000;

    @TempDir Path directory;

    /** Counts in the first version of the record. */
    private static final class Earlier extends KeyedProcessFunction<Long, Long, String> {
        private ValueState<GenericRecord> state;

        @Override
        public void open() {
            state =
                    getRuntimeContext()
                            .getState(
                                    new ValueStateDescriptor<>(
                                            "order", AvroSerializers.generic(Order.EARLIER)));
        }

        @Override
        public void processElement(Long value, Context<Long> context, Collector<String> out)
                throws Exception {
            GenericRecord last = state.value();
            int count = last == null ? 0 : (Integer) last.get("id");
            state.update(GenericContractTest.earlier(count + 1, "item " + context.currentKey()));
        }
    }

    /** Goes on counting in the second one, found by its class. */
    private static final class Later extends KeyedProcessFunction<Long, Long, String> {
        private ValueState<Order> state;

        @Override
        public void open() {
            state = getRuntimeContext().getState(new ValueStateDescriptor<>("order", Order.class));
        }

        @Override
        public void processElement(Long value, Context<Long> context, Collector<String> out)
                throws Exception {
            Order last = state.value();
            long count = 1 + (last == null ? 0 : (Long) last.get(0));
            Order next =
                    new Order(
                            count,
                            last == null ? "new" : (String) last.get(1),
                            last == null ? -1 : (Double) last.get(2),
                            java.util.List.of());
            state.update(next);
            out.collect(next.get(0) + " " + next.get(1) + " " + next.get(2));
        }
    }

    private JobClient start(
            String backend, boolean later, CollectSink.Results<String> results, String from) {
        Configuration settings =
                new Configuration()
                        .setString("state.backend.type", backend)
                        .setString(
                                "execution.checkpointing.dir",
                                uri(directory.resolve("checkpoints")));
        if (from != null) {
            settings.setString("execution.state-recovery.path", from);
        }
        var env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.fromSource(
                        new RateLimitedSource<>(
                                new GeneratorSource<>(i -> i, RECORDS, 1), later ? 1e9 : 1_000),
                        "numbers")
                .uid("numbers")
                .keyBy(number -> number % KEYS, Long.class)
                .process(() -> later ? new Later() : new Earlier())
                .uid("orders")
                .sinkTo(results.sink(Serializers.STRING))
                .uid("results");
        return env.executeAsync("orders");
    }

    private static String uri(Path path) {
        return path.toUri().toString().replaceAll("/$", "");
    }

    @ParameterizedTest
    @CsvSource({"hashmap, rocksdb", "rocksdb, hashmap", "hashmap, hashmap", "rocksdb, rocksdb"})
    void aJobGoesOnWithALaterSchema(String before, String after) {
        JobClient first = start(before, false, new CollectSink.Results<>(), null);
        await().until(() -> first.status() == JobStatus.RUNNING && first.metrics().events() > 200);
        String savepoint =
                first.stopWithSavepoint(uri(directory.resolve("savepoints")), false).join();
        first.await();

        CollectSink.Results<String> results = new CollectSink.Results<>();
        assertThat(start(after, true, results, savepoint).await().status())
                .isEqualTo(JobStatus.FINISHED);

        assertThat(results.records()).hasSizeLessThan(RECORDS);
        for (int key = 0; key < KEYS; key++) {
            assertThat(results.records()).contains("%d item %d 1.5".formatted(RECORDS / KEYS, key));
        }
    }
}

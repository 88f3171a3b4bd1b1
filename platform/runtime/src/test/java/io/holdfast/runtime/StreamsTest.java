package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.function.Collector;
import io.holdfast.api.process.BroadcastProcessFunction;
import io.holdfast.api.process.KeyedCoProcessFunction;
import io.holdfast.api.process.KeyedProcessFunction;
import io.holdfast.api.process.OutputTag;
import io.holdfast.api.process.ProcessFunction;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.runtime.connector.CollectSink;
import io.holdfast.runtime.connector.GeneratorSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams split, meet and spread. */
final class StreamsTest {

    @Test
    void aUnionHasTheRecordsOfAllStreams() {
        StreamExecutionEnvironment env = Jobs.on("rocksdb", 2);
        CollectSink.Results<Integer> results = new CollectSink.Results<>();
        DataStream<Integer> first = env.fromCollection(List.of(1, 2, 3));
        DataStream<Integer> second = env.fromCollection(List.of(4, 5));

        first.union(second, first)
                .map(number -> number * 10)
                .sinkTo(results.sink(Serializers.INTEGER));
        env.execute("union");

        assertThat(results.records()).containsExactlyInAnyOrder(10, 20, 30, 10, 20, 30, 40, 50);
    }

    @Test
    void broadcastGivesEveryRecordToEverySubtask() {
        StreamExecutionEnvironment env = Jobs.on("rocksdb", 3);
        CollectSink.Results<Integer> results = new CollectSink.Results<>();

        env.fromCollection(List.of(1, 2))
                .broadcast()
                .map(number -> number)
                .sinkTo(results.sink(Serializers.INTEGER));
        env.execute("broadcast");

        assertThat(results.records()).containsExactlyInAnyOrder(1, 1, 1, 2, 2, 2);
    }

    private static final OutputTag<String> ODD = new OutputTag<>("odd");

    private static final class Splitting extends ProcessFunction<Long, Long> {
        @Override
        public void processElement(Long value, Context context, Collector<Long> out) {
            if (value % 2 == 1) {
                context.output(ODD, "odd " + value);
            } else {
                out.collect(value);
            }
        }
    }

    @Test
    void aSideOutputTakesWhatTheMainOneDoesNot() {
        StreamExecutionEnvironment env = Jobs.on("rocksdb", 2);
        CollectSink.Results<Long> even = new CollectSink.Results<>();
        CollectSink.Results<String> odd = new CollectSink.Results<>();

        DataStream<Long> split =
                env.fromSource(new GeneratorSource<>(i -> i, 5, 2), "numbers")
                        .process(Splitting::new);
        split.sinkTo(even.sink(Serializers.LONG));
        split.getSideOutput(ODD).sinkTo(odd.sink(Serializers.STRING)).setParallelism(1);
        env.execute("side output");

        assertThat(even.records()).containsExactlyInAnyOrder(0L, 2L, 4L);
        assertThat(odd.records()).containsExactlyInAnyOrder("odd 1", "odd 3");
    }

    /** Emits a pair when both sides of a key have come. */
    private static final class Joining extends KeyedCoProcessFunction<Long, Long, String, String> {
        private ValueState<Long> left;
        private ValueState<String> right;

        @Override
        public void open() {
            left = getRuntimeContext().getState(new ValueStateDescriptor<>("left", Long.class));
            right = getRuntimeContext().getState(new ValueStateDescriptor<>("right", String.class));
        }

        @Override
        public void processElement1(
                Long value, KeyedProcessFunction.Context<Long> context, Collector<String> out) {
            left.update(value);
            emit(out);
        }

        @Override
        public void processElement2(
                String value, KeyedProcessFunction.Context<Long> context, Collector<String> out) {
            right.update(value);
            emit(out);
        }

        private void emit(Collector<String> out) {
            if (left.value() != null && right.value() != null) {
                out.collect(left.value() + "=" + right.value());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.holdfast.runtime.Jobs#backends")
    void connectedStreamsShareStateOfTheirKeys(String backend) {
        StreamExecutionEnvironment env = Jobs.on(backend, 3);
        CollectSink.Results<String> results = new CollectSink.Results<>();

        env.fromSource(new GeneratorSource<>(i -> i, 200, 4), "left")
                .connect(env.fromSource(new GeneratorSource<>(i -> "s" + i, 200, 3), "right"))
                .keyBy(number -> number, text -> Long.parseLong(text.substring(1)), Long.class)
                .process(Joining::new)
                .sinkTo(results.sink(Serializers.STRING));
        env.execute("join");

        assertThat(results.records())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 200).mapToObj(i -> i + "=s" + i).toList());
    }

    private static final MapStateDescriptor<String, Long> RULES =
            new MapStateDescriptor<>("rules", String.class, Long.class);

    private static final class Ruled extends BroadcastProcessFunction<Long, Long, String> {
        @Override
        public void processElement(Long value, ReadOnlyContext context, Collector<String> out) {
            out.collect("record");
        }

        @Override
        public void processBroadcastElement(Long value, Context context, Collector<String> out) {
            context.broadcastState(RULES).put("rule " + value, value);
            int rules = 0;
            for (Map.Entry<String, Long> ignored :
                    context.broadcastState(RULES).immutableEntries()) {
                rules++;
            }
            out.collect("rules " + rules);
        }
    }

    @Test
    void everySubtaskGetsAllBroadcastRecords() {
        StreamExecutionEnvironment env = Jobs.on("rocksdb", 2);
        CollectSink.Results<String> results = new CollectSink.Results<>();

        env.fromSource(new GeneratorSource<>(i -> i, 10, 2), "records")
                .connect(env.fromCollection(List.of(7L, 8L)).broadcast(RULES))
                .process(Ruled::new)
                .sinkTo(results.sink(Serializers.STRING));
        env.execute("broadcast state");

        assertThat(results.records())
                .filteredOn(text -> text.startsWith("rules"))
                .containsExactlyInAnyOrder("rules 1", "rules 2", "rules 1", "rules 2");
        assertThat(results.records()).filteredOn("record"::equals).hasSize(10);
    }

    enum Colour {
        RED
    }

    record Painted(String name, Colour colour) {}

    record Boxed(List<int[]> numbers) {}

    @Test
    void keysThatAnotherProcessWouldHashOtherwiseAreRefusedByClass() {
        DataStream<Integer> numbers =
                Jobs.on("rocksdb", 1).fromCollection(IntStream.range(0, 3).boxed().toList());

        assertThatThrownBy(() -> numbers.keyBy(number -> Colour.RED, Colour.class))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("JOB-6011")
                .hasMessageContaining("name()");
        assertThatThrownBy(() -> numbers.keyBy(number -> new byte[1], byte[].class))
                .hasMessageContaining("an array is its identity");
        assertThatThrownBy(
                        () -> numbers.keyBy(number -> new Painted("x", Colour.RED), Painted.class))
                .hasMessageContaining("'colour'");
        assertThatThrownBy(() -> numbers.keyBy(number -> new Boxed(List.of()), Boxed.class))
                .hasMessageContaining("'numbers'");
    }

    @Test
    void keysThatAnotherProcessWouldHashOtherwiseAreRefusedWhenTheyCome() {
        StreamExecutionEnvironment env = Jobs.on("rocksdb", 1);
        env.fromCollection(List.of(1))
                .keyBy(number -> new byte[] {1}, Serializers.BYTES)
                .reduce((first, second) -> first, Integer.class)
                .print();

        assertThatThrownBy(() -> env.execute("unstable keys"))
                .hasMessageContaining("JOB-6011")
                .hasMessageContaining("byte[]");
    }

    @Test
    void aFunctionWithStateIsNotSharedBySubtasks() {
        DataStream<Integer> numbers = Jobs.on("rocksdb", 1).fromCollection(List.of(1));
        final class Stateful extends io.holdfast.api.process.RichFunction
                implements io.holdfast.api.function.MapFunction<Integer, Integer> {
            @Override
            public Integer map(Integer value) {
                return value;
            }
        }

        assertThatThrownBy(() -> numbers.map(new Stateful()))
                .hasMessageContaining("JOB-6005")
                .hasMessageContaining("supplier");
    }

    @Test
    void twoOperatorsCannotHaveTheSameUid() {
        StreamExecutionEnvironment env = Jobs.on("rocksdb", 1);
        env.fromCollection(List.of(1))
                .map(number -> number)
                .name("one")
                .uid("same")
                .map(number -> number)
                .name("two")
                .uid("same")
                .print();

        assertThatThrownBy(() -> env.execute("same uid"))
                .hasMessageContaining("JOB-6004")
                .hasMessageContaining("one; two");
    }

    @Test
    void anOperatorWithoutKeysHasNoKeyedState() {
        StreamExecutionEnvironment env = Jobs.on("rocksdb", 1);
        env.fromCollection(List.of(1L))
                .process(
                        () ->
                                new ProcessFunction<Long, Long>() {
                                    @Override
                                    public void open() {
                                        getRuntimeContext()
                                                .getState(
                                                        new ValueStateDescriptor<>(
                                                                "s", Long.class));
                                    }

                                    @Override
                                    public void processElement(
                                            Long value, Context context, Collector<Long> out) {}
                                })
                .print();

        assertThatThrownBy(() -> env.execute("no keys"))
                .hasMessageContaining("STATE-3008")
                .hasMessageContaining("keyBy");
    }
}

package io.holdfast.testkit.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.function.AggregateFunction;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.AggregatingState;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.testkit.bench.Subtask;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One accumulator per key; what is read is the result made of it. */
public abstract class AggregatingStateContract extends StateContract {

    /** Average of numbers: input, accumulator and result are of three types. */
    private static final class Average implements AggregateFunction<Integer, Average.Sum, Double> {
        record Sum(long total, int count) {}

        @Override
        public Sum createAccumulator() {
            return new Sum(0, 0);
        }

        @Override
        public Sum add(Integer value, Sum sum) {
            return new Sum(sum.total + value, sum.count + 1);
        }

        @Override
        public Double getResult(Sum sum) {
            return (double) sum.total / sum.count;
        }

        @Override
        public Sum merge(Sum first, Sum second) {
            return new Sum(first.total + second.total, first.count + second.count);
        }
    }

    /** Text of letters, collected in an accumulator that is changed in place. */
    static final class Spelling implements AggregateFunction<Character, List<Character>, String> {
        @Override
        public List<Character> createAccumulator() {
            return new ArrayList<>();
        }

        @Override
        public List<Character> add(Character letter, List<Character> letters) {
            letters.add(letter);
            return letters;
        }

        @Override
        public String getResult(List<Character> letters) {
            StringBuilder word = new StringBuilder();
            letters.forEach(word::append);
            return word.toString();
        }

        @Override
        public List<Character> merge(List<Character> first, List<Character> second) {
            first.addAll(second);
            return first;
        }
    }

    private static final AggregatingStateDescriptor<Integer, Average.Sum, Double> AVERAGE =
            new AggregatingStateDescriptor<>("average", new Average(), Average.Sum.class);

    static final AggregatingStateDescriptor<Character, List<Character>, String> WORD =
            new AggregatingStateDescriptor<>(
                    "word", new Spelling(), Serializers.list(Serializers.CHARACTER));

    /** For subclasses. */
    protected AggregatingStateContract() {}

    @Test
    void nothingIsReadBeforeTheFirstAdd() {
        Subtask<String> subtask = open();
        AggregatingState<Integer, Double> average = subtask.aggregating(AVERAGE);

        subtask.use("Aa");

        assertThat(average.get()).isNull();
        assertThat(subtask.keys("average", VoidNamespace.INSTANCE)).isEmpty();
    }

    @Test
    void theResultIsMadeOfAllValues() {
        Subtask<String> subtask = open();
        AggregatingState<Integer, Double> average = subtask.aggregating(AVERAGE);
        subtask.use("Aa");

        average.add(1);
        assertThat(average.get()).isEqualTo(1.0);
        average.add(2);

        assertThat(average.get()).isEqualTo(1.5);
        assertThat(average.get()).as("read once more").isEqualTo(1.5);
    }

    @Test
    void valuesAreAddedInOrder() {
        Subtask<String> subtask = open();
        AggregatingState<Character, String> word = subtask.aggregating(WORD);
        subtask.use("Aa");

        for (char letter : "holdfast".toCharArray()) {
            word.add(letter);
        }

        assertThat(word.get()).isEqualTo("holdfast");
    }

    @Test
    void everyKeyHasAnAccumulatorOfItsOwn() {
        Subtask<String> subtask = open();
        AggregatingState<Character, String> word = subtask.aggregating(WORD);
        for (int i = 0; i < 60; i++) {
            subtask.use("key-" + i % 3);
            word.add((char) ('a' + i / 3));
        }
        for (int i = 0; i < 3; i++) {
            subtask.use("key-" + i);
            assertThat(word.get()).isEqualTo("abcdefghijklmnopqrst");
        }
    }

    @Test
    void clearBeginsWithANewAccumulator() {
        Subtask<String> subtask = open();
        AggregatingState<Character, String> word = subtask.aggregating(WORD);
        subtask.use("BB");
        word.add('b');
        subtask.use("Aa");
        word.clear();
        word.add('a');

        word.clear();

        assertThat(word.get()).isNull();
        assertThat(subtask.keys("word", VoidNamespace.INSTANCE)).containsExactly("BB");
        word.add('c');
        assertThat(word.get()).isEqualTo("c");
        subtask.use("BB");
        assertThat(word.get()).isEqualTo("b");
    }

    @Test
    void anAccumulatorThatResultsInNothingIsStillStored() {
        Subtask<String> subtask = open();
        AggregatingState<Integer, Double> average = subtask.aggregating(AVERAGE);
        subtask.use("Aa");
        average.add(Integer.MIN_VALUE);
        average.add(Integer.MAX_VALUE);
        average.add(1);

        assertThat(average.get()).isZero();
        assertThat(subtask.keys("average", VoidNamespace.INSTANCE)).containsExactly("Aa");
    }

    @Test
    void nullIsRefusedAndChangesNothing() {
        Subtask<String> subtask = open();
        AggregatingState<Integer, Double> average = subtask.aggregating(AVERAGE);
        subtask.use("Aa");
        expectNullRefused(() -> average.add(null));
        assertThat(average.get()).isNull();
        average.add(1);

        expectNullRefused(() -> average.add(null));

        assertThat(average.get()).isEqualTo(1.0);
    }

    /** A sum that forgets itself when it is nothing. */
    private static final class Balance implements AggregateFunction<Long, Long, Long> {
        @Override
        public Long createAccumulator() {
            return 0L;
        }

        @Override
        public Long add(Long value, Long sum) {
            return merge(value, sum);
        }

        @Override
        public Long getResult(Long sum) {
            return sum;
        }

        @Override
        public Long merge(Long first, Long second) {
            long sum = first + second;
            return sum == 0 ? null : sum;
        }
    }

    @Test
    void aFunctionThatGivesNullRemovesWhatWasThere() {
        Subtask<String> subtask = open();
        AggregatingState<Long, Long> balance =
                subtask.aggregating(
                        new AggregatingStateDescriptor<>("balance", new Balance(), Long.class));
        subtask.use("Aa");
        balance.add(1L);

        balance.add(-1L);

        assertThat(balance.get()).isNull();
        assertThat(subtask.keys("balance", VoidNamespace.INSTANCE)).isEmpty();
        balance.add(5L);
        assertThat(balance.get()).isEqualTo(5L);
    }
}

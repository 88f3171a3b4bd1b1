package io.holdfast.testkit.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.function.ReduceFunction;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ReducingState;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.testkit.bench.Subtask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One value per key, combined from all values added. */
public abstract class ReducingStateContract extends StateContract {
    private static final ReducingStateDescriptor<Long> SUM =
            new ReducingStateDescriptor<>("sum", Long::sum, Long.class);

    /** Changes and returns its first argument, as it may. */
    private static final ReduceFunction<List<Integer>> APPEND =
            (first, second) -> {
                first.addAll(second);
                return first;
            };

    /** For subclasses. */
    protected ReducingStateContract() {}

    @Test
    void nothingIsReadBeforeTheFirstAdd() {
        Subtask<String> subtask = open();
        ReducingState<Long> sum = subtask.reducing(SUM);

        subtask.use("Aa");

        assertThat(sum.get()).isNull();
    }

    @Test
    void theFirstValueIsReadAsItIs() {
        Subtask<String> subtask = open();
        ReducingState<Long> sum = subtask.reducing(SUM);
        subtask.use("Aa");

        sum.add(Long.MIN_VALUE);

        assertThat(sum.get()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void allValuesAreCombined() {
        Subtask<String> subtask = open();
        ReducingState<Long> sum = subtask.reducing(SUM);
        subtask.use("Aa");
        for (long i = 1; i <= 100; i++) {
            sum.add(i);
        }

        assertThat(sum.get()).isEqualTo(5_050L);
        assertThat(sum.get()).as("read once more").isEqualTo(5_050L);
    }

    @Test
    void theValueSoFarIsTheFirstArgument() {
        Subtask<String> subtask = open();
        ReducingState<String> text =
                subtask.reducing(
                        new ReducingStateDescriptor<>("text", String::concat, String.class));
        subtask.use("Aa");

        for (String part : List.of("a", "", "b", "c")) {
            text.add(part);
        }

        assertThat(text.get()).isEqualTo("abc");
    }

    @Test
    void keysAreCombinedSeparately() {
        Subtask<String> subtask = open();
        ReducingState<Long> sum = subtask.reducing(SUM);
        for (long i = 0; i < 300; i++) {
            subtask.use("key-" + i % 3);
            sum.add(i);
        }
        for (long i = 0; i < 3; i++) {
            subtask.use("key-" + i);
            assertThat(sum.get()).isEqualTo(14_850 + i * 100);
        }
    }

    @Test
    void clearBeginsAnew() {
        Subtask<String> subtask = open();
        ReducingState<Long> sum = subtask.reducing(SUM);
        subtask.use("BB");
        sum.add(5L);
        subtask.use("Aa");
        sum.clear();
        sum.add(1L);

        sum.clear();

        assertThat(sum.get()).isNull();
        assertThat(subtask.keys("sum", VoidNamespace.INSTANCE)).containsExactly("BB");
        sum.add(2L);
        assertThat(sum.get()).isEqualTo(2L);
        subtask.use("BB");
        assertThat(sum.get()).isEqualTo(5L);
    }

    @Test
    void aFunctionMayChangeItsFirstArgument() {
        Subtask<String> subtask = open();
        ReducingState<List<Integer>> numbers =
                subtask.reducing(
                        new ReducingStateDescriptor<>(
                                "numbers", APPEND, Serializers.list(Serializers.INTEGER)));
        for (String key : List.of("Aa", "BB")) {
            subtask.use(key);
            numbers.add(new ArrayList<>(List.of(key.length())));
            numbers.add(new ArrayList<>(List.of(7)));
        }
        subtask.use("Aa");
        numbers.add(new ArrayList<>(List.of(8)));

        assertThat(numbers.get()).containsExactly(2, 7, 8);
        subtask.use("BB");
        assertThat(numbers.get()).containsExactly(2, 7);
    }

    @Test
    void aFailureOfTheFunctionIsTheCallersAndChangesNothing() {
        Subtask<String> subtask = open();
        ReduceFunction<Long> picky =
                (first, second) -> {
                    if (second < 0) {
                        throw new IOException("planted: " + second);
                    }
                    return first + second;
                };
        ReducingState<Long> sum =
                subtask.reducing(new ReducingStateDescriptor<>("sum", picky, Long.class));
        subtask.use("Aa");
        sum.add(1L);

        assertThatThrownBy(() -> sum.add(-1L))
                .satisfies(failure -> assertThat(causes(failure)).contains("planted: -1"));

        assertThat(sum.get()).isEqualTo(1L);
        sum.add(2L);
        assertThat(sum.get()).isEqualTo(3L);
    }

    private static List<String> causes(Throwable failure) {
        List<String> messages = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            messages.add(cause.getMessage());
        }
        return messages;
    }

    @Test
    void nullIsRefusedAndChangesNothing() {
        Subtask<String> subtask = open();
        ReducingState<Long> sum = subtask.reducing(SUM);
        subtask.use("Aa");
        expectNullRefused(() -> sum.add(null));
        assertThat(sum.get()).isNull();
        sum.add(1L);

        expectNullRefused(() -> sum.add(null));

        assertThat(sum.get()).isEqualTo(1L);
    }

    @Test
    void aFunctionThatGivesNullRemovesWhatWasThere() {
        Subtask<String> subtask = open();
        ReducingState<Long> sum =
                subtask.reducing(
                        new ReducingStateDescriptor<>(
                                "sum",
                                (first, second) -> first + second == 0 ? null : first + second,
                                Long.class));
        subtask.use("Aa");
        sum.add(1L);

        sum.add(-1L);

        assertThat(sum.get()).isNull();
        assertThat(subtask.keys("sum", VoidNamespace.INSTANCE)).isEmpty();
        sum.add(5L);
        assertThat(sum.get()).isEqualTo(5L);
    }
}

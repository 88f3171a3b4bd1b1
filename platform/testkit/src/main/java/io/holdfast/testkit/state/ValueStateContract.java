package io.holdfast.testkit.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.testkit.bench.Subtask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One value per key: what was stored last is what is read. */
public abstract class ValueStateContract extends StateContract {
    private static final ValueStateDescriptor<Long> COUNT =
            new ValueStateDescriptor<>("count", Long.class);

    /** For subclasses. */
    protected ValueStateContract() {}

    @Test
    void nothingIsReadBeforeTheFirstUpdate() {
        Subtask<String> subtask = open();
        ValueState<Long> count = subtask.value(COUNT);

        subtask.use("Aa");

        assertThat(count.value()).isNull();
    }

    @Test
    void theLastUpdateIsRead() {
        Subtask<String> subtask = open();
        ValueState<Long> count = subtask.value(COUNT);
        subtask.use("Aa");

        count.update(1L);
        assertThat(count.value()).isEqualTo(1L);
        count.update(2L);
        assertThat(count.value()).isEqualTo(2L);
        assertThat(count.value()).as("read once more").isEqualTo(2L);
    }

    @Test
    void whatWasStoredIsFoundAgainAfterOtherKeys() {
        Subtask<String> subtask = open();
        ValueState<Long> count = subtask.value(COUNT);
        for (long i = 0; i < 1_000; i++) {
            subtask.use("key-" + i);
            count.update(i);
        }
        for (long i = 999; i >= 0; i--) {
            subtask.use("key-" + i);
            assertThat(count.value()).isEqualTo(i);
        }
    }

    @Test
    void clearRemovesTheValueOfTheCurrentKeyOnly() {
        Subtask<String> subtask = open();
        ValueState<Long> count = subtask.value(COUNT);
        subtask.use("BB");
        count.update(2L);
        subtask.use("Aa");
        count.update(1L);

        count.clear();

        assertThat(count.value()).isNull();
        subtask.use("BB");
        assertThat(count.value()).isEqualTo(2L);
    }

    @Test
    void clearOfNothingDoesNothing() {
        Subtask<String> subtask = open();
        ValueState<Long> count = subtask.value(COUNT);
        subtask.use("Aa");

        count.clear();
        count.clear();

        assertThat(count.value()).isNull();
        assertThat(subtask.keys("count", VoidNamespace.INSTANCE)).isEmpty();
    }

    @Test
    void updateWithNullRemovesTheValue() {
        Subtask<String> subtask = open();
        ValueState<Long> count = subtask.value(COUNT);
        subtask.use("Aa");
        count.update(1L);

        count.update(null);

        assertThat(count.value()).isNull();
        assertThat(subtask.keys("count", VoidNamespace.INSTANCE)).isEmpty();
    }

    @Test
    void theDefaultIsReadWhereNothingIsStored() {
        Subtask<String> subtask = open();
        ValueState<Long> count =
                subtask.value(new ValueStateDescriptor<>("count", Serializers.LONG, 7L));
        subtask.use("Aa");
        assertThat(count.value()).isEqualTo(7L);

        count.update(1L);
        assertThat(count.value()).isEqualTo(1L);
        count.clear();
        assertThat(count.value()).as("after clear").isEqualTo(7L);
        assertThat(subtask.keys("count", VoidNamespace.INSTANCE))
                .as("reading a default stores nothing")
                .isEmpty();
    }

    @Test
    void aChangedDefaultIsNotSeenByOtherKeys() {
        Subtask<String> subtask = open();
        ValueState<List<Integer>> numbers =
                subtask.value(
                        new ValueStateDescriptor<>(
                                "numbers", Serializers.list(Serializers.INTEGER), List.of(1)));
        subtask.use("Aa");
        List<Integer> read = numbers.value();
        read.add(2);
        numbers.update(read);

        subtask.use("BB");

        assertThat(numbers.value()).containsExactly(1);
    }

    @Test
    void extremesAreKept() {
        Subtask<String> subtask = open();
        ValueState<Long> count = subtask.value(COUNT);
        subtask.use("Aa");
        for (long extreme : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            count.update(extreme);
            assertThat(count.value()).isEqualTo(extreme);
        }
    }

    @Test
    void emptyAndHugeValuesAreKept() {
        Subtask<String> subtask = open();
        ValueState<byte[]> bytes =
                subtask.value(new ValueStateDescriptor<>("bytes", Serializers.BYTES));
        byte[] huge = new byte[1 << 20];
        Arrays.fill(huge, (byte) 0x2C);
        subtask.use("Aa");
        bytes.update(huge);
        subtask.use("BB");
        bytes.update(new byte[0]);

        assertThat(bytes.value()).isEmpty();
        subtask.use("Aa");
        assertThat(bytes.value()).isEqualTo(huge);
    }

    @Test
    void askingTwiceForANameGivesTheSameState() {
        Subtask<String> subtask = open();
        ValueState<Long> first = subtask.value(COUNT);
        subtask.use("Aa");
        first.update(1L);

        ValueState<Long> second = subtask.value(new ValueStateDescriptor<>("count", Long.class));

        assertThat(second.value()).isEqualTo(1L);
        second.update(2L);
        assertThat(first.value()).isEqualTo(2L);
    }

    @Test
    void statesOfDifferentNamesAreSeparateWhateverTheNames() {
        Subtask<String> subtask = open();
        List<String> names =
                List.of(
                        "a",
                        "A",
                        "a/b",
                        "..",
                        "state 1",
                        "\u00fc\u4e2d\ud83d\ude00",
                        "n".repeat(1_000));
        subtask.use("Aa");
        for (int i = 0; i < names.size(); i++) {
            subtask.value(new ValueStateDescriptor<>(names.get(i), Long.class)).update((long) i);
        }
        for (int i = 0; i < names.size(); i++) {
            assertThat(subtask.value(new ValueStateDescriptor<>(names.get(i), Long.class)).value())
                    .as(names.get(i))
                    .isEqualTo(i);
        }
    }

    @Test
    void whatWasReadMayBeChangedAndStoredAgain() {
        Subtask<String> subtask = open();
        ValueState<List<Integer>> numbers =
                subtask.value(
                        new ValueStateDescriptor<>(
                                "numbers", Serializers.list(Serializers.INTEGER)));
        subtask.use("BB");
        numbers.update(new ArrayList<>(List.of(1)));
        subtask.use("Aa");
        numbers.update(new ArrayList<>(List.of(1)));

        List<Integer> read = numbers.value();
        read.add(2);
        numbers.update(read);

        assertThat(numbers.value()).containsExactly(1, 2);
        subtask.use("BB");
        assertThat(numbers.value()).containsExactly(1);
    }
}

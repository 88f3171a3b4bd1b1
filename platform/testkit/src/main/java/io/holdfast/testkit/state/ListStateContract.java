package io.holdfast.testkit.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.testkit.bench.Subtask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A list per key, in the order of adding; an empty list is the same as none. */
public abstract class ListStateContract extends StateContract {
    private static final ListStateDescriptor<Integer> VISITS =
            new ListStateDescriptor<>("visits", Integer.class);

    /** For subclasses. */
    protected ListStateContract() {}

    @Test
    void nothingIsReadBeforeTheFirstAdd() {
        Subtask<String> subtask = open();
        ListState<Integer> visits = subtask.list(VISITS);

        subtask.use("Aa");

        assertThat(visits.get()).isNotNull().isEmpty();
    }

    @Test
    void elementsAreReadInTheOrderOfAdding() {
        Subtask<String> subtask = open();
        ListState<Integer> visits = subtask.list(VISITS);
        subtask.use("Aa");

        for (int element : new int[] {3, 1, 2, 1}) {
            visits.add(element);
        }

        assertThat(visits.get()).containsExactly(3, 1, 2, 1);
        assertThat(visits.get()).as("read once more").containsExactly(3, 1, 2, 1);
    }

    @Test
    void addAllAppendsInOrder() {
        Subtask<String> subtask = open();
        ListState<Integer> visits = subtask.list(VISITS);
        subtask.use("Aa");

        visits.addAll(List.of(9, 8));
        visits.add(7);
        visits.addAll(List.of(1, 2));

        assertThat(visits.get()).containsExactly(9, 8, 7, 1, 2);
    }

    @Test
    void addAllOfNothingDoesNothing() {
        Subtask<String> subtask = open();
        ListState<Integer> visits = subtask.list(VISITS);
        subtask.use("Aa");
        visits.addAll(List.of());
        assertThat(visits.get()).isEmpty();
        assertThat(subtask.keys("visits", VoidNamespace.INSTANCE)).isEmpty();

        visits.add(1);
        visits.addAll(List.of());

        assertThat(visits.get()).containsExactly(1);
    }

    @Test
    void updateReplacesTheList() {
        Subtask<String> subtask = open();
        ListState<Integer> visits = subtask.list(VISITS);
        subtask.use("Aa");
        visits.addAll(List.of(1, 2, 3));

        visits.update(List.of(5, 4));
        assertThat(visits.get()).containsExactly(5, 4);

        visits.add(6);
        assertThat(visits.get()).containsExactly(5, 4, 6);
    }

    @Test
    void updateWithNothingRemovesTheList() {
        Subtask<String> subtask = open();
        ListState<Integer> visits = subtask.list(VISITS);
        subtask.use("Aa");
        visits.addAll(List.of(1, 2));

        visits.update(List.of());

        assertThat(visits.get()).isEmpty();
        assertThat(subtask.keys("visits", VoidNamespace.INSTANCE)).isEmpty();
    }

    @Test
    void clearRemovesTheListOfTheCurrentKeyOnly() {
        Subtask<String> subtask = open();
        ListState<Integer> visits = subtask.list(VISITS);
        subtask.use("BB");
        visits.add(2);
        subtask.use("Aa");
        visits.add(1);

        visits.clear();
        visits.clear();

        assertThat(visits.get()).isEmpty();
        visits.add(3);
        assertThat(visits.get()).as("begun anew").containsExactly(3);
        subtask.use("BB");
        assertThat(visits.get()).containsExactly(2);
    }

    @Test
    void elementsThatLookLikeSeparatorsAreKept() {
        Subtask<String> subtask = open();
        ListState<Integer> numbers = subtask.list(VISITS);
        ListState<byte[]> blobs =
                subtask.list(new ListStateDescriptor<>("blobs", Serializers.BYTES));
        subtask.use("Aa");
        numbers.addAll(List.of(0x2C2C2C2C, 0, 0x2C, 0x2C2C2C2C));
        blobs.add(new byte[] {0x2C});
        blobs.add(new byte[0]);
        blobs.add(new byte[] {0x2C, 0x2C, 0x2C, 0x2C, 0x2C, 0x2C});
        blobs.add(new byte[0]);

        assertThat(numbers.get()).containsExactly(0x2C2C2C2C, 0, 0x2C, 0x2C2C2C2C);
        assertThat(blobs.get())
                .usingElementComparator(Arrays::compare)
                .containsExactly(
                        new byte[] {0x2C},
                        new byte[0],
                        new byte[] {0x2C, 0x2C, 0x2C, 0x2C, 0x2C, 0x2C},
                        new byte[0]);
    }

    @Test
    void longListsKeepTheirOrder() {
        Subtask<String> subtask = open();
        ListState<Integer> visits = subtask.list(VISITS);
        List<Integer> expected = IntStream.range(0, 20_000).boxed().toList();
        subtask.use("Aa");

        expected.forEach(visits::add);

        assertThat(visits.get()).containsExactlyElementsOf(expected);
    }

    @Test
    void laterChangesOfTheCallersListAreNotSeen() {
        Subtask<String> subtask = open();
        ListState<Integer> visits = subtask.list(VISITS);
        List<Integer> callers = new ArrayList<>(List.of(1, 2));
        subtask.use("Aa");
        visits.update(callers);
        callers.add(3);
        assertThat(visits.get()).containsExactly(1, 2);

        visits.addAll(callers);
        callers.clear();

        assertThat(visits.get()).containsExactly(1, 2, 1, 2, 3);
    }

    @Test
    void whatWasReadCanBeStoredAgain() {
        Subtask<String> subtask = open();
        ListState<Integer> visits = subtask.list(VISITS);
        subtask.use("Aa");
        visits.addAll(List.of(1, 2));
        List<Integer> read = new ArrayList<>();
        visits.get().forEach(read::add);

        visits.clear();
        visits.update(read);

        assertThat(visits.get()).containsExactly(1, 2);
    }

    @Test
    void aNullElementIsRefusedAndChangesNothing() {
        Subtask<String> subtask = open();
        ListState<Integer> visits = subtask.list(VISITS);
        subtask.use("Aa");
        visits.add(1);

        expectNullRefused(() -> visits.add(null));
        expectNullRefused(() -> visits.addAll(Arrays.asList(2, null)));
        expectNullRefused(() -> visits.update(Arrays.asList(3, null)));

        assertThat(visits.get()).containsExactly(1);
    }

    /** What the reader gets is not said, but it comes to an end and disturbs nothing. */
    @Test
    void addingWhileReadingLeavesTheListWhole() {
        Subtask<String> subtask = open();
        ListState<Integer> visits = subtask.list(VISITS);
        subtask.use("Aa");
        visits.addAll(List.of(1, 2, 3));
        List<Integer> read = new ArrayList<>();

        try {
            for (Integer element : visits.get()) {
                read.add(element);
                visits.add(10 * element);
                assertThat(read).hasSizeLessThanOrEqualTo(6);
            }
            assertThat(read).startsWith(1, 2, 3);
        } catch (ConcurrentModificationException refused) {
            assertThat(read).startsWith(1);
        }

        List<Integer> expected = new ArrayList<>(List.of(1, 2, 3));
        read.forEach(element -> expected.add(10 * element));
        assertThat(visits.get()).containsExactlyElementsOf(expected);
    }
}

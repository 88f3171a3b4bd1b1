package io.holdfast.backend.rocksdb.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.testkit.bench.StateBench;
import io.holdfast.testkit.bench.Subtask;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A list that grows too long is refused where it is added to, not where it is read. */
class LongListsTest {
    private static final int LIMIT = 64 << 10;

    @RegisterExtension
    final StateBench bench = new StateBench(() -> new SmallBackend(new Limits(LIMIT, 8, 8, 8, 8)));

    private Subtask<String> subtask;
    private ListState<Long> list;

    private void open() {
        subtask = bench.open(Serializers.STRING);
        list = subtask.list(new ListStateDescriptor<>("list", Long.class));
    }

    @Test
    void addIsRefusedSoonAfterTheLimit() {
        open();
        subtask.use("other");
        list.add(1L);
        subtask.use("long");
        int added = 0;
        Throwable refusal = null;
        while (refusal == null && added < LIMIT) {
            refusal = catchThrowable(() -> list.add(7L));
            added++;
        }

        assertThat(refusal)
                .isInstanceOf(HoldfastException.class)
                .hasMessageContainingAll("STATE-3116", "'list'", "long", String.valueOf(LIMIT));
        int bytes = 9 * added;
        assertThat(bytes).isBetween(LIMIT, LIMIT + LIMIT / 8);
        assertThat(list.get()).hasSize(added - 1);
        assertThatThrownBy(() -> list.add(7L)).as("and stays so").hasMessageContaining("3116");

        subtask.use("other");
        list.add(2L);
        assertThat(list.get()).as("another list").containsExactly(1L, 2L);
        subtask.use("long");
        list.clear();
        list.add(8L);
        assertThat(list.get()).as("the list, cleared").containsExactly(8L);
    }

    @Test
    void aLongListAmongManyShortOnesIsFound() {
        open();
        Throwable refusal = null;
        int rounds = 0;
        while (refusal == null && rounds < LIMIT) {
            subtask.use("short" + rounds % 500);
            list.add(1L);
            subtask.use("long");
            refusal = catchThrowable(() -> list.add(7L));
            rounds++;
        }

        assertThat(refusal).hasMessageContaining("STATE-3116");
        assertThat(9 * rounds).isLessThan(LIMIT + LIMIT / 4);
    }

    @Test
    void whatIsTooLongAtOnceIsRefusedAndChangesNothing() {
        open();
        subtask.use("a");
        list.add(1L);
        List<Long> tooLong = Collections.nCopies(LIMIT / 9 + 1, 5L);

        assertThatThrownBy(() -> list.update(tooLong)).hasMessageContaining("STATE-3116");
        assertThatThrownBy(() -> list.addAll(tooLong)).hasMessageContaining("STATE-3116");

        assertThat(list.get()).containsExactly(1L);
    }

    @Test
    void aValueThatIsTooLargeIsRefusedAndChangesNothing() {
        open();
        var value = subtask.value(new ValueStateDescriptor<>("value", String.class));
        subtask.use("a");
        value.update("small");

        assertThatThrownBy(() -> value.update("x".repeat(LIMIT)))
                .hasMessageContainingAll("STATE-3116", "'value'");

        assertThat(value.value()).isEqualTo("small");
    }
}

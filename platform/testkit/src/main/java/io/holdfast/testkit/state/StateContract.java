package io.holdfast.testkit.state;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.testkit.bench.StateBench;
import io.holdfast.testkit.bench.Subtask;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

/**
 * What the contracts of state backends have in common: a bench that opens the backend under test
 * and looks for leaks after each test.
 */
public abstract class StateContract {

    /** Opens the backend under test. */
    @RegisterExtension protected final StateBench bench = new StateBench(this::backend);

    /** For subclasses. */
    protected StateContract() {}

    /**
     * The backend under test.
     *
     * @return a backend ready to open keyed backends; asked for once for each test
     */
    protected abstract StateBackend backend();

    /** An empty backend with keys of type String. */
    final Subtask<String> open() {
        return bench.open(Serializers.STRING);
    }

    final Subtask<String> restore(KeyedSnapshotHandle handle) {
        return bench.restore(Serializers.STRING, handle);
    }

    /** Takes a snapshot of what is there, closes the backend and opens it from the snapshot. */
    final Subtask<String> restart(Subtask<String> subtask, SnapshotKind kind) {
        KeyedSnapshotHandle handle = bench.snapshot(subtask, kind);
        subtask.close();
        return restore(handle);
    }

    /** Expects that a call is refused because it stores null. */
    static void expectNullRefused(Executable call) {
        assertThatThrownBy(call::execute)
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("STATE-3018");
    }

    /** Skips a test for a kind of snapshot that the backend does not announce. */
    final void assumeTaken(SnapshotKind kind) {
        Assumptions.assumeTrue(
                bench.stateBackend().snapshotKinds().contains(kind),
                () -> "the backend takes no snapshots of kind " + kind);
    }
}

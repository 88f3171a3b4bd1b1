package io.holdfast.runtime.state;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.api.process.RawKeyedStateInput;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.ByKeyGroup;
import io.holdfast.spi.snapshot.SnapshotSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The raw keyed state of one subtask of one operator. It belongs to the operator's function: here
 * is only what was restored, until the function has read it; if it does not ask for it, it is kept
 * and stays in every later snapshot. Used by the task's thread.
 */
public final class RawKeyedState implements AutoCloseable {
    private final String operator;
    private final KeyGroupRange keyGroups;
    private final int maxParallelism;
    private final List<ByKeyGroup> restored;
    private final SnapshotSource source;
    private final List<RawKeyedReader> readers = new ArrayList<>();
    private RawKeyedSnapshot kept;
    private boolean asked;
    private boolean over;

    /**
     * State as it was restored.
     *
     * @param operator names the operator in messages
     * @param keyGroups what the subtask owns
     * @param maxParallelism number of all key groups
     * @param restored streams that hold the subtask's key groups, and possibly others
     * @param source opens them
     */
    public RawKeyedState(
            String operator,
            KeyGroupRange keyGroups,
            int maxParallelism,
            List<ByKeyGroup> restored,
            SnapshotSource source) {
        this.operator = operator;
        this.keyGroups = keyGroups;
        this.maxParallelism = maxParallelism;
        this.restored = List.copyOf(restored);
        this.source = source;
        this.kept = new RawKeyedSnapshot(keyGroups, new TreeMap<>());
    }

    /**
     * Refuses a function that has no keys.
     *
     * @param operator names its operator
     * @return the refusal, to be thrown
     */
    public static HoldfastException withoutKeys(String operator) {
        return Problem.user(
                        "STATE-3026",
                        "'%s' asks for raw keyed state, but its input has no keys."
                                .formatted(operator))
                .advise(
                        "call keyBy before process, or use operator state, such as a list of byte[]")
                .exception();
    }

    /**
     * What was restored, for the function, which is responsible for it from now on.
     *
     * @return the bytes of each key group, until {@link #initialized()}
     */
    public Iterable<RawKeyedStateInput> inputs() {
        refuseIfOver();
        asked = true;
        return () -> {
            refuseIfOver();
            RawKeyedReader reader = reader();
            readers.add(reader);
            return reader;
        };
    }

    private void refuseIfOver() {
        if (over) {
            throw RawKeyedWriter.late(
                    operator,
                    "asked for after initializeState has returned",
                    "call rawKeyedStateInputs() within initializeState, on its thread");
        }
    }

    private RawKeyedReader reader() {
        return new RawKeyedReader(operator, keyGroups, restored, source);
    }

    /**
     * Tells whether the function asked for what was restored, or would have been.
     *
     * @return true if so
     */
    public boolean isAsked() {
        return asked;
    }

    /**
     * Ends reading; what the function did not ask for is read now, to be kept.
     *
     * @throws IOException if it cannot be read
     * @throws HoldfastException SNAPSHOT-4023 or 4024 if it is foreign or damaged
     */
    public void initialized() throws IOException {
        close();
        if (asked) {
            return;
        }
        SortedMap<Integer, List<byte[]>> groups = new TreeMap<>();
        try (RawKeyedReader reader = reader()) {
            while (reader.hasNext()) {
                RawKeyedReader.Group group = reader.nextGroup();
                groups.put(group.keyGroup(), group.blocks());
            }
        }
        kept = new RawKeyedSnapshot(keyGroups, groups);
    }

    /**
     * What was restored and the function did not ask for.
     *
     * @return the bytes
     */
    public RawKeyedSnapshot kept() {
        return kept;
    }

    /**
     * Takes what the function writes into one checkpoint.
     *
     * @return the writer; the caller ends it
     * @throws HoldfastException STATE-3031 if what is kept would be lost
     */
    public RawKeyedWriter writer() {
        if (!kept.isEmpty()) {
            throw Problem.user(
                            "STATE-3031",
                            "'%s' writes raw keyed state, but did not read what was restored."
                                    .formatted(operator))
                    .with("why", "what was restored would be lost")
                    .advise(
                            "call rawKeyedStateInputs() in initializeState, also to drop what there is")
                    .exception();
        }
        return new RawKeyedWriter(operator, keyGroups, maxParallelism, RawKeyedWriter.MAX_BYTES);
    }

    /** Ends reading; idempotent. */
    @Override
    public void close() throws IOException {
        over = true;
        for (RawKeyedReader reader : readers) {
            reader.close();
        }
        readers.clear();
    }
}

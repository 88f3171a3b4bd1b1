package io.holdfast.runtime.state;

import io.holdfast.runtime.checkpoint.RestoredOperator.StatePart;
import io.holdfast.spi.filesystem.SeekableInput;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.spi.snapshot.StreamHandle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The operator state that one subtask starts with, in bytes. */
public final class RestoredOperatorState {
    private final Map<String, StoredState> byName;

    private RestoredOperatorState(Map<String, StoredState> byName) {
        this.byName = byName;
    }

    /**
     * Nothing.
     *
     * @return what a fresh start gets
     */
    public static RestoredOperatorState none() {
        return new RestoredOperatorState(Map.of());
    }

    /**
     * One state.
     *
     * @param state the state
     * @return nothing but it
     */
    public static RestoredOperatorState of(StoredState state) {
        return new RestoredOperatorState(Map.of(state.name(), state));
    }

    /**
     * Reads and verifies what was planned for a subtask.
     *
     * @param parts the elements for it
     * @param source opens their streams
     * @param operator names the operator in messages
     * @return the elements
     * @throws IOException if a stream cannot be read
     * @throws io.holdfast.api.error.HoldfastException SNAPSHOT-4020 or 4021 if a stream is foreign
     *     or damaged
     */
    public static RestoredOperatorState read(
            List<StatePart> parts, SnapshotSource source, String operator) throws IOException {
        Map<StreamHandle, byte[]> streams = new HashMap<>();
        Map<String, StoredState> byName = new LinkedHashMap<>();
        for (StatePart part : parts) {
            String where = "operator state '%s' of '%s'".formatted(part.name(), operator);
            byte[] bytes = streams.get(part.data());
            if (bytes == null) {
                bytes = bytes(part.data(), source, where);
                OperatorStateFormat.verify(bytes, where);
                streams.put(part.data(), bytes);
            }
            List<byte[]> elements = new ArrayList<>();
            StoredState before = byName.get(part.name());
            if (before != null) {
                elements.addAll(before.elements());
            }
            elements.addAll(
                    OperatorStateFormat.elements(
                            bytes, part.distribution(), part.offsets(), where));
            byName.put(
                    part.name(),
                    new StoredState(
                            part.name(), part.distribution(), part.serializers(), elements));
        }
        return new RestoredOperatorState(byName);
    }

    private static byte[] bytes(StreamHandle stream, SnapshotSource source, String where)
            throws IOException {
        if (stream.length() > Integer.MAX_VALUE - 8) {
            throw new IOException(where + " has " + stream.length() + " bytes, more than 2 GiB");
        }
        try (SeekableInput in = source.open(stream)) {
            return in.readNBytes((int) stream.length());
        }
    }

    /**
     * The states.
     *
     * @return by name, in the order of the checkpoint
     */
    public Map<String, StoredState> states() {
        return byName;
    }
}

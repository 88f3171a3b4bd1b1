package io.holdfast.backend.hashmap;

import io.holdfast.toolkit.canonical.StateSchema;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;
import java.io.IOException;

/**
 * What was restored of a state that the job has not asked for yet: its entries as bytes, by key
 * group, in the order they were stored. Filled by the restore, then never changed, so that
 * snapshots may read it at any time.
 *
 * <p>Layout of a group: for each entry the length of its composite key, the key, the length of its
 * value, the value; lengths by {@link BytesOutput#writeVarInt}.
 *
 * @param <K> type of the keys
 */
final class RestoredState<K> implements FrozenState<K> {
    private static final int NO_GROUP = -1;

    private final StateSchema schema;
    private final byte[][] groups;
    private final int[] counts;
    private BytesOutput filling = new BytesOutput(1024);
    private int filledGroup = NO_GROUP;

    /** Takes an entry. */
    @FunctionalInterface
    interface Visitor {
        void entry(byte[] bytes, int key, int keyLength, int value, int valueLength)
                throws IOException;
    }

    RestoredState(StateSchema schema, int groupCount) {
        this.schema = schema;
        this.groups = new byte[groupCount][];
        this.counts = new int[groupCount];
    }

    @Override
    public StateSchema schema() {
        return schema;
    }

    int groupCount() {
        return groups.length;
    }

    /** Number of entries of a group. */
    int count(int group) {
        return counts[group];
    }

    /** Adds an entry; the entries of a group come one after another. */
    void add(
            int group,
            byte[] key,
            int keyOffset,
            int keyLength,
            byte[] value,
            int valueOffset,
            int valueLength) {
        if (group != filledGroup) {
            endGroup();
            filledGroup = group;
        }
        filling.writeVarInt(keyLength);
        filling.write(key, keyOffset, keyLength);
        filling.writeVarInt(valueLength);
        filling.write(value, valueOffset, valueLength);
        counts[group]++;
    }

    private void endGroup() {
        if (filledGroup != NO_GROUP) {
            groups[filledGroup] = filling.toByteArray();
            filling.reset();
        }
    }

    /** Ends the filling. */
    void end() {
        endGroup();
        filledGroup = NO_GROUP;
        filling = new BytesOutput(1);
    }

    /** Visits the entries of a group. */
    void forEach(int group, Visitor visitor) throws IOException {
        byte[] bytes = groups[group];
        if (bytes == null) {
            return;
        }
        BytesInput in = new BytesInput().wrap(bytes, 0, bytes.length);
        while (in.remaining() > 0) {
            int keyLength = in.readVarInt();
            int key = in.position();
            in.skipBytes(keyLength);
            int valueLength = in.readVarInt();
            int value = in.position();
            in.skipBytes(valueLength);
            visitor.entry(bytes, key, keyLength, value, valueLength);
        }
    }

    @Override
    public void write(String owner, int group, int keyGroup, int state, EntryWriter<K> entries)
            throws IOException {
        if (groups[group] != null) {
            entries.startState(state);
            forEach(
                    group,
                    (bytes, key, keyLength, value, valueLength) ->
                            entries.raw(bytes, key, keyLength, bytes, value, valueLength));
        }
    }
}

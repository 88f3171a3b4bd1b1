package io.holdfast.runtime.state;

import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.ByKeyGroup;
import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.SnapshotSink;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;

/** Raw keyed state of one subtask at one moment. Immutable: it may be written again and again. */
public final class RawKeyedSnapshot {
    private final KeyGroupRange keyGroups;
    private final SortedMap<Integer, List<byte[]>> blocks;

    /**
     * Some bytes.
     *
     * @param keyGroups what the subtask owns
     * @param blocks by key group, full ones but for the last; taken over, not to be changed
     */
    RawKeyedSnapshot(KeyGroupRange keyGroups, SortedMap<Integer, List<byte[]>> blocks) {
        this.keyGroups = keyGroups;
        this.blocks = blocks;
    }

    /**
     * Tells whether there is anything to write.
     *
     * @return true if no key group was started
     */
    public boolean isEmpty() {
        return blocks.isEmpty();
    }

    /**
     * Writes it as one stream.
     *
     * @param sink takes the bytes
     * @return refers to them
     * @throws IOException if they cannot be stored
     */
    public ByKeyGroup write(SnapshotSink sink) throws IOException {
        long[] offsets = new long[keyGroups.size()];
        try (SnapshotOutput out = sink.create(SnapshotScope.EXCLUSIVE)) {
            DataOutputStream data = new DataOutputStream(out);
            data.writeInt(RawKeyedFormat.MAGIC);
            data.writeInt(RawKeyedFormat.VERSION);
            for (var group : blocks.entrySet()) {
                offsets[group.getKey() - keyGroups.first()] = out.position();
                write(group.getKey(), group.getValue(), data);
            }
            data.writeInt(RawKeyedFormat.END);
            data.flush();
            return new ByKeyGroup(keyGroups, RawKeyedFormat.NAME, offsets, out.finish());
        }
    }

    private static void write(int keyGroup, List<byte[]> payloads, DataOutputStream out)
            throws IOException {
        out.writeInt(keyGroup);
        for (int i = 0; i < payloads.size(); i++) {
            byte[] payload = payloads.get(i);
            out.writeInt(payload.length);
            out.write(payload);
            out.writeInt(RawKeyedFormat.checksum(keyGroup, i, payload, payload.length));
        }
        out.writeInt(0);
        out.writeInt(RawKeyedFormat.endChecksum(keyGroup, payloads.size()));
    }
}

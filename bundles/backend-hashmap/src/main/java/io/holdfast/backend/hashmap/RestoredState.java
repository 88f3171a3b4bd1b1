package io.holdfast.backend.hashmap;

import io.holdfast.backend.hashmap.format.Block;
import io.holdfast.toolkit.canonical.StateSchema;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;
import io.holdfast.toolkit.keys.CompositeKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What was restored of a state that the job has not asked for yet: its entries as bytes, by key
 * group, in the order they were stored. Filled by the restore, then never changed, so that
 * snapshots may read it at any time.
 *
 * <p>A group is as many blocks as it was read in; those that are not whole say what changed since
 * the ones before.
 *
 * @param <K> type of the keys
 */
final class RestoredState<K> implements FrozenState<K> {
    private static final int NO_GROUP = -1;
    private static final int BLOCK = 1 << 16;
    private static final byte VOID_NAMESPACE = 0;

    private final StateSchema schema;
    private final int groupLength;
    private final List<List<Block>> groups = new ArrayList<>();
    private BytesOutput filling = new BytesOutput(1024);
    private int filledGroup = NO_GROUP;
    private int filledCount;

    RestoredState(StateSchema schema, int groupCount, int maxParallelism) {
        this.schema = schema;
        this.groupLength = CompositeKeys.groupLength(maxParallelism);
        for (int i = 0; i < groupCount; i++) {
            groups.add(new ArrayList<>(1));
        }
    }

    @Override
    public StateSchema schema() {
        return schema;
    }

    @Override
    public Object source() {
        return this;
    }

    @Override
    public FrozenState<K> duplicate() {
        return this;
    }

    int groupCount() {
        return groups.size();
    }

    /** Number of entries of a group before what changed later. */
    @Override
    public int count(int group) {
        int count = 0;
        for (Block block : groups.get(group)) {
            count += block.isWhole() ? block.count() : 0;
        }
        return count;
    }

    /** Number of entries of all groups. */
    int count() {
        long count = 0;
        for (int group = 0; group < groups.size(); group++) {
            count += count(group);
        }
        return (int) Math.min(Integer.MAX_VALUE, count);
    }

    @Override
    public Extent extent(int group, int since) {
        return Extent.NOTHING;
    }

    /** The blocks of a group. */
    List<Block> blocks(int group) {
        return groups.get(group);
    }

    /** Adds a block. The blocks of one group come from one thread. */
    void add(int group, Block block) {
        groups.get(group).add(block);
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
        if (group != filledGroup || filling.length() >= BLOCK) {
            endBlock();
            filledGroup = group;
        }
        filling.writeVarInt(keyLength);
        filling.write(key, keyOffset, keyLength);
        filling.writeVarInt(valueLength);
        filling.write(value, valueOffset, valueLength);
        filledCount++;
    }

    private void endBlock() {
        if (filledCount > 0) {
            add(filledGroup, new Block(filling.toByteArray(), filledCount, false, true, 0, 0));
            filling.reset();
            filledCount = 0;
        }
    }

    /** Ends the filling. */
    void end() {
        endBlock();
        filledGroup = NO_GROUP;
        filling = new BytesOutput(1);
    }

    /** Gives the entries and removals of a block to a sink, with composite keys. */
    void forEach(Block block, int keyGroup, EntrySink sink) throws IOException {
        if (block.isFixed()) {
            forEachFixed(block, keyGroup, sink);
            return;
        }
        byte[] bytes = block.bytes();
        BytesInput in = new BytesInput().wrap(bytes, 0, bytes.length);
        for (int i = 0; i < block.count(); i++) {
            int keyLength = in.readVarInt();
            int key = skip(keyLength, in);
            if (block.isRemovals()) {
                sink.removal(bytes, key, keyLength);
            } else {
                int valueLength = in.readVarInt();
                int value = skip(valueLength, in);
                sink.entry(bytes, key, keyLength, bytes, value, valueLength);
            }
        }
        if (in.remaining() > 0) {
            throw new IOException(in.remaining() + " bytes behind the last entry of a block");
        }
    }

    private static int skip(int count, BytesInput in) throws IOException {
        int start = in.position();
        if (count < 0 || in.skipBytes(count) < count) {
            throw new IOException(
                    "%d bytes wanted, %d left in the block".formatted(count, in.remaining()));
        }
        return start;
    }

    private void forEachFixed(Block block, int keyGroup, EntrySink sink) throws IOException {
        int keyLength = block.keyLength();
        BytesOutput key = new BytesOutput(groupLength + keyLength + 1);
        CompositeKeys.writeGroup(keyGroup, groupLength, key);
        int position = 0;
        for (int i = 0; i < block.count(); i++) {
            key.truncate(groupLength);
            key.write(block.bytes(), position, keyLength);
            key.writeByte(VOID_NAMESPACE);
            position += keyLength;
            if (block.isRemovals()) {
                sink.removal(key.array(), 0, key.length());
            } else {
                sink.entry(
                        key.array(), 0, key.length(), block.bytes(), position, block.valueLength());
                position += block.valueLength();
            }
        }
    }

    @Override
    public void write(String owner, int group, int keyGroup, EntryWriter<K> entries)
            throws IOException {
        List<Block> blocks = groups.get(group);
        if (!blocks.stream().allMatch(Block::isWhole)) {
            MergedEntries merged = new MergedEntries();
            for (Block block : blocks) {
                forEach(block, keyGroup, merged);
            }
            merged.forEach(entries::raw);
        } else if (entries.segment().isPresent()) {
            for (Block block : blocks) {
                entries.failing(() -> entries.segment().get().block(block));
            }
        } else {
            for (Block block : blocks) {
                forEach(block, keyGroup, entries::raw);
            }
        }
    }

    @Override
    public void writeChanges(
            String owner, int group, int keyGroup, int since, EntryWriter<K> entries) {
        throw new IllegalStateException("what was restored does not change");
    }
}

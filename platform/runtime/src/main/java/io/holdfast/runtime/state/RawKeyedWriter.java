package io.holdfast.runtime.state;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.api.process.RawKeyedStateOutput;
import io.holdfast.spi.snapshot.KeyGroupRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects, in memory, what a function writes during one checkpoint. */
public final class RawKeyedWriter extends RawKeyedStateOutput {
    /** So many bytes one subtask may write into one checkpoint: they are held in memory twice. */
    static final long MAX_BYTES = 1L << 30;

    private static final int FIRST_BLOCK = 256;

    private final String operator;
    private final KeyGroupRange keyGroups;
    private final int maxParallelism;
    private final long maxBytes;
    private final SortedMap<Integer, List<byte[]>> groups = new TreeMap<>();
    private List<byte[]> started;
    private byte[] block = new byte[FIRST_BLOCK];
    private int filled;
    private long total;
    private boolean ended;

    RawKeyedWriter(String operator, KeyGroupRange keyGroups, int maxParallelism, long maxBytes) {
        this.operator = operator;
        this.keyGroups = keyGroups;
        this.maxParallelism = maxParallelism;
        this.maxBytes = maxBytes;
    }

    @Override
    public int firstKeyGroup() {
        return keyGroups.first();
    }

    @Override
    public int lastKeyGroup() {
        return keyGroups.last();
    }

    @Override
    public int keyGroupOf(Object key) {
        return KeyGroupRange.keyGroup(Objects.requireNonNull(key, "key"), maxParallelism);
    }

    @Override
    public void startKeyGroup(int keyGroup) {
        refuseIfEnded();
        if (!keyGroups.contains(keyGroup)) {
            throw Problem.user(
                            "STATE-3027",
                            "'%s' writes raw keyed state for key group %d, which this subtask does not own."
                                    .formatted(operator, keyGroup))
                    .with("owned", keyGroups)
                    .with("all", "0.." + (maxParallelism - 1))
                    .advise(
                            "write what belongs to keys of this subtask; keyGroupOf(key) tells the group of a key")
                    .exception();
        }
        if (groups.containsKey(keyGroup)) {
            throw Problem.user(
                            "STATE-3028",
                            "'%s' starts key group %d of its raw keyed state twice."
                                    .formatted(operator, keyGroup))
                    .with("started", groups.keySet())
                    .advise("sort what is written by key group, and start each group once")
                    .exception();
        }
        close();
        started = new ArrayList<>();
        groups.put(keyGroup, started);
    }

    @Override
    public void write(int value) {
        prepare(1);
        block[filled++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int at = offset;
        int end = offset + length;
        prepareFor(length);
        while (at < end) {
            makeRoom();
            int count = Math.min(end - at, block.length - filled);
            System.arraycopy(bytes, at, block, filled, count);
            filled += count;
            at += count;
        }
    }

    private void prepare(int length) {
        prepareFor(length);
        makeRoom();
    }

    private void prepareFor(int length) {
        refuseIfEnded();
        if (started == null) {
            throw Problem.user(
                            "STATE-3032",
                            "'%s' writes raw keyed state without a key group.".formatted(operator))
                    .with("owned", keyGroups)
                    .advise("call startKeyGroup before writing, and again after close")
                    .exception();
        }
        if (length > maxBytes - total) {
            throw Problem.user(
                            "STATE-3030",
                            "'%s' writes more raw keyed state than a subtask may."
                                    .formatted(operator))
                    .with("written", total + " bytes, and now " + length + " more")
                    .with("possible", maxBytes + " bytes in one checkpoint")
                    .advise(
                            "keep it in keyed state, which a backend may hold on disk, or raise the parallelism")
                    .exception();
        }
        total += length;
    }

    private void makeRoom() {
        if (filled < block.length) {
            return;
        }
        if (block.length < RawKeyedFormat.BLOCK) {
            block = Arrays.copyOf(block, Math.min(RawKeyedFormat.BLOCK, 4 * block.length));
        } else {
            started.add(block);
            block = new byte[RawKeyedFormat.BLOCK];
            filled = 0;
        }
    }

    private void refuseIfEnded() {
        if (ended) {
            throw late(
                    operator,
                    "written after snapshotState has returned",
                    "write within snapshotState, on its thread");
        }
    }

    /** Raw keyed state that is used when it is not there any more. */
    static HoldfastException late(String operator, String what, String advice) {
        return Problem.user(
                        "STATE-3029", "Raw keyed state of '%s' is %s.".formatted(operator, what))
                .advise(advice)
                .exception();
    }

    /** Ends the key group. */
    @Override
    public void close() {
        if (started != null && filled > 0) {
            started.add(Arrays.copyOf(block, filled));
            filled = 0;
        }
        started = null;
    }

    /** Ends everything: nothing is taken any more. Idempotent. */
    public void end() {
        close();
        ended = true;
    }

    /**
     * What was written.
     *
     * @return the bytes, complete after {@link #end()}
     */
    public RawKeyedSnapshot snapshot() {
        return new RawKeyedSnapshot(keyGroups, groups);
    }
}

package io.holdfast.toolkit.ordered;

import java.util.Arrays;
import java.util.Map;

/**
 * The entries of a store, told apart by key group and state. In the store a key is
 *
 * <pre>
 *   u16 key group
 *   u16 number of the state
 *   the composite key without its group, or a timer's bytes without theirs
 * </pre>
 *
 * <p>so that a snapshot, which wants group by group and in each state by state, is one pass in the
 * order of the store.
 */
final class Entries {
    /** Bytes before the composite key. */
    static final int PREFIX = 4;

    /** Largest number of states. */
    static final int MAX_STATES = 1 << 16;

    final OrderedStore store;
    private final int lastGroup;

    Entries(OrderedStore store, int lastGroup) {
        this.store = store;
        this.lastGroup = lastGroup;
    }

    static int keyGroup(byte[] key) {
        return (key[0] & 0xFF) << 8 | key[1] & 0xFF;
    }

    static int state(byte[] key) {
        return (key[2] & 0xFF) << 8 | key[3] & 0xFF;
    }

    /** A key of the store: {@code rest} stands from an offset on in {@code source}. */
    static byte[] key(int keyGroup, int state, byte[] source, int offset, int length) {
        byte[] key = new byte[PREFIX + length];
        key[0] = (byte) (keyGroup >>> 8);
        key[1] = (byte) keyGroup;
        key[2] = (byte) (state >>> 8);
        key[3] = (byte) state;
        System.arraycopy(source, offset, key, PREFIX, length);
        return key;
    }

    static byte[] prefix(int keyGroup, int state) {
        return key(keyGroup, state, new byte[0], 0, 0);
    }

    /** The smallest key behind another one. */
    static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length
                && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** The first entry at or behind a key that begins with some bytes; null if there is none. */
    Map.Entry<byte[], byte[]> ceiling(byte[] from, byte[] prefix) {
        Map.Entry<byte[], byte[]> entry = store.ceiling(from);
        return entry != null && startsWith(entry.getKey(), prefix) ? entry : null;
    }

    /** The first entry of a state at or behind a key, in any key group; null if there is none. */
    Map.Entry<byte[], byte[]> ceiling(byte[] from, int state) {
        byte[] at = from;
        while (true) {
            Map.Entry<byte[], byte[]> entry = store.ceiling(at);
            if (entry == null) {
                return null;
            }
            int found = state(entry.getKey());
            if (found == state) {
                return entry;
            }
            int keyGroup = keyGroup(entry.getKey()) + (found < state ? 0 : 1);
            if (keyGroup > lastGroup) {
                return null;
            }
            at = prefix(keyGroup, state);
        }
    }
}

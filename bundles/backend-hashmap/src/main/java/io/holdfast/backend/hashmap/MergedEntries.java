package io.holdfast.backend.hashmap;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.TreeMap;

/** Takes entries and what changed of them later, and gives what is left, as bytes. */
final class MergedEntries implements EntrySink {
    private final TreeMap<byte[], byte[]> values = new TreeMap<>(Arrays::compareUnsigned);

    @Override
    public void entry(
            byte[] key, int keyOffset, int keyLength, byte[] value, int offset, int length) {
        values.put(
                Arrays.copyOfRange(key, keyOffset, keyOffset + keyLength),
                Arrays.copyOfRange(value, offset, offset + length));
    }

    @Override
    public void removal(byte[] key, int offset, int length) {
        byte[] beginning = Arrays.copyOfRange(key, offset, offset + length);
        Iterator<byte[]> keys = values.tailMap(beginning, true).keySet().iterator();
        while (keys.hasNext() && begins(keys.next(), beginning)) {
            keys.remove();
        }
    }

    private static boolean begins(byte[] key, byte[] beginning) {
        return key.length >= beginning.length
                && Arrays.equals(key, 0, beginning.length, beginning, 0, beginning.length);
    }

    /** Gives what is left to a sink. */
    void forEach(EntrySink sink) throws IOException {
        for (var each : values.entrySet()) {
            byte[] key = each.getKey();
            byte[] value = each.getValue();
            sink.entry(key, 0, key.length, value, 0, value.length);
        }
    }
}

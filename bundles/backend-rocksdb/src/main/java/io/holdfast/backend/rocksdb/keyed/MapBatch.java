package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.backend.rocksdb.store.Scan;
import io.holdfast.toolkit.io.BytesOutput;
import java.util.Arrays;

/** Some entries of a map as bytes, one behind the other. Not changed once it is filled. */
final class MapBatch {
    private static final int MOST_BYTES = 1 << 20;

    private final int prefixLength;
    private final BytesOutput bytes = new BytesOutput(256);

    /** Where key and value of each entry end. */
    private int[] ends = new int[16];

    private int size;
    private final boolean last;

    /**
     * Takes entries from a scan as long as they are of the map.
     *
     * @param prefix what the keys of the map begin with
     * @param most most entries to take
     */
    MapBatch(Scan scan, byte[] prefix, int most) {
        this.prefixLength = prefix.length;
        while (size < most
                && bytes.length() < MOST_BYTES
                && scan.keyStartsWith(prefix, prefixLength)) {
            add(scan);
            scan.next();
        }
        last = !scan.keyStartsWith(prefix, prefixLength);
    }

    private void add(Scan scan) {
        if (2 * size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * ends.length);
        }
        bytes.write(scan.key(), 0, scan.keyLength());
        ends[2 * size] = bytes.length();
        int valueLength = scan.valueLength();
        bytes.write(scan.value(), 0, valueLength);
        ends[2 * size + 1] = bytes.length();
        size++;
    }

    int size() {
        return size;
    }

    /** Whether the map has no entries behind these. */
    boolean isLast() {
        return last;
    }

    private int start(int index) {
        return index == 0 ? 0 : ends[2 * index - 1];
    }

    /** The whole key of an entry. */
    byte[] key(int index) {
        return Arrays.copyOfRange(bytes.array(), start(index), ends[2 * index]);
    }

    <U> U mapKey(RocksDbMap<?, ?, U, ?> map, int index) {
        int start = start(index) + prefixLength;
        return map.decodeMapKey(bytes.array(), start, ends[2 * index] - start);
    }

    <V> V value(RocksDbMap<?, ?, ?, V> map, int index) {
        int start = ends[2 * index];
        return map.decodeValue(bytes.array(), start, ends[2 * index + 1] - start);
    }
}

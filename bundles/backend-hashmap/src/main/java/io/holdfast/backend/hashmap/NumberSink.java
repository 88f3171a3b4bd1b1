package io.holdfast.backend.hashmap;

import io.holdfast.backend.hashmap.format.SegmentWriter;
import io.holdfast.toolkit.io.BytesOutput;
import java.io.IOException;

/** Takes entries that are two numbers, in the void namespace. */
record NumberSink(SegmentWriter writer) {

    /** Begins entries whose numbers have so many bytes, 8, 4 or 1. */
    void startEntries(int keyBytes, int valueBytes) throws IOException {
        writer.startEntries(keyBytes, valueBytes);
    }

    /** Begins keys of entries that are gone. */
    void startRemovals(int keyBytes) throws IOException {
        writer.startRemovals(keyBytes);
    }

    /** Writes an entry. */
    void entry(long key, int keyBytes, long value, int valueBytes) throws IOException {
        BytesOutput block = writer.block();
        number(key, keyBytes, block);
        number(value, valueBytes, block);
        writer.ended(1);
    }

    /** Writes the key of an entry that is gone. */
    void removal(long key, int keyBytes) throws IOException {
        number(key, keyBytes, writer.block());
        writer.ended(1);
    }

    private static void number(long number, int bytes, BytesOutput out) {
        switch (bytes) {
            case 8 -> out.writeLong(number);
            case 4 -> out.writeInt((int) number);
            default -> out.writeByte((int) number);
        }
    }
}

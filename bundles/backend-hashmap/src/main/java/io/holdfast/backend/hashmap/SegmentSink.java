package io.holdfast.backend.hashmap;

import io.holdfast.backend.hashmap.format.SegmentWriter;
import io.holdfast.toolkit.io.BytesOutput;
import java.io.IOException;
import java.util.Optional;

/** Puts entries into a segment of a native snapshot. */
record SegmentSink(SegmentWriter writer) implements EntrySink {

    @Override
    public void entry(
            byte[] key, int keyOffset, int keyLength, byte[] value, int offset, int length)
            throws IOException {
        BytesOutput block = writer.block();
        block.writeVarInt(keyLength);
        block.write(key, keyOffset, keyLength);
        block.writeVarInt(length);
        block.write(value, offset, length);
        writer.ended(1);
    }

    @Override
    public void removal(byte[] key, int offset, int length) throws IOException {
        writer.startRemovals(0);
        BytesOutput block = writer.block();
        block.writeVarInt(length);
        block.write(key, offset, length);
        writer.ended(1);
    }

    @Override
    public void endRemovals() throws IOException {
        writer.startEntries(0, 0);
    }

    @Override
    public Optional<SegmentWriter> segment() {
        return Optional.of(writer);
    }
}

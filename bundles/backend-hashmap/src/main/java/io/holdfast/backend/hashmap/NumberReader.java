package io.holdfast.backend.hashmap;

import io.holdfast.backend.hashmap.format.Block;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads what {@link NumberSink} wrote into a block, whose length was checked. */
final class NumberReader {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private int position;

    NumberReader(Block block) {
        this.bytes = block.bytes();
    }

    /** The next number of 8, 4 or 1 bytes. */
    long next(int count) {
        int at = position;
        position = at + count;
        return switch (count) {
            case 8 -> (long) LONG.get(bytes, at);
            case 4 -> (int) INT.get(bytes, at) & 0xFFFF_FFFFL;
            default -> bytes[at] & 0xFF;
        };
    }
}

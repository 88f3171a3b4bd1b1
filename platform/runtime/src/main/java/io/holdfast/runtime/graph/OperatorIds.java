package io.holdfast.runtime.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Ids of operators: MurmurHash3 x64 128 with seed 0 (Austin Appleby, public domain) of the uid's
 * UTF-8 bytes, as Flink makes them, so that state can move between the two.
 */
final class OperatorIds {
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;

    private OperatorIds() {}

    static String of(String text) {
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        long h1 = 0;
        long h2 = 0;
        while (in.remaining() >= 16) {
            h1 ^= mix1(in.getLong());
            h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
            h2 ^= mix2(in.getLong());
            h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
        }
        long k1 = 0;
        long k2 = 0;
        for (int i = 0; in.hasRemaining(); i++) {
            long octet = in.get() & 0xFFL;
            if (i < 8) {
                k1 |= octet << 8 * i;
            } else {
                k2 |= octet << 8 * (i - 8);
            }
        }
        h1 ^= mix1(k1) ^ data.length;
        h2 ^= mix2(k2) ^ data.length;
        h1 += h2;
        h2 += h1;
        h1 = finish(h1);
        h2 = finish(h2);
        h1 += h2;
        h2 += h1;
        return "%016x%016x".formatted(Long.reverseBytes(h1), Long.reverseBytes(h2));
    }

    private static long mix1(long k) {
        return Long.rotateLeft(k * C1, 31) * C2;
    }

    private static long mix2(long k) {
        return Long.rotateLeft(k * C2, 33) * C1;
    }

    private static long finish(long h) {
        h ^= h >>> 33;
        h *= 0xff51afd7ed558ccdL;
        h ^= h >>> 33;
        h *= 0xc4ceb9fe1a85ec53L;
        return h ^ h >>> 33;
    }
}

package io.holdfast.toolkit.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is packed comes back, and nothing else does. */
class PackingTest {
    private static final int ROOM = 20;
    private static final byte[] TEXT =
            "the same words again and again ".repeat(1_000).getBytes(StandardCharsets.UTF_8);

    private static byte[] packed(byte[] bytes) {
        try (Packing packing = Packing.deflate(ROOM)) {
            int length = packing.pack(bytes, 0, bytes.length);
            return Arrays.copyOfRange(packing.packed(), ROOM, ROOM + length);
        }
    }

    private static int unpack(byte[] packed, byte[] target) {
        try (Unpacking unpacking = new Unpacking()) {
            return unpacking.unpack(packed, packed.length, target);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 31_000, Packing.MOST})
    void wordsTakeLessAndComeBack(int length) {
        byte[] text = Arrays.copyOf(TEXT, length);
        byte[] packed = packed(text);
        byte[] target = new byte[length];

        assertThat(packed).hasSizeBetween(1, length * 7 / 8);
        assertThat(unpack(packed, target)).isEqualTo(length);
        assertThat(target).isEqualTo(text);
    }

    @Test
    void severalPayloadsFollowOneAnother() {
        byte[] target = new byte[Packing.MOST];
        try (Packing packing = Packing.deflate(0);
                Unpacking unpacking = new Unpacking()) {
            for (int offset = 0; offset < 1_000; offset += 100) {
                int length = packing.pack(TEXT, offset, 500);

                assertThat(unpacking.unpack(packing.packed(), length, target)).isEqualTo(500);
                assertThat(Arrays.copyOf(target, 500))
                        .isEqualTo(Arrays.copyOfRange(TEXT, offset, offset + 500));
                assertThat(unpacking.unpack(TEXT, 500, target)).as("no packed form").isZero();
            }
        }
    }

    @Test
    void whatCannotBePackedStaysAsItIs() {
        byte[] noise = new byte[40_000];
        new SplittableRandom(7).nextBytes(noise);

        assertThat(packed(noise)).isEmpty();
        try (Packing none = Packing.none()) {
            assertThat(none.pack(TEXT, 0, TEXT.length)).isZero();
            assertThatThrownBy(none::packed).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void whoIsClosedPacksNothing() {
        Packing packing = Packing.deflate(ROOM);
        packing.close();
        packing.close();

        assertThat(packing.pack(TEXT, 0, TEXT.length)).isZero();
    }

    @Test
    void onlyAWholeStreamThatFitsIsUnpacked() {
        byte[] packed = packed(TEXT);
        for (int less = 1; less <= packed.length; less++) {
            byte[] cut = Arrays.copyOf(packed, packed.length - less);
            assertThat(unpack(cut, new byte[TEXT.length])).as("%d less", less).isZero();
        }
        byte[] longer = Arrays.copyOf(packed, packed.length + 1);
        assertThat(unpack(longer, new byte[TEXT.length])).as("a byte behind it").isZero();
        assertThat(unpack(packed, new byte[TEXT.length - 1])).as("too little room").isZero();
        assertThat(unpack(packed, new byte[0])).as("no room").isZero();
        assertThat(unpack(packed, new byte[TEXT.length + 1])).isEqualTo(TEXT.length);
    }

    /** What the bound on lengths relies on. */
    @Test
    void noByteBecomesMoreThanSoMany() {
        Deflater best = new Deflater(Deflater.BEST_COMPRESSION, true);
        int zeros = 8 << 20;
        best.setInput(new byte[zeros]);
        best.finish();
        int length = best.deflate(new byte[1 << 20]);
        best.end();

        assertThat((long) zeros / length).isBetween(1_000L, (long) Unpacking.MOST_OF_A_BYTE);
    }
}

package io.holdfast.backend.hashmap.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Searches whose numbers are those that the look ahead takes for a sign. */
class PageLayoutTest {
    /** By how much two keys of a row differ if the look ahead tells a search to go the long way. */
    private static final long TOLD = 0x0101_0101_0101_0101L;

    private final PageLayout layout = PageLayout.ofContents(true, false, true);

    private static int hash(long key) {
        return Hashes.of(Long.hashCode(key));
    }

    @Test
    void whateverTheLookAheadTellsEverythingIsFoundAndNothingElse() {
        long[] keys = {11, 12, 40 + TOLD, 14, 15, 16, 40};
        long[] words = layout.empty(0, 0, PageLayout.SMALLEST).words();
        for (long key : keys) {
            int slot = layout.claim(words, hash(key));
            layout.fill(words, null, slot, key, null, null);
            layout.setNumber(words, slot, -key);
        }
        assertThat(layout.keyBits(words, 2) - layout.keyBits(words, 6)).isEqualTo(TOLD);
        for (long key : keys) {
            int slot = layout.findPlain(words, hash(key), key);
            assertThat(slot).as("slot of %s", key).isNotNegative();
            assertThat(layout.number(words, slot)).isEqualTo(-key);
        }
        assertThat(IntStream.range(100, 1_000))
                .allMatch(key -> layout.findPlain(words, hash(key), key) < 0);
    }
}

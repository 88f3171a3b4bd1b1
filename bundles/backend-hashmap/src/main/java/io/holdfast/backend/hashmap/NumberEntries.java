package io.holdfast.backend.hashmap;

import io.holdfast.backend.hashmap.format.Block;
import io.holdfast.backend.hashmap.table.Bits;
import java.util.Optional;

/**
 * Entries whose contents are numbers, kept as such: no object is made to store one, and the garbage
 * collector has nothing to look at.
 */
final class NumberEntries<K, N, C> extends Entries<K, N, C> {
    private final Bits<C> bits;

    NumberEntries(TableState.Parts<K, N, C> parts, Bits<C> bits) {
        super(parts, true);
        this.bits = bits;
    }

    @Override
    C read(long[] words, Object[] objects, int at) {
        return bits.value(layout.number(words, at));
    }

    @Override
    void write(long[] words, Object[] objects, int at, C content, int held) {
        layout.setNumber(words, at, bits.of(content));
    }

    /** What was read is an object of its own. */
    @Override
    boolean isShared(long[] words, int at) {
        return false;
    }

    @Override
    Optional<Bits<C>> numbersIn(Block block, ContentCodec<C> codec) {
        return !namespaced()
                        && keyBits() != null
                        && codec.bits().filter(bits::equals).isPresent()
                        && !block.isRemovals()
                        && block.keyLength() == keyBits().bytes()
                        && block.valueLength() == bits.bytes()
                ? Optional.of(bits)
                : Optional.empty();
    }
}

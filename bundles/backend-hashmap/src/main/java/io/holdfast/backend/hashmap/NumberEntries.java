package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
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

    @Override
    void put(C content) {
        // Nothing else may see the object: then the compiler need not make it.
        putNumber(bits.of(content));
    }

    private void putNumber(long number) {
        long[] words = open();
        layout.setNumber(words, slot(), number);
    }

    /** What was read is an object of its own. */
    @Override
    boolean isShared() {
        return false;
    }

    @Override
    C handOut(Serializer<C> serializer) {
        return content();
    }

    @Override
    C forChange(Serializer<C> serializer) {
        return content();
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

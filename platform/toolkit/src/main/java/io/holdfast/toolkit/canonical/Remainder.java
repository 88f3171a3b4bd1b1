package io.holdfast.toolkit.canonical;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.spi.state.Expiry;
import io.holdfast.toolkit.canonical.StateSchema.Kind;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;
import java.io.IOException;

/**
 * What is left of the stored values of one state when some may be dropped. Looks at the bytes of
 * the canonical format, one entry after another; of anything but a list it reads no more than
 * {@link Expiry.Cut#dropsStored} does. Used by one thread.
 *
 * @param <T> type of values, elements, map values or accumulators
 */
public final class Remainder<T> {

    /** How much of an entry's value is left. */
    public enum Left {
        /** Everything. */
        ALL,
        /** Some elements of a list. */
        SOME,
        /** Nothing: the entry may go. */
        NOTHING
    }

    private final Kind kind;
    private final Serializer<T> serializer;
    private final Expiry.Cut<T> cut;
    private final BytesInput in = new BytesInput();
    private final BytesOutput rest = new BytesOutput(64);

    /**
     * For the entries of one state.
     *
     * @param kind what the state is; not timers
     * @param serializer serializer of the values; this object's own instance
     * @param cut tells what may be dropped
     */
    public Remainder(Kind kind, Serializer<T> serializer, Expiry.Cut<T> cut) {
        this.kind = kind;
        this.serializer = serializer;
        this.cut = cut;
    }

    /**
     * Looks at the value of an entry.
     *
     * @param bytes hold it
     * @param offset where it begins
     * @param length its length
     * @return how much is left; if some, {@link #rest()} holds it
     * @throws IOException if the bytes are not those of a value
     */
    public Left of(byte[] bytes, int offset, int length) throws IOException {
        in.wrap(bytes, offset, length);
        if (kind == Kind.LIST) {
            return ofList(bytes);
        }
        if (kind == Kind.MAP && in.readBoolean()) {
            return Left.ALL;
        }
        return cut.dropsStored(in) ? Left.NOTHING : Left.ALL;
    }

    private Left ofList(byte[] bytes) throws IOException {
        boolean all = true;
        rest.reset();
        while (in.remaining() > 0) {
            int begin = in.position();
            T element = serializer.read(in);
            int end = in.position();
            if (in.remaining() > 0) {
                in.readByte();
            }
            if (cut.drops(element)) {
                all = false;
            } else {
                if (rest.length() > 0) {
                    rest.writeByte(CanonicalFormat.LIST_SEPARATOR);
                }
                rest.write(bytes, begin, end - begin);
            }
        }
        if (all) {
            return Left.ALL;
        }
        return rest.length() == 0 ? Left.NOTHING : Left.SOME;
    }

    /**
     * What is left of the value looked at last, if that is some of it.
     *
     * @return holds it from the first byte on; used again for the next value
     */
    public BytesOutput rest() {
        return rest;
    }
}

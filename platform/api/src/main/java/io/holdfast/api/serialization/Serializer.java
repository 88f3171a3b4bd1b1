package io.holdfast.api.serialization;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Turns values of one type into bytes and back.
 *
 * <p>One instance is used by one thread at a time; {@link #duplicate()} makes one for another
 * thread. Values are never null unless an implementation says that it takes null.
 *
 * <p>The bytes of equal values must be equal where the type is used as a key or a namespace:
 * backends that store bytes compare them instead of calling {@code equals}.
 *
 * @param <T> type of the values
 */
@ConsumerType
public interface Serializer<T> {

    /** Returned by {@link #fixedLength()} when values differ in length. */
    int VARIABLE_LENGTH = -1;

    /**
     * Writes one value.
     *
     * @param value the value
     * @param out where to; the same bytes must allow {@link #read} to find the value's end by
     *     itself
     * @throws IOException if {@code out} fails
     */
    void write(T value, DataOutput out) throws IOException;

    /**
     * Reads one value.
     *
     * @param in positioned at the value's first byte; on return, behind its last
     * @return the value
     * @throws IOException if {@code in} fails, ends early or holds bytes this serializer cannot
     *     have written
     */
    T read(DataInput in) throws IOException;

    /**
     * A value that later changes of {@code value} cannot reach.
     *
     * @param value the value to copy
     * @return a deep copy, or {@code value} itself if the type is immutable
     */
    T copy(T value);

    /**
     * Number of bytes of every value.
     *
     * @return a length of zero or more, or {@link #VARIABLE_LENGTH}
     */
    int fixedLength();

    /**
     * An instance for another thread.
     *
     * @return a serializer that writes the same bytes and shares no mutable state with this one;
     *     {@code this} if stateless
     */
    default Serializer<T> duplicate() {
        return this;
    }

    /**
     * Describes this serializer for storage beside its data.
     *
     * @return the description
     */
    SerializerSnapshot snapshot();

    /**
     * Decides whether this serializer can take over values that {@code written} describes.
     *
     * @param written description stored with the values
     * @return the verdict; by default {@link Compatibility#asIs()} if the descriptions are equal,
     *     else incompatible
     */
    default Compatibility<T> compatibilityWith(SerializerSnapshot written) {
        SerializerSnapshot own = snapshot();
        return own.equals(written) ? Compatibility.asIs() : Parts.mismatch(own, written);
    }
}

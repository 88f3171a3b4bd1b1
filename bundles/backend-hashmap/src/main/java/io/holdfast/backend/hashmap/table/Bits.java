package io.holdfast.backend.hashmap.table;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import java.util.Map;
import java.util.Optional;

/**
 * How values of a type are kept in 64 bits, so that a table needs no object for them.
 *
 * @param <T> the type, whose values are immutable and have no identity
 */
public interface Bits<T> {

    /**
     * A value's bits.
     *
     * @param value not null
     */
    long of(T value);

    /** The value with these bits. */
    T value(long bits);

    /**
     * Number of bytes that the bits take where a serializer writes them, the highest first: 8, 4 or
     * 1; those that are left out are 0.
     */
    int bytes();

    /** The bits themselves. */
    Bits<Long> LONG =
            new Bits<>() {
                @Override
                public long of(Long value) {
                    return value;
                }

                @Override
                public Long value(long bits) {
                    return bits;
                }

                @Override
                public int bytes() {
                    return 8;
                }
            };

    /** The lower half, so that the bits have the number's own hash code, too. */
    Bits<Integer> INTEGER =
            new Bits<>() {
                @Override
                public long of(Integer value) {
                    return value & 0xFFFF_FFFFL;
                }

                @Override
                public Integer value(long bits) {
                    return (int) bits;
                }

                @Override
                public int bytes() {
                    return 4;
                }
            };

    /** The raw bits: every NaN stays what it was. */
    Bits<Double> DOUBLE =
            new Bits<>() {
                @Override
                public long of(Double value) {
                    return Double.doubleToRawLongBits(value);
                }

                @Override
                public Double value(long bits) {
                    return Double.longBitsToDouble(bits);
                }

                @Override
                public int bytes() {
                    return 8;
                }
            };

    /** 0 or 1. */
    Bits<Boolean> BOOLEAN =
            new Bits<>() {
                @Override
                public long of(Boolean value) {
                    return value ? 1 : 0;
                }

                @Override
                public Boolean value(long bits) {
                    return bits != 0;
                }

                @Override
                public int bytes() {
                    return 1;
                }
            };

    /** Those of the types that tables are most often asked for. */
    Map<Serializer<?>, Bits<?>> KNOWN =
            Map.of(
                    Serializers.LONG, LONG,
                    Serializers.INTEGER, INTEGER,
                    Serializers.DOUBLE, DOUBLE,
                    Serializers.BOOLEAN, BOOLEAN);

    /**
     * How the keys of a serializer are kept; their bits have the hash codes of the keys.
     *
     * @return empty if they are objects
     */
    static <K> Optional<Bits<K>> ofKeys(Serializer<K> serializer) {
        return serializer == (Object) Serializers.LONG || serializer == (Object) Serializers.INTEGER
                ? of(serializer)
                : Optional.empty();
    }

    /**
     * How the values of a serializer are kept.
     *
     * @return empty if they are objects
     */
    @SuppressWarnings("unchecked") // a serializer has one type
    static <T> Optional<Bits<T>> of(Serializer<T> serializer) {
        return Optional.ofNullable((Bits<T>) KNOWN.get(serializer));
    }
}

package io.holdfast.api.serialization;

import static io.holdfast.api.serialization.BasicSerializers.immutable;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.UUID;

/** Serializers of big numbers and of UUIDs. */
final class NumberSerializers {

    /** i32 length, two's complement, highest byte first. */
    private static final Serializer<BigInteger> BIG_INTEGER =
            immutable(
                    "big-integer",
                    Serializer.VARIABLE_LENGTH,
                    NumberSerializers::writeInteger,
                    NumberSerializers::readInteger);

    /** Scale i32, then the unscaled value as a big integer. */
    private static final Serializer<BigDecimal> BIG_DECIMAL =
            immutable(
                    "big-decimal",
                    Serializer.VARIABLE_LENGTH,
                    (value, out) -> {
                        out.writeInt(value.scale());
                        writeInteger(value.unscaledValue(), out);
                    },
                    in -> {
                        int scale = in.readInt();
                        return new BigDecimal(readInteger(in), scale);
                    });

    private static final Serializer<UUID> UNIQUE_ID =
            immutable(
                    "uuid",
                    16,
                    (value, out) -> {
                        out.writeLong(value.getMostSignificantBits());
                        out.writeLong(value.getLeastSignificantBits());
                    },
                    in -> new UUID(in.readLong(), in.readLong()));

    static final Map<Class<?>, Serializer<?>> BY_CLASS =
            Map.of(
                    BigInteger.class, BIG_INTEGER,
                    BigDecimal.class, BIG_DECIMAL,
                    UUID.class, UNIQUE_ID);

    private NumberSerializers() {}

    private static void writeInteger(BigInteger value, DataOutput out) throws IOException {
        BasicSerializers.BYTES.write(value.toByteArray(), out);
    }

    private static BigInteger readInteger(DataInput in) throws IOException {
        byte[] bytes = BasicSerializers.BYTES.read(in);
        if (bytes.length == 0) {
            throw new IOException("a big integer of no bytes");
        }
        return new BigInteger(bytes);
    }
}

package io.holdfast.testkit.reference;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.toolkit.canonical.CanonicalFormat;
import io.holdfast.toolkit.canonical.StateSchema.Kind;
import io.holdfast.toolkit.expiring.Takeover;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How the values of one state become the bytes of the canonical format, and back.
 *
 * @param kind decides the layout
 * @param part serializer of the value, element, map value or accumulator; null for timers
 * @param separator between the elements of a list
 */
record Layout(Kind kind, Serializer<Object> part, byte separator) {

    static Layout of(Kind kind, Serializer<?> part, Bug bug) {
        byte separator =
                bug == Bug.PRIVATE_LIST_LAYOUT ? (byte) ';' : CanonicalFormat.LIST_SEPARATOR;
        return new Layout(kind, cast(part), separator);
    }

    @SuppressWarnings("unchecked") // values come from the state that the serializer belongs to
    private static Serializer<Object> cast(Serializer<?> part) {
        return (Serializer<Object>) part;
    }

    Layout duplicate() {
        return new Layout(kind, part == null ? null : part.duplicate(), separator);
    }

    Object copy(Object value) {
        if (value instanceof List<?> list && kind == Kind.LIST) {
            List<Object> copies = new ArrayList<>();
            list.forEach(element -> copies.add(part.copy(element)));
            return copies;
        }
        return value == null ? null : part.copy(value);
    }

    void write(Object value, BytesOutput out) throws IOException {
        switch (kind) {
            case TIMERS -> {}
            case LIST -> {
                int before = out.length();
                for (Object element : (List<?>) value) {
                    if (out.length() > before) {
                        out.writeByte(separator);
                    }
                    part.write(element, out);
                }
            }
            case MAP -> {
                out.writeBoolean(value == null);
                if (value != null) {
                    part.write(value, out);
                }
            }
            default -> part.write(value, out);
        }
    }

    Object read(BytesInput in) throws IOException {
        return switch (kind) {
            case TIMERS -> null;
            case LIST -> {
                List<Object> elements = new ArrayList<>();
                elements.add(part.read(in));
                while (in.remaining() > 0) {
                    in.readByte();
                    elements.add(part.read(in));
                }
                yield elements;
            }
            case MAP -> in.readBoolean() ? Takeover.ofNull(part) : part.read(in);
            default -> part.read(in);
        };
    }
}

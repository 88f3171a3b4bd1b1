package io.holdfast.toolkit.ordered;

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
 * The values of one state as bytes of the canonical format, and back.
 *
 * @param <T> type of the value, element, map value or accumulator
 */
final class Codec<T> {
    private final String state;
    private final Kind kind;
    private final Serializer<T> serializer;
    private final Refusals refusals;
    private final BytesInput in = new BytesInput();
    private final BytesOutput out = new BytesOutput(64);

    Codec(String state, Kind kind, Serializer<T> serializer, Refusals refusals) {
        this.state = state;
        this.kind = kind;
        this.serializer = serializer;
        this.refusals = refusals;
    }

    /** The value of an entry; of a map's, null where it says so. */
    T read(byte[] bytes) {
        in.wrap(bytes, 0, bytes.length);
        try {
            return kind == Kind.MAP && in.readBoolean()
                    ? Takeover.ofNull(serializer)
                    : serializer.read(in);
        } catch (IOException e) {
            throw refusals.unreadable(state, e);
        }
    }

    byte[] write(T value) {
        out.reset();
        try {
            if (kind == Kind.MAP) {
                out.writeBoolean(value == null);
            }
            if (value != null) {
                serializer.write(value, out);
            }
        } catch (IOException e) {
            throw refusals.unwritable(state, e);
        }
        return out.toByteArray();
    }

    List<T> readList(byte[] bytes) {
        List<T> elements = new ArrayList<>();
        in.wrap(bytes, 0, bytes.length);
        try {
            elements.add(serializer.read(in));
            while (in.remaining() > 0) {
                in.readByte();
                elements.add(serializer.read(in));
            }
        } catch (IOException e) {
            throw refusals.unreadable(state, e);
        }
        return elements;
    }

    /** A list with more elements behind; {@code before} may be null. */
    byte[] append(byte[] before, Iterable<T> more) {
        out.reset();
        if (before != null) {
            out.write(before);
        }
        try {
            for (T element : more) {
                if (element == null) {
                    throw refusals.nullElement(state);
                }
                if (out.length() > 0) {
                    out.writeByte(CanonicalFormat.LIST_SEPARATOR);
                }
                serializer.write(element, out);
            }
        } catch (IOException e) {
            throw refusals.unwritable(state, e);
        }
        return out.toByteArray();
    }

    /** What {@code writer} would have written in the place of bytes that this one reads. */
    byte[] rewrite(byte[] bytes, Codec<T> writer) {
        return kind == Kind.LIST ? writer.append(null, readList(bytes)) : writer.write(read(bytes));
    }
}

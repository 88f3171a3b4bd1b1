package io.holdfast.runtime.inspect;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.window.TimeWindow;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.toolkit.canonical.CanonicalFormat;
import io.holdfast.toolkit.canonical.CanonicalHeader;
import io.holdfast.toolkit.canonical.StateSchema;
import io.holdfast.toolkit.canonical.StateSchema.Kind;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.keys.CompositeKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Makes trees of the bytes of one keyed state's entries, by their descriptions alone. What nobody
 * knows becomes its type's name and its bytes in hexadecimal. Used by one thread.
 */
final class Decoding {
    private static final HexFormat HEX = HexFormat.of();

    private final StateSchema schema;
    private final int groupLength;
    private final SerializerSnapshot keyWritten;
    private final Optional<Serializer<Object>> key;
    private final Optional<Serializer<Object>> namespace;
    private final Optional<Serializer<Object>> mapKey;
    private final Optional<Serializer<Object>> value;
    private final Optional<CompositeKeys<Object>> keys;
    private final boolean isInVoid;
    private final BytesInput in = new BytesInput();

    /** Key, namespace and map key of an entry; the last two empty where there is nothing to say. */
    record Parts(Object key, Optional<Object> namespace, Optional<Object> mapKey) {}

    Decoding(CanonicalHeader header, StateSchema schema) {
        this.schema = schema;
        this.groupLength = CompositeKeys.groupLength(header.maxParallelism());
        this.keyWritten = header.key();
        this.key = reader(header.key());
        this.namespace = reader(schema.namespace());
        this.mapKey = schema.mapKey().flatMap(Decoding::reader);
        this.value = schema.value().flatMap(Decoding::reader);
        this.isInVoid = schema.namespace().equals(VoidNamespace.SERIALIZER.snapshot());
        this.keys =
                key.isPresent() && namespace.isPresent() && isMapKeyKnown()
                        ? Optional.of(new CompositeKeys<>(key.get(), header.maxParallelism()))
                        : Optional.empty();
    }

    private boolean isMapKeyKnown() {
        return schema.mapKey().isEmpty() || mapKey.isPresent();
    }

    /** What reads values of a description, the engine's own ones too. */
    @SuppressWarnings("unchecked") // a serializer of T reads Objects
    static Optional<Serializer<Object>> reader(SerializerSnapshot written) {
        for (Serializer<?> own : List.of(VoidNamespace.SERIALIZER, TimeWindow.SERIALIZER)) {
            if (own.snapshot().equals(written)) {
                return Optional.of((Serializer<Object>) own);
            }
        }
        return Serializers.generic(written);
    }

    /** Bytes that nobody reads, with what is known of them. */
    static String opaque(SerializerSnapshot written, byte[] bytes, int offset, int length) {
        return "%s 0x%s"
                .formatted(
                        Serializers.describe(written),
                        HEX.formatHex(bytes, offset, offset + length));
    }

    Parts key(byte[] bytes, int offset, int length) throws IOException {
        if (keys.isEmpty()) {
            String whole = opaque(keyWritten, bytes, offset + groupLength, length - groupLength);
            return new Parts(whole, Optional.empty(), Optional.empty());
        }
        in.wrap(bytes, offset, length);
        Object keyRead;
        Object namespaceRead;
        if (schema.kind() == Kind.TIMERS) {
            in.skipBytes(groupLength + Long.BYTES);
            keyRead = key.orElseThrow().read(in);
            namespaceRead = namespace.orElseThrow().read(in);
        } else {
            keyRead = keys.get().readKey(in);
            namespaceRead = keys.get().readNamespace(in, namespace.orElseThrow());
        }
        Optional<Object> mapKeyRead =
                mapKey.isPresent() ? Optional.of(mapKey.get().read(in)) : Optional.empty();
        requireEnd("key");
        return new Parts(
                keyRead, isInVoid ? Optional.empty() : Optional.of(namespaceRead), mapKeyRead);
    }

    /** The value; for a timer its time, which stands in the key. */
    Object value(byte[] key, int keyOffset, int keyLength, byte[] bytes, int offset, int length)
            throws IOException {
        if (schema.kind() == Kind.TIMERS) {
            in.wrap(key, keyOffset, keyLength);
            in.skipBytes(groupLength);
            return in.readLong() ^ Long.MIN_VALUE;
        }
        if (value.isEmpty()) {
            return schema.value()
                    .map(written -> opaque(written, bytes, offset, length))
                    .orElseThrow(() -> new IOException("no serializer is described"));
        }
        in.wrap(bytes, offset, length);
        Object read;
        if (schema.kind() == Kind.LIST) {
            read = elements();
        } else if (schema.kind() == Kind.MAP && in.readBoolean()) {
            read = null;
        } else {
            read = value.get().read(in);
        }
        requireEnd("value");
        return read;
    }

    private List<Object> elements() throws IOException {
        List<Object> elements = new ArrayList<>();
        elements.add(value.orElseThrow().read(in));
        while (in.remaining() > 0) {
            if (in.readByte() != CanonicalFormat.LIST_SEPARATOR) {
                throw new IOException("no separator behind element " + elements.size());
            }
            elements.add(value.orElseThrow().read(in));
        }
        return elements;
    }

    private void requireEnd(String what) throws IOException {
        if (in.remaining() > 0) {
            throw new IOException("%d bytes behind the %s".formatted(in.remaining(), what));
        }
    }

    /** An element of a state without keys; of a broadcast map first the key, then the value. */
    static List<Object> elements(List<SerializerSnapshot> written, byte[] bytes)
            throws IOException {
        BytesInput in = new BytesInput().wrap(bytes, 0, bytes.length);
        List<Object> read = new ArrayList<>();
        for (SerializerSnapshot each : written) {
            Optional<Serializer<Object>> reader = reader(each);
            if (reader.isEmpty()) {
                read.add(opaque(each, bytes, in.position(), in.remaining()));
                in.skipBytes(in.remaining());
            } else {
                read.add(reader.get().read(in));
            }
        }
        return read;
    }
}

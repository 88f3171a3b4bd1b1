package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.rocksdb.store.Batch;
import io.holdfast.backend.rocksdb.store.Column;
import io.holdfast.backend.rocksdb.store.Scan;
import io.holdfast.backend.rocksdb.store.Store;
import io.holdfast.toolkit.canonical.CanonicalFormat;
import io.holdfast.toolkit.expiring.Takeover;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;
import io.holdfast.toolkit.keys.CompositeKeys;
import java.io.IOException;
import java.util.List;

/** Writes the entries of a state anew, with other serializers. */
final class Migration<K, N, V, U> {
    private final String owner;
    private final Store store;
    private final CompositeKeys<K> keys;
    private final Wanted.Fit<N, V, U> from;
    private final Wanted<N, V, U> to;
    private final BytesInput in = new BytesInput();
    private final BytesOutput key = new BytesOutput(64);
    private final BytesOutput value = new BytesOutput(1 << 10);

    Migration(
            String owner,
            Store store,
            CompositeKeys<K> keys,
            Wanted.Fit<N, V, U> from,
            Wanted<N, V, U> to) {
        this.owner = owner;
        this.store = store;
        this.keys = keys;
        this.from = from;
        this.to = to;
    }

    /** Moves all entries of one column into another. */
    void run(Column source, Column target) {
        Batch batch = store.batch();
        try (Scan scan = store.scan(source)) {
            for (scan.seek(new byte[0]); scan.isValid(); scan.next()) {
                moveKey(scan);
                moveValue(scan);
                batch.put(target, key.array(), 0, key.length(), value.array(), 0, value.length());
            }
        } catch (IOException e) {
            throw Refusals.unreadable(owner, to.name(), e);
        }
        batch.flush();
    }

    private void moveKey(Scan scan) throws IOException {
        key.reset();
        int end = scan.keyLength();
        if (to.mapKey().isPresent()) {
            in.wrap(scan.key(), 0, scan.keyLength());
            keys.readKey(in);
            keys.readNamespace(in, to.namespace());
            end = in.position();
        }
        key.write(scan.key(), 0, end);
        if (to.mapKey().isPresent()) {
            U mapKey = from.mapKey().orElseThrow().read(in);
            to.mapKey().get().write(mapKey, key);
        }
    }

    private void moveValue(Scan scan) throws IOException {
        value.reset();
        if (to.value().isEmpty()) {
            return;
        }
        Serializer<V> reader = from.value().orElseThrow();
        Serializer<V> writer = to.value().get();
        in.wrap(scan.value(), 0, scan.valueLength());
        switch (to.kind()) {
            case LIST -> moveElements(RocksDbList.elements(reader, in), writer);
            case MAP -> moveMapValue(reader, writer);
            case VALUE, REDUCING, AGGREGATING, TIMERS -> writer.write(reader.read(in), value);
        }
    }

    private void moveElements(List<V> elements, Serializer<V> writer) throws IOException {
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                value.writeByte(CanonicalFormat.LIST_SEPARATOR);
            }
            writer.write(elements.get(i), value);
        }
    }

    private void moveMapValue(Serializer<V> reader, Serializer<V> writer) throws IOException {
        V moved = in.readBoolean() ? Takeover.ofNull(reader) : reader.read(in);
        value.writeBoolean(moved == null);
        if (moved != null) {
            writer.write(moved, value);
        }
    }
}

package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.rocksdb.store.Batch;
import io.holdfast.backend.rocksdb.store.Column;
import io.holdfast.backend.rocksdb.store.Scan;
import io.holdfast.backend.rocksdb.store.Store;
import io.holdfast.spi.state.Expiry;
import io.holdfast.toolkit.canonical.Remainder;
import io.holdfast.toolkit.io.BytesOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A state of which values may be dropped, and how far it was swept. Sweeping reads on with a new
 * iterator each time: one that is kept would hold files that RocksDB wants to delete.
 *
 * @param <T> type of the values
 */
final class Drops<T> {
    private static final byte[] BEGINNING = {};

    private final StoredState state;
    private final Serializer<T> serializer;
    private final Expiry<T> expiry;

    /** Where the next sweep begins. */
    private byte[] at = BEGINNING;

    Drops(StoredState state, Serializer<T> serializer, Expiry<T> expiry) {
        this.state = state;
        this.serializer = serializer;
        this.expiry = expiry;
    }

    private Remainder<T> remainder() {
        return new Remainder<>(state.schema().kind(), serializer.duplicate(), expiry.now());
    }

    /** What a snapshot that is fixed now writes of the values; empty for all of each. */
    Optional<Remainder<T>> inSnapshots() {
        return expiry.leftOutOfSnapshots() ? Optional.of(remainder()) : Optional.empty();
    }

    /**
     * Looks at some entries and removes what may be dropped.
     *
     * @return whether the end was reached
     * @throws IOException if a value cannot be read
     */
    boolean sweep(Store store, int count) throws IOException {
        Remainder<T> remainder = remainder();
        Column column = state.column();
        Batch batch = store.batch();
        try (Scan scan = store.scan(column)) {
            scan.seek(at);
            for (int i = 0; i < count && scan.isValid(); i++) {
                switch (remainder.of(scan.value(), 0, scan.valueLength())) {
                    case ALL -> {}
                    case SOME -> {
                        BytesOutput rest = remainder.rest();
                        batch.put(
                                column,
                                scan.key(),
                                0,
                                scan.keyLength(),
                                rest.array(),
                                0,
                                rest.length());
                    }
                    case NOTHING -> batch.delete(column, scan.key(), 0, scan.keyLength());
                }
                scan.next();
            }
            at = scan.isValid() ? Arrays.copyOf(scan.key(), scan.keyLength()) : BEGINNING;
        }
        batch.flush();
        return at == BEGINNING;
    }
}

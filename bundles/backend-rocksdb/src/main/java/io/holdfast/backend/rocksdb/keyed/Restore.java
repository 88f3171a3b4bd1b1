package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.api.serialization.Compatibility;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.rocksdb.store.Place;
import io.holdfast.backend.rocksdb.store.Store;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.toolkit.canonical.CanonicalHeader;
import java.io.IOException;
import java.util.List;

/**
 * What a backend begins with. Whatever can be refused without a database is refused by {@link
 * #begin}, and then nothing was changed.
 *
 * @param <K> type of the keys
 */
interface Restore<K> extends AutoCloseable {

    /** Opens and checks what is to be restored. The caller closes the result. */
    static <K> Restore<K> begin(KeyedBackendRequest<K> request) throws IOException {
        List<KeyedSnapshotHandle> handles = request.restoreFrom();
        return handles.size() == 1 && handles.get(0) instanceof KeyedSnapshotHandle.LocalFiles files
                ? FilesRestore.begin(request, files)
                : CanonicalRestore.begin(request);
    }

    /** Makes a database with everything in it; the caller closes it. Called once. */
    Store open(Place place, Store.Setup setup) throws IOException;

    /** Serializer of the keys that were restored. */
    Serializer<K> key();

    /** What was restored, once there is a database. */
    List<StoredState> states();

    @Override
    void close() throws IOException;

    /** The serializer of keys with which to go on, after one that wrote some of them. */
    static <K> Serializer<K> fitting(
            KeyedBackendRequest<K> request,
            Serializer<K> key,
            KeyedSnapshotHandle handle,
            CanonicalHeader written) {
        if (written.maxParallelism() != request.maxParallelism()) {
            throw Refusals.otherMaxParallelism(
                    request.owner(), handle, written.maxParallelism(), request.maxParallelism());
        }
        Compatibility<K> verdict = key.compatibilityWith(written.key());
        if (verdict instanceof Compatibility.AsIs) {
            return key;
        }
        if (verdict instanceof Compatibility.Reconfigured<K> reconfigured) {
            return reconfigured.serializer();
        }
        throw Refusals.mismatch(
                request.owner(),
                "The type of the keys",
                written.key(),
                key.snapshot(),
                verdict instanceof Compatibility.Incompatible<K> incompatible
                        ? incompatible.reason()
                        : "keys decide where an entry is and cannot be migrated");
    }
}

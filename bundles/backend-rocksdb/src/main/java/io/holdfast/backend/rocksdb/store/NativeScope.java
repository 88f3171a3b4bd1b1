package io.holdfast.backend.rocksdb.store;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Owns native objects and closes them in the reverse order of their making, which is the order
 * RocksDB needs: an iterator before its options, a column before its database. Nothing native is
 * ever left to the garbage collector, which does not free it. Used by one thread at a time.
 */
final class NativeScope implements AutoCloseable {
    private final List<AutoCloseable> owned = new ArrayList<>();

    /** Takes over an object that was just made. */
    <T extends AutoCloseable> T own(T object) {
        owned.add(object);
        return object;
    }

    /** Closes one object before the others. Idempotent. */
    void close(AutoCloseable object) {
        // The youngest are the likely ones.
        for (int i = owned.size() - 1; i >= 0; i--) {
            if (owned.get(i) == object) {
                owned.remove(i);
                release(object, null);
                return;
            }
        }
    }

    /** What is owned now, the oldest first; scopes are taken apart. */
    List<AutoCloseable> live() {
        return owned.stream()
                .flatMap(
                        object ->
                                object instanceof NativeScope inner
                                        ? inner.live().stream()
                                        : Stream.of(object))
                .toList();
    }

    /** Closes everything, even if closing one of them fails. Idempotent. */
    @Override
    public void close() {
        RuntimeException failure = null;
        while (!owned.isEmpty()) {
            failure = release(owned.remove(owned.size() - 1), failure);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static RuntimeException release(AutoCloseable object, RuntimeException before) {
        try {
            object.close();
            return before;
        } catch (Exception e) {
            RuntimeException failure =
                    new IllegalStateException("cannot close " + object.getClass().getName(), e);
            if (before != null) {
                failure.addSuppressed(before);
            }
            return failure;
        }
    }
}

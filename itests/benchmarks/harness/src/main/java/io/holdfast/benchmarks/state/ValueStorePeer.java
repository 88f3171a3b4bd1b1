package io.holdfast.benchmarks.state;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * One of the compared state layers, as a place to keep a {@code long} for each {@code long} key.
 *
 * <p>Peers are found with {@link ServiceLoader} on the class path of the JVM that measures them.
 */
public interface ValueStorePeer {

    /** Key groups of every peer that knows key groups, all of them in one backend. */
    int KEY_GROUPS = 128;

    /**
     * Memory in bytes for block cache and write buffers of every peer that keeps its state in
     * RocksDB.
     */
    long ROCKSDB_MEMORY_BYTES = 322_122_552L;

    /** Name on the command line and in the table: lower-case words joined by dashes. */
    String name();

    /**
     * Opens an empty store.
     *
     * @param directory existing empty directory for the store's files; the caller deletes it after
     *     {@link ValueStore#close()}
     * @throws Exception whatever the peer throws when it cannot open
     */
    ValueStore open(Path directory) throws Exception;

    /**
     * Finds the peer of this name on the class path.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    static ValueStorePeer named(String name) {
        List<String> found = new ArrayList<>();
        for (ValueStorePeer peer : ServiceLoader.load(ValueStorePeer.class)) {
            if (peer.name().equals(name)) {
                return peer;
            }
            found.add(peer.name());
        }
        throw new IllegalArgumentException(
                "No peer named '" + name + "' on this class path; there are " + found);
    }
}

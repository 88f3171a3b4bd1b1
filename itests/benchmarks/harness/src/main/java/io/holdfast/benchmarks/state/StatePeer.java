package io.holdfast.benchmarks.state;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/**
 * One of the compared state layers, with a {@link Store} for each kind of state that it can hold.
 *
 * <p>Peers are found with {@link ServiceLoader} on the class path of the JVM that measures them.
 */
public interface StatePeer {

    /** Key groups of every peer that knows key groups, all of them in one backend. */
    int KEY_GROUPS = 128;

    /**
     * Memory in bytes for block cache and write buffers of every peer that keeps its state in
     * RocksDB.
     */
    long ROCKSDB_MEMORY_BYTES = 322_122_552L;

    /** Name on the command line and in the table: lower-case words joined by dashes. */
    String name();

    /** How to open each kind of store that this peer has, by the interface of the store. */
    Map<Class<? extends Store>, Opening> stores();

    /** Opens an empty store. */
    @FunctionalInterface
    interface Opening {

        /**
         * Opens an empty store.
         *
         * @param directory existing empty directory for the store's files; the caller deletes it
         *     after {@link Store#close()}
         * @return implements the interface it was registered under
         * @throws Exception whatever the peer throws when it cannot open
         */
        Store open(Path directory) throws Exception;
    }

    /**
     * Opens an empty store of one kind.
     *
     * @param kind the interface of the store
     * @param directory existing empty directory for the store's files; the caller deletes it after
     *     {@link Store#close()}
     * @throws IllegalArgumentException if the peer has no such store; the message lists those it
     *     has
     * @throws Exception whatever the peer throws when it cannot open
     */
    default <S extends Store> S open(Class<S> kind, Path directory) throws Exception {
        Opening opening = stores().get(kind);
        if (opening == null) {
            Set<String> present = new TreeSet<>();
            stores().keySet().forEach(each -> present.add(each.getSimpleName()));
            throw new IllegalArgumentException(
                    "Peer '" + name() + "' has no " + kind.getSimpleName() + "; it has " + present);
        }
        return kind.cast(opening.open(directory));
    }

    /**
     * Finds the peer of this name on the class path.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    static StatePeer named(String name) {
        List<String> found = new ArrayList<>();
        for (StatePeer peer : ServiceLoader.load(StatePeer.class)) {
            if (peer.name().equals(name)) {
                return peer;
            }
            found.add(peer.name());
        }
        throw new IllegalArgumentException(
                "No peer named '" + name + "' on this class path; there are " + found);
    }
}

package io.holdfast.benchmarks.whole;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** A state backend with a place for checkpoints. Found with {@link ServiceLoader}. */
public interface WholeStatePeer {

    /** Name on the command line and in the table: lower-case words joined by dashes. */
    String name();

    /**
     * Opens a value state under {@code long} keys, with all key groups.
     *
     * <p>On return everything restored can be read.
     *
     * @param values class of the values: {@code Long} or {@code String}
     * @param work existing empty directory for working state; the caller deletes it after close
     * @param checkpoints existing directory for checkpoints, the same in all calls
     * @param from the checkpoint to restore, made by a state of this peer; empty for an empty state
     * @return the state; the caller closes it, and opens no other before
     * @throws Exception whatever the peer throws when it cannot open
     */
    <V> WholeState<V> open(
            Class<V> values, Path work, Path checkpoints, Optional<WholeState.Stored> from)
            throws Exception;

    /**
     * Finds the peer of this name on the class path.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    static WholeStatePeer named(String name) {
        List<String> found = new ArrayList<>();
        for (WholeStatePeer peer : ServiceLoader.load(WholeStatePeer.class)) {
            if (peer.name().equals(name)) {
                return peer;
            }
            found.add(peer.name());
        }
        throw new IllegalArgumentException(
                "No whole state of peer '" + name + "' on this class path; there are " + found);
    }
}

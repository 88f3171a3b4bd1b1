package io.holdfast.benchmarks.job;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** An engine with a state backend that runs Nexmark query 5. Found with {@link ServiceLoader}. */
public interface JobPeer {

    /** Name on the command line and in the table: lower-case words joined by dashes. */
    String name();

    /**
     * Runs the query from its first event to its last and waits for its end.
     *
     * @return the result lines, in any order
     * @throws Exception whatever the engine throws
     */
    List<String> run(JobSettings settings) throws Exception;

    /**
     * Finds the peer of this name on the class path.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    static JobPeer named(String name) {
        List<String> found = new ArrayList<>();
        for (JobPeer peer : ServiceLoader.load(JobPeer.class)) {
            if (peer.name().equals(name)) {
                return peer;
            }
            found.add(peer.name());
        }
        throw new IllegalArgumentException(
                "No job of peer '" + name + "' on this class path; there are " + found);
    }
}

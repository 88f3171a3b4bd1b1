package io.holdfast.runtime.handover;

import io.holdfast.api.error.Problem;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.VoidNamespace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a predecessor holds, as far as a successor is asked for it before it takes over: some
 * entries of each state, and the next timers.
 *
 * @param <K> type of the keys
 */
final class Sample<K> {
    private static final int KEYS = 16;

    /** Something of one state. A probe without a key needs none. */
    private record Probe<K>(String state, K key, Predicate<Object> holds) {}

    private final Map<String, Rebound<K, ?>> states;
    private final List<Probe<K>> probes = new ArrayList<>();
    private final int maxParallelism;

    /**
     * Takes a sample; the backend's key and namespaces are others afterwards.
     *
     * @param backend the predecessor
     * @param maxParallelism number of key groups
     */
    Sample(SwitchableBackend<K> backend, int maxParallelism) {
        this.states = new LinkedHashMap<>(backend.states());
        this.maxParallelism = maxParallelism;
        states.forEach(
                (name, state) -> {
                    if (state.hasKeys()) {
                        for (K key : keys(backend.current(), name)) {
                            backend.current().setCurrentKey(key, group(key));
                            probes.add(new Probe<>(name, key, state.probe()));
                        }
                    } else if (state instanceof Rebound.Timers<?, ?>) {
                        probes.add(new Probe<>(name, null, state.probe()));
                    }
                });
    }

    private int group(K key) {
        return KeyGroupRange.keyGroup(key, maxParallelism);
    }

    private static <K> List<K> keys(KeyedStateBackend<K> backend, String state) {
        List<K> keys = new ArrayList<>();
        try (CloseableIterator<K> all = backend.keys(state, VoidNamespace.INSTANCE)) {
            while (keys.size() < KEYS && all.hasNext()) {
                keys.add(all.next());
            }
        }
        return keys;
    }

    /**
     * Finds out whether a successor is fit to take over: it knows every state, holds the sample,
     * and can take a snapshot.
     *
     * @param successor on another thread than the predecessor's
     * @param owner whose state it is, for the message
     * @param cut names the snapshot that is tried
     * @return its states by name
     * @throws io.holdfast.api.error.HoldfastException JOB-6062 if it holds something else
     */
    Map<String, Object> check(KeyedStateBackend<K> successor, String owner, long cut)
            throws IOException {
        Map<String, Object> its = new LinkedHashMap<>();
        states.forEach((name, state) -> its.put(name, state.in(successor)));
        for (Probe<K> probe : probes) {
            if (probe.key() != null) {
                successor.setCurrentKey(probe.key(), group(probe.key()));
            }
            if (!probe.holds().test(its.get(probe.state()))) {
                throw Problem.bug(
                                "JOB-6062",
                                "The successor of the state of '%s' does not hold what is to be handed over to it."
                                        .formatted(owner))
                        .with("state", probe.state())
                        .with("where", probe.key() == null ? "next timer" : "a sampled key")
                        .advise("report it to the author of the state backend")
                        .exception();
            }
        }
        successor
                .snapshot(
                        new SnapshotRequest(
                                cut,
                                SnapshotKind.CANONICAL,
                                scope -> {
                                    throw new IOException("a snapshot that is only tried");
                                }))
                .close();
        return its;
    }
}

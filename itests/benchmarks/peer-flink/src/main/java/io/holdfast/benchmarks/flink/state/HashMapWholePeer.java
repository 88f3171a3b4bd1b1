package io.holdfast.benchmarks.flink.state;

import io.holdfast.benchmarks.whole.WholeState;
import io.holdfast.benchmarks.whole.WholeStatePeer;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;

/** Flink's {@code hashmap}, with snapshots as they are by default. */
public class HashMapWholePeer implements WholeStatePeer {

    private final String name;
    private final boolean compressed;

    /** For {@link java.util.ServiceLoader}. */
    public HashMapWholePeer() {
        this("flink-hashmap", false);
    }

    private HashMapWholePeer(String name, boolean compressed) {
        this.name = name;
        this.compressed = compressed;
    }

    /** The same with snapshot compression on. */
    public static final class Compressed extends HashMapWholePeer {
        /** For {@link java.util.ServiceLoader}. */
        public Compressed() {
            super("flink-hashmap-compressed", true);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public <V> WholeState<V> open(
            Class<V> values, Path work, Path checkpoints, Optional<WholeState.Stored> from)
            throws Exception {
        return FlinkWholeState.open(
                new HashMapStateBackend(), compressed, values, checkpoints, from);
    }
}

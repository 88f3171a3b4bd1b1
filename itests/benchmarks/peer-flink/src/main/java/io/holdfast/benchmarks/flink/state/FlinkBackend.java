package io.holdfast.benchmarks.flink.state;

import io.holdfast.benchmarks.state.StatePeer;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.CheckpointableKeyedStateBackend;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyedStateBackendParametersImpl;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.ttl.TtlTimeProvider;

/**
 * A keyed backend of Flink with all key groups, in the mock environment of its own tests.
 *
 * @param <K> type of the keys
 */
final class FlinkBackend<K> implements AutoCloseable {

    private final MockEnvironment environment;
    private final CheckpointableKeyedStateBackend<K> keyed;

    private FlinkBackend(MockEnvironment environment, CheckpointableKeyedStateBackend<K> keyed) {
        this.environment = environment;
        this.keyed = keyed;
    }

    static <K> FlinkBackend<K> open(StateBackend stateBackend, TypeSerializer<K> keys)
            throws Exception {
        return open(stateBackend, keys, false, List.of());
    }

    static <K> FlinkBackend<K> open(
            StateBackend stateBackend,
            TypeSerializer<K> keys,
            boolean compressed,
            Collection<KeyedStateHandle> restored)
            throws Exception {
        MockEnvironment environment = new MockEnvironmentBuilder().setTaskName("benchmark").build();
        environment.getExecutionConfig().setUseSnapshotCompression(compressed);
        return new FlinkBackend<>(
                environment,
                stateBackend.createKeyedStateBackend(
                        new KeyedStateBackendParametersImpl<>(
                                environment,
                                new JobID(),
                                "benchmark",
                                keys,
                                StatePeer.KEY_GROUPS,
                                KeyGroupRange.of(0, StatePeer.KEY_GROUPS - 1),
                                environment.getTaskKvStateRegistry(),
                                TtlTimeProvider.DEFAULT,
                                new UnregisteredMetricsGroup(),
                                restored,
                                new CloseableRegistry())));
    }

    /** What holds the states. */
    CheckpointableKeyedStateBackend<K> keyed() {
        return keyed;
    }

    /** A state as a keyed function uses it. */
    <S extends State> S state(StateDescriptor<S, ?> descriptor) throws Exception {
        return keyed.getPartitionedState(
                VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor);
    }

    @Override
    public void close() throws Exception {
        keyed.dispose();
        keyed.close();
        environment.close();
    }
}

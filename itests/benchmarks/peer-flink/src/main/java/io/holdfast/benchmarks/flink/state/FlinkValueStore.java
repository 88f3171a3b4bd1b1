package io.holdfast.benchmarks.flink.state;

import io.holdfast.benchmarks.state.ValueStore;
import io.holdfast.benchmarks.state.ValueStorePeer;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.CheckpointableKeyedStateBackend;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyedStateBackendParametersImpl;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.ttl.TtlTimeProvider;

/** One value state of one keyed backend, as a keyed function of Flink uses it. */
final class FlinkValueStore implements ValueStore {

    private final MockEnvironment environment;
    private final CheckpointableKeyedStateBackend<Long> backend;
    private final ValueState<Long> values;

    private FlinkValueStore(
            MockEnvironment environment,
            CheckpointableKeyedStateBackend<Long> backend,
            ValueState<Long> values) {
        this.environment = environment;
        this.backend = backend;
        this.values = values;
    }

    static FlinkValueStore open(StateBackend stateBackend) throws Exception {
        MockEnvironment environment = new MockEnvironmentBuilder().setTaskName("benchmark").build();
        CheckpointableKeyedStateBackend<Long> backend =
                stateBackend.createKeyedStateBackend(
                        new KeyedStateBackendParametersImpl<>(
                                environment,
                                new JobID(),
                                "benchmark",
                                LongSerializer.INSTANCE,
                                ValueStorePeer.KEY_GROUPS,
                                KeyGroupRange.of(0, ValueStorePeer.KEY_GROUPS - 1),
                                environment.getTaskKvStateRegistry(),
                                TtlTimeProvider.DEFAULT,
                                new UnregisteredMetricsGroup(),
                                List.of(),
                                new CloseableRegistry()));
        ValueState<Long> values =
                backend.getPartitionedState(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        new ValueStateDescriptor<>("values", LongSerializer.INSTANCE));
        return new FlinkValueStore(environment, backend, values);
    }

    @Override
    public long add(long key, long delta) throws Exception {
        backend.setCurrentKey(key);
        Long value = values.value();
        long sum = (value == null ? 0 : value) + delta;
        values.update(sum);
        return sum;
    }

    @Override
    public long get(long key) throws Exception {
        backend.setCurrentKey(key);
        Long value = values.value();
        return value == null ? 0 : value;
    }

    @Override
    public void close() throws Exception {
        backend.dispose();
        backend.close();
        environment.close();
    }
}

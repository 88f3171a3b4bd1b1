package io.holdfast.runtime.verdict;

import io.holdfast.api.process.OutputTag;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.runtime.graph.Body;
import io.holdfast.runtime.operator.Operator;
import io.holdfast.runtime.operator.OperatorContext;
import io.holdfast.runtime.operator.OperatorStateAccess;
import io.holdfast.runtime.operator.Output;
import io.holdfast.runtime.operator.SinkOperator;
import io.holdfast.runtime.operator.SubtaskInfo;
import io.holdfast.runtime.state.OperatorStates;
import io.holdfast.runtime.state.RawKeyedState;
import io.holdfast.runtime.state.RestoredOperatorState;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.toolkit.expiring.ExpiringStates;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * One operator of the job in its first subtask, opened with empty state and closed again, to learn
 * what it asks for. What it emits is dropped. Used once.
 */
final class OpenedOperator {
    private final String name;
    private final Body.Process process;
    private final SubtaskInfo place;
    private final OperatorStates withoutKeys;
    private final RawKeyedState rawKeyed;
    private List<AskedState> keyed = List.of();
    private Optional<String> failure = Optional.empty();

    OpenedOperator(String name, Body.Process process, int parallelism, int maxParallelism) {
        this.name = name;
        this.process = process;
        this.place =
                new SubtaskInfo(0, parallelism, Math.max(maxParallelism, parallelism), 0, "check");
        this.withoutKeys = new OperatorStates(name, RestoredOperatorState.none());
        this.rawKeyed =
                new RawKeyedState(
                        name,
                        KeyGroupRange.of(place.maxParallelism(), parallelism, 0),
                        place.maxParallelism(),
                        List.of(),
                        handle -> {
                            throw new FileNotFoundException(handle + " in a check");
                        });
    }

    /** Opens and closes it; false for a sink, which is left alone. */
    boolean open(StateBackend backend) throws IOException {
        Operator<?> operator;
        try {
            operator = process.operator().get();
        } catch (RuntimeException | LinkageError e) {
            failure = Optional.of(e.toString());
            return true;
        }
        if (operator instanceof SinkOperator) {
            return false;
        }
        if (process.key().isEmpty()) {
            open(operator, Optional.empty());
            return true;
        }
        try (EmptyState<?> state = empty(backend, process.key().get());
                RecordingBackend<?> recording = new RecordingBackend<>(state.backend())) {
            // Times to live are asked for as in a job: a state is stored with or without times.
            open(
                    operator,
                    Optional.of(
                            new ExpiringStates<>(
                                    recording, System::currentTimeMillis, () -> Long.MIN_VALUE)));
            keyed = recording.asked();
        }
        return true;
    }

    private <K> EmptyState<K> empty(StateBackend backend, Serializer<K> key) throws IOException {
        return EmptyState.open(backend, name, key, place.maxParallelism(), List.of());
    }

    @SuppressWarnings("unchecked") // what it emits goes nowhere
    private void open(Operator<?> operator, Optional<ExpiringStates<?>> keyedStates) {
        OperatorContext context =
                new OperatorContext(
                        name,
                        place,
                        new OperatorStateAccess(
                                false, withoutKeys, keyedStates, keyedStates.map(keys -> rawKeyed)),
                        System::currentTimeMillis,
                        () -> {},
                        () -> {});
        ((Operator<Object>) operator).setUp(context, new Nowhere());
        try {
            operator.initialize();
            rawKeyed.initialized();
            operator.open();
        } catch (Exception | LinkageError e) {
            failure = Optional.of(e.toString());
        }
        try {
            operator.close();
        } catch (Exception | LinkageError e) {
            failure = failure.or(() -> Optional.of("closing it failed: " + e));
        }
    }

    List<AskedState> keyed() {
        return keyed;
    }

    /** Whether it reads raw keyed state. */
    boolean asksForRawKeyed() {
        return rawKeyed.isAsked();
    }

    List<OperatorStates.Asked> withoutKeys() {
        return withoutKeys.asked();
    }

    /** Why it could not be opened or closed. */
    Optional<String> failure() {
        return failure;
    }

    /** Drops what an operator emits. */
    private static final class Nowhere implements Output<Object> {
        @Override
        public void emit(Object value, long timestamp) {}

        @Override
        public <X> void emit(OutputTag<X> tag, X value, long timestamp) {}

        @Override
        public void watermark(long time) {}
    }
}

package io.holdfast.toolkit.expiring;

import io.holdfast.api.error.Problem;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.StateDescriptor;
import io.holdfast.api.state.StateTtlConfig;
import io.holdfast.api.state.TtlTimeCharacteristic;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.KeyedStates;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.TimerQueue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The states of a keyed backend, of which some have a time to live. Knows nothing of how the
 * backend keeps them: it stores each value with its time and looks at the time whenever a value is
 * read. A state without a time to live is the backend's own object.
 *
 * <p>What has expired and is never read again takes room until it is cleaned up: {@link
 * #betweenRecords} and {@link #cleanInBackground} let the backend look for it. Used by the thread
 * that uses the backend.
 *
 * @param <K> type of the keys
 */
public final class ExpiringStates<K> implements KeyedStates<K> {
    private final KeyedStateBackend<K> backend;
    private final LongSupplier processingTime;
    private final LongSupplier eventTime;
    private final Map<String, Known> known = new HashMap<>();
    private final List<Use<?>> incremental = new ArrayList<>();
    private final Rounds rounds = new Rounds();

    /** A state that was asked for with a time to live. */
    private record Known(Use<?> use, Object state) {}

    /**
     * The states of a backend.
     *
     * @param backend holds them; closed by whoever opened it
     * @param processingTime the clock of the machine, in milliseconds
     * @param eventTime the operator's watermark, {@link Long#MIN_VALUE} before the first
     */
    public ExpiringStates(
            KeyedStateBackend<K> backend, LongSupplier processingTime, LongSupplier eventTime) {
        this.backend = Objects.requireNonNull(backend, "backend");
        this.processingTime = Objects.requireNonNull(processingTime, "processingTime");
        this.eventTime = Objects.requireNonNull(eventTime, "eventTime");
    }

    /**
     * What holds the states.
     *
     * @return the backend
     */
    public KeyedStateBackend<K> backend() {
        return backend;
    }

    /** Makes a state around the backend's one. */
    private interface Maker<T, S> {
        S make(TimedSerializer<T> serializer, Use<T> use);
    }

    /**
     * The state for a descriptor with a time to live. The backend is asked each time: it refuses
     * what does not agree with an earlier request.
     */
    @SuppressWarnings("unchecked") // the backend has accepted it: the types agree
    private <T, S> S expiring(
            StateDescriptor<?, T> descriptor, boolean mayBeNull, Maker<T, S> maker) {
        StateTtlConfig config = descriptor.timeToLive().orElseThrow();
        Known present = known.get(descriptor.name());
        if (present != null && !present.use().config().equals(config)) {
            throw Problem.user(
                            "STATE-3025",
                            "State '%s' is asked for with two times to live."
                                    .formatted(descriptor.name()))
                    .with("first", present.use().config())
                    .with("now", config)
                    .advise("use the same StateTtlConfig everywhere, or two names")
                    .exception();
        }
        Lifetime<T> lifetime = new Lifetime<>(config, clock(config));
        Use<T> use = new Use<>(descriptor.name(), config, lifetime);
        S state =
                maker.make(
                        new TimedSerializer<>(descriptor.serializer(), mayBeNull, clock(config)),
                        use);
        if (present != null) {
            return (S) present.state();
        }
        known.put(descriptor.name(), new Known(use, state));
        if (backend.expire(descriptor.name(), lifetime)) {
            if (use.isCleanedIncrementally()) {
                incremental.add(use);
            }
            rounds.add(use);
        }
        return state;
    }

    private LongSupplier clock(StateTtlConfig config) {
        return config.timeCharacteristic() == TtlTimeCharacteristic.EVENT_TIME
                ? eventTime
                : processingTime;
    }

    @Override
    public <N, V> Namespaced.Value<N, V> value(
            ValueStateDescriptor<V> descriptor, Serializer<N> namespace) {
        if (descriptor.timeToLive().isEmpty()) {
            return backend.value(descriptor, namespace);
        }
        return expiring(
                descriptor,
                false,
                (serializer, use) ->
                        new ExpiringValue<>(
                                backend.value(
                                        new ValueStateDescriptor<>(descriptor.name(), serializer),
                                        namespace),
                                use,
                                descriptor));
    }

    @Override
    public <N, T> Namespaced.ListOf<N, T> list(
            ListStateDescriptor<T> descriptor, Serializer<N> namespace) {
        if (descriptor.timeToLive().isEmpty()) {
            return backend.list(descriptor, namespace);
        }
        return expiring(
                descriptor,
                false,
                (serializer, use) ->
                        new ExpiringList<>(
                                backend.list(
                                        new ListStateDescriptor<>(descriptor.name(), serializer),
                                        namespace),
                                use));
    }

    @Override
    public <N, U, V> Namespaced.MapOf<N, U, V> map(
            MapStateDescriptor<U, V> descriptor, Serializer<N> namespace) {
        if (descriptor.timeToLive().isEmpty()) {
            return backend.map(descriptor, namespace);
        }
        return expiring(
                descriptor,
                true,
                (serializer, use) ->
                        new ExpiringMap<>(
                                backend.map(
                                        new MapStateDescriptor<>(
                                                descriptor.name(),
                                                descriptor.keySerializer(),
                                                serializer),
                                        namespace),
                                use));
    }

    @Override
    public <N, T> Namespaced.Reducing<N, T> reducing(
            ReducingStateDescriptor<T> descriptor, Serializer<N> namespace) {
        if (descriptor.timeToLive().isEmpty()) {
            return backend.reducing(descriptor, namespace);
        }
        return expiring(
                descriptor,
                false,
                (serializer, use) ->
                        new ExpiringReducing<>(backend, descriptor, serializer, namespace, use));
    }

    @Override
    public <N, I, A, O> Namespaced.Aggregating<N, I, O> aggregating(
            AggregatingStateDescriptor<I, A, O> descriptor, Serializer<N> namespace) {
        if (descriptor.timeToLive().isEmpty()) {
            return backend.aggregating(descriptor, namespace);
        }
        return expiring(
                descriptor,
                false,
                (serializer, use) ->
                        new ExpiringAggregating<>(backend, descriptor, serializer, namespace, use));
    }

    @Override
    public <N> TimerQueue<K, N> timers(String name, Serializer<N> namespace) {
        return backend.timers(name, namespace);
    }

    /**
     * {@inheritDoc} Of a state with a time to live these may be keys all of whose values expired.
     */
    @Override
    public <N> CloseableIterator<K> keys(String state, N namespace) {
        return backend.keys(state, namespace);
    }

    /**
     * Tells whether {@link #betweenRecords} has anything to do.
     *
     * @return true once a state was asked for that is cleaned up incrementally
     */
    public boolean isCleanedIncrementally() {
        return !incremental.isEmpty();
    }

    /**
     * Cleans up for what was done since the last call: called behind each record, while nobody
     * iterates over a state.
     */
    public void betweenRecords() {
        for (Use<?> use : incremental) {
            int due = use.due();
            if (due > 0) {
                backend.sweep(use.name(), due);
            }
        }
    }

    /**
     * Tells whether {@link #cleanInBackground} ever has anything to do.
     *
     * @return true once a state was asked for that is cleaned up in the background
     */
    public boolean isCleanedInBackground() {
        return !rounds.isEmpty();
    }

    /**
     * Cleans up a little: looks at some entries of one state. Called while nobody iterates over a
     * state.
     *
     * @param often how many times as much as between two batches of records
     * @return whether there is more to do now; if not, everything was looked at once, and there is
     *     nothing to do before {@link #nextBackground}
     */
    public boolean cleanInBackground(int often) {
        return rounds.clean(backend, processingTime.getAsLong(), often);
    }

    /**
     * When {@link #cleanInBackground} has something to do again.
     *
     * @return processing time in milliseconds; {@link Long#MAX_VALUE} for never
     */
    public long nextBackground() {
        return rounds.next();
    }
}

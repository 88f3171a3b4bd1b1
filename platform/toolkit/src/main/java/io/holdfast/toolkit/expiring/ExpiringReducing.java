package io.holdfast.toolkit.expiring;

import io.holdfast.api.function.ReduceFunction;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.spi.state.KeyedStates;
import io.holdfast.spi.state.Namespaced;
import java.util.Collection;

/** A combination that expires: what is added afterwards begins a new one. */
final class ExpiringReducing<N, T> implements Namespaced.Reducing<N, T> {
    private final Namespaced.Reducing<N, Timed<T>> stored;
    private final Use<T> use;

    /** What is "added" to set the time of a combination anew; compared by identity. */
    private final Timed<T> renewal = new Timed<>(0, null);

    ExpiringReducing(
            KeyedStates<?> states,
            ReducingStateDescriptor<T> descriptor,
            Serializer<Timed<T>> serializer,
            Serializer<N> namespace,
            Use<T> use) {
        this.use = use;
        this.stored =
                states.reducing(
                        new ReducingStateDescriptor<>(
                                descriptor.name(), combining(descriptor.function()), serializer),
                        namespace);
    }

    private ReduceFunction<Timed<T>> combining(ReduceFunction<T> function) {
        return (first, second) -> {
            if (second == renewal) {
                return use.lifetime().stored(first.value());
            }
            long now = use.lifetime().time();
            if (!use.lifetime().isSeen(first, now)) {
                return second;
            }
            if (!use.lifetime().isSeen(second, now)) {
                return first;
            }
            T combined = function.reduce(first.value(), second.value());
            return combined == null ? null : use.lifetime().stored(combined);
        };
    }

    @Override
    public void setCurrentNamespace(N namespace) {
        stored.setCurrentNamespace(namespace);
    }

    @Override
    public T get() {
        use.count();
        Timed<T> timed = stored.get();
        if (timed == null) {
            return null;
        }
        long now = use.lifetime().time();
        if (use.lifetime().isExpired(timed, now)) {
            stored.clear();
        } else if (use.lifetime().isRenewedByReading()) {
            stored.add(renewal);
        }
        return use.lifetime().isSeen(timed, now) ? timed.value() : null;
    }

    @Override
    public void add(T value) {
        use.count();
        stored.add(value == null ? null : use.lifetime().stored(value));
    }

    @Override
    public void clear() {
        use.count();
        stored.clear();
    }

    @Override
    public void mergeNamespaces(N target, Collection<N> sources) {
        use.count();
        stored.mergeNamespaces(target, sources);
    }
}

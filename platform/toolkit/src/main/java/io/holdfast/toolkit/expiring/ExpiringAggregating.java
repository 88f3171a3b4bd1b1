package io.holdfast.toolkit.expiring;

import io.holdfast.api.function.AggregateFunction;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.spi.state.KeyedStates;
import io.holdfast.spi.state.Namespaced;
import java.util.Collection;

/** An accumulator that expires: what is added afterwards begins a new one. */
final class ExpiringAggregating<N, I, A, O> implements Namespaced.Aggregating<N, I, O> {
    /** What is "added" to set the time of an accumulator anew. */
    private static final Object RENEWAL = new Object();

    private final Namespaced.Aggregating<N, Object, O> stored;
    private final Use<A> use;

    /** The accumulator that was asked for its result last. */
    private Timed<A> read;

    ExpiringAggregating(
            KeyedStates<?> states,
            AggregatingStateDescriptor<I, A, O> descriptor,
            Serializer<Timed<A>> serializer,
            Serializer<N> namespace,
            Use<A> use) {
        this.use = use;
        this.stored =
                states.aggregating(
                        new AggregatingStateDescriptor<>(
                                descriptor.name(),
                                new Collecting(descriptor.function()),
                                serializer),
                        namespace);
    }

    /** Collects into accumulators with times. */
    private final class Collecting implements AggregateFunction<Object, Timed<A>, O> {
        private final AggregateFunction<I, A, O> function;

        Collecting(AggregateFunction<I, A, O> function) {
            this.function = function;
        }

        private Timed<A> timed(A accumulator) {
            return accumulator == null ? null : use.lifetime().stored(accumulator);
        }

        private boolean isSeen(Timed<A> accumulator) {
            return use.lifetime().isSeen(accumulator, use.lifetime().time());
        }

        @Override
        public Timed<A> createAccumulator() {
            return timed(function.createAccumulator());
        }

        @Override
        @SuppressWarnings("unchecked") // what is added is of type I, but for the renewal
        public Timed<A> add(Object value, Timed<A> accumulator) {
            if (value == RENEWAL) {
                return timed(accumulator.value());
            }
            A present = isSeen(accumulator) ? accumulator.value() : function.createAccumulator();
            return timed(function.add((I) value, present));
        }

        @Override
        public O getResult(Timed<A> accumulator) {
            read = accumulator;
            return isSeen(accumulator) ? function.getResult(accumulator.value()) : null;
        }

        @Override
        public Timed<A> merge(Timed<A> first, Timed<A> second) {
            if (!isSeen(first)) {
                return second;
            }
            if (!isSeen(second)) {
                return first;
            }
            return timed(function.merge(first.value(), second.value()));
        }
    }

    @Override
    public void setCurrentNamespace(N namespace) {
        stored.setCurrentNamespace(namespace);
    }

    @Override
    public O get() {
        use.count();
        read = null;
        O result = stored.get();
        if (read != null) {
            if (use.lifetime().isExpired(read, use.lifetime().time())) {
                stored.clear();
            } else if (use.lifetime().isRenewedByReading()) {
                stored.add(RENEWAL);
            }
            read = null;
        }
        return result;
    }

    @Override
    public void add(I value) {
        use.count();
        stored.add(value);
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

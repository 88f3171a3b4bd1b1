package io.holdfast.runtime.window;

import io.holdfast.api.function.AggregateFunction;
import io.holdfast.api.function.ReduceFunction;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.api.state.AppendingState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.spi.state.KeyedStates;
import io.holdfast.spi.state.Namespaced;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * What windows gather: all elements, or one accumulator. One object per subtask.
 *
 * @param <T> type of the elements
 * @param <R> type of the content
 * @param <W> type of the windows
 */
public abstract sealed class WindowContent<T, R, W> {
    private static final String NAME = "window-contents";

    private WindowContent() {}

    /**
     * All elements, in the order they came.
     *
     * @param serializer serializer of the elements
     * @param <T> type of the elements
     * @param <W> type of the windows
     * @return the content
     */
    public static <T, W> WindowContent<T, T, W> elements(Serializer<T> serializer) {
        return new Stored<T, Iterable<T>, T, Namespaced.ListOf<W, T>, W>(
                (states, windows) ->
                        states.list(new ListStateDescriptor<>(NAME, serializer), windows),
                elements -> elements);
    }

    /**
     * One element, combined from all.
     *
     * @param function combines two
     * @param serializer serializer of the elements
     * @param <T> type of the elements
     * @param <W> type of the windows
     * @return the content
     */
    public static <T, W> WindowContent<T, T, W> reduced(
            ReduceFunction<T> function, Serializer<T> serializer) {
        return new Stored<T, T, T, Namespaced.Reducing<W, T>, W>(
                (states, windows) ->
                        states.reducing(
                                new ReducingStateDescriptor<>(NAME, function, serializer), windows),
                value -> value == null ? List.of() : List.of(value));
    }

    /**
     * One result, made of an accumulator.
     *
     * @param function collects elements
     * @param accumulator serializer of the accumulator
     * @param <T> type of the elements
     * @param <A> type of the accumulator
     * @param <R> type of the result
     * @param <W> type of the windows
     * @return the content
     */
    public static <T, A, R, W> WindowContent<T, R, W> aggregated(
            AggregateFunction<T, A, R> function, Serializer<A> accumulator) {
        return new Stored<T, R, R, Namespaced.Aggregating<W, T, R>, W>(
                (states, windows) ->
                        states.aggregating(
                                new AggregatingStateDescriptor<>(NAME, function, accumulator),
                                windows),
                value -> value == null ? List.of() : List.of(value));
    }

    abstract void open(KeyedStates<?> states, Serializer<W> windows);

    abstract void add(W window, T value);

    /** Empty if there is none. */
    abstract Iterable<R> get(W window);

    abstract void clear(W window);

    abstract void merge(W target, Collection<W> sources);

    private interface Opener<S, W> {
        S open(KeyedStates<?> states, Serializer<W> windows);
    }

    private static final class Stored<
                    T, V, R, S extends Namespaced.Mergeable<W> & AppendingState<T, V>, W>
            extends WindowContent<T, R, W> {
        private final Opener<S, W> opener;
        private final Function<V, Iterable<R>> reader;
        private S state;

        Stored(Opener<S, W> opener, Function<V, Iterable<R>> reader) {
            this.opener = opener;
            this.reader = reader;
        }

        @Override
        void open(KeyedStates<?> states, Serializer<W> windows) {
            state = opener.open(states, windows);
        }

        @Override
        void add(W window, T value) {
            state.setCurrentNamespace(window);
            state.add(value);
        }

        @Override
        Iterable<R> get(W window) {
            state.setCurrentNamespace(window);
            return reader.apply(state.get());
        }

        @Override
        void clear(W window) {
            state.setCurrentNamespace(window);
            state.clear();
        }

        @Override
        void merge(W target, Collection<W> sources) {
            state.mergeNamespaces(target, sources);
        }
    }
}

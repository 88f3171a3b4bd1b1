package io.holdfast.backend.hashmap;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.backend.hashmap.table.Bits;
import io.holdfast.backend.hashmap.table.MapForm;
import io.holdfast.toolkit.canonical.StateSchema;
import java.util.Optional;
import java.util.function.Function;

/**
 * The serializers of one kind of content, asked whether they take over what was stored.
 *
 * @param <C> type of the content
 */
interface ContentEvolution<C> {

    /** Who reads what was stored; refuses if nobody can. */
    ContentCodec<C> reader(StateSchema stored, Function<String, HoldfastException> refusal);

    /** Who writes from now on. */
    ContentCodec<C> codec();

    /** What was asked for, with the serializers that are used from now on. */
    StateSchema schema(StateSchema asked, SerializerSnapshot namespace);

    private static SerializerSnapshot valueOf(StateSchema stored) {
        return stored.value().orElseThrow();
    }

    private static StateSchema of(
            StateSchema asked,
            SerializerSnapshot namespace,
            Evolution<?> value,
            Optional<SerializerSnapshot> mapKey) {
        return new StateSchema(
                asked.name(),
                asked.kind(),
                namespace,
                Optional.of(value.serializer().snapshot()),
                mapKey);
    }

    /** One value or accumulator. */
    record Single<V>(Evolution<V> value) implements ContentEvolution<V> {
        @Override
        public ContentCodec<V> reader(
                StateSchema stored, Function<String, HoldfastException> refusal) {
            return new ContentCodec.Single<>(value.reader(valueOf(stored), refusal));
        }

        @Override
        public ContentCodec<V> codec() {
            return new ContentCodec.Single<>(value.serializer());
        }

        @Override
        public StateSchema schema(StateSchema asked, SerializerSnapshot namespace) {
            return of(asked, namespace, value, Optional.empty());
        }
    }

    /** A list. */
    record Listed<T>(Evolution<T> element) implements ContentEvolution<Elements<T>> {
        @Override
        public ContentCodec<Elements<T>> reader(
                StateSchema stored, Function<String, HoldfastException> refusal) {
            return new ContentCodec.Listed<>(element.reader(valueOf(stored), refusal));
        }

        @Override
        public ContentCodec<Elements<T>> codec() {
            return new ContentCodec.Listed<>(element.serializer());
        }

        @Override
        public StateSchema schema(StateSchema asked, SerializerSnapshot namespace) {
            return of(asked, namespace, element, Optional.empty());
        }
    }

    /** A list that is kept in numbers. */
    record ListedNumbers<T>(Evolution<T> element, Bits<T> numbers)
            implements ContentEvolution<long[]> {
        @Override
        public ContentCodec<long[]> reader(
                StateSchema stored, Function<String, HoldfastException> refusal) {
            return new ContentCodec.ListedNumbers<>(
                    element.reader(valueOf(stored), refusal), numbers);
        }

        @Override
        public ContentCodec<long[]> codec() {
            return new ContentCodec.ListedNumbers<>(element.serializer(), numbers);
        }

        @Override
        public StateSchema schema(StateSchema asked, SerializerSnapshot namespace) {
            return of(asked, namespace, element, Optional.empty());
        }
    }

    /** A map. */
    record Mapped<U, V, C>(Evolution<U> mapKey, Evolution<V> value, MapForm<U, V, C> form)
            implements ContentEvolution<C> {
        @Override
        public ContentCodec<C> reader(
                StateSchema stored, Function<String, HoldfastException> refusal) {
            return new ContentCodec.Mapped<>(
                    mapKey.reader(stored.mapKey().orElseThrow(), refusal),
                    value.reader(valueOf(stored), refusal),
                    form);
        }

        @Override
        public ContentCodec<C> codec() {
            return new ContentCodec.Mapped<>(mapKey.serializer(), value.serializer(), form);
        }

        @Override
        public StateSchema schema(StateSchema asked, SerializerSnapshot namespace) {
            return of(asked, namespace, value, Optional.of(mapKey.serializer().snapshot()));
        }
    }
}

package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.hashmap.table.Bits;
import io.holdfast.backend.hashmap.table.MapForm;
import io.holdfast.spi.state.Expiry;
import io.holdfast.toolkit.canonical.CanonicalFormat;
import io.holdfast.toolkit.expiring.Takeover;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * How the content of one kind of state becomes canonical entries, and back. Used by one thread.
 *
 * @param <C> type of the content
 */
interface ContentCodec<C> {

    /** One for another thread. */
    ContentCodec<C> duplicate();

    /** Writes the entries of a content whose key and namespace are written already. */
    void write(C content, EntryWriter<?> entries) throws IOException;

    /**
     * Reads an entry.
     *
     * @param before the content made of earlier entries of the same key and namespace, or null
     * @param keyRest what follows the namespace in the composite key
     * @param value the value
     * @return the content: {@code before} itself, changed, or what takes its place
     */
    C read(C before, BytesInput keyRest, BytesInput value) throws IOException;

    /** Tells whether a content stands in several entries. */
    default boolean isInParts() {
        return false;
    }

    /**
     * What is left of a content when values are dropped.
     *
     * @param cut tells which
     * @return {@code content} itself if it stays as it is, a new one, or null if nothing is left
     */
    C without(Expiry.Cut<Object> cut, C content);

    /**
     * The same for snapshots that leave out what may be dropped.
     *
     * @param cut tells which values are left out
     */
    default ContentCodec<C> leavingOut(Expiry.Cut<Object> cut) {
        return new LeavingOut<>(this, cut);
    }

    /** The one that writes all of each content. */
    default ContentCodec<C> whole() {
        return this;
    }

    /**
     * How the content can be kept without an object.
     *
     * @return empty if it cannot
     */
    default Optional<Bits<C>> bits() {
        return Optional.empty();
    }

    private static void expectFirst(Object before) throws IOException {
        if (before != null) {
            throw new IOException("a second entry for the same key and namespace");
        }
    }

    private static void expectSeparator(BytesInput in, int read) throws IOException {
        if (in.readByte() != CanonicalFormat.LIST_SEPARATOR) {
            throw new IOException("no separator behind element " + read);
        }
    }

    /** One value or accumulator. */
    record Single<V>(Serializer<V> value) implements ContentCodec<V> {
        @Override
        public ContentCodec<V> duplicate() {
            return new Single<>(value.duplicate());
        }

        @Override
        public Optional<Bits<V>> bits() {
            return Bits.of(value);
        }

        @Override
        public void write(V content, EntryWriter<?> entries) throws IOException {
            value.write(content, entries.value());
            entries.entry();
        }

        @Override
        public V read(V before, BytesInput keyRest, BytesInput in) throws IOException {
            expectFirst(before);
            return value.read(in);
        }

        @Override
        public V without(Expiry.Cut<Object> cut, V content) {
            return cut.drops(content) ? null : content;
        }
    }

    /** The elements of a list, in one entry. */
    record Listed<T>(Serializer<T> element) implements ContentCodec<Elements<T>> {
        @Override
        public ContentCodec<Elements<T>> duplicate() {
            return new Listed<>(element.duplicate());
        }

        @Override
        public void write(Elements<T> content, EntryWriter<?> entries) throws IOException {
            BytesOutput out = entries.value();
            for (int i = 0; i < content.size(); i++) {
                if (i > 0) {
                    out.writeByte(CanonicalFormat.LIST_SEPARATOR);
                }
                element.write(content.get(i), out);
            }
            entries.entry();
        }

        @Override
        public Elements<T> read(Elements<T> before, BytesInput keyRest, BytesInput in)
                throws IOException {
            expectFirst(before);
            Elements<T> content = new Elements<>();
            content.append(element.read(in));
            while (in.remaining() > 0) {
                expectSeparator(in, content.size());
                content.append(element.read(in));
            }
            return content;
        }

        @Override
        public Elements<T> without(Expiry.Cut<Object> cut, Elements<T> content) {
            return content.without(cut::drops);
        }
    }

    /** The same of a list that is kept in numbers. */
    record ListedNumbers<T>(Serializer<T> element, Bits<T> numbers)
            implements ContentCodec<long[]> {
        private static final int EXPECTED = 4;

        @Override
        public ContentCodec<long[]> duplicate() {
            return new ListedNumbers<>(element.duplicate(), numbers);
        }

        @Override
        public void write(long[] content, EntryWriter<?> entries) throws IOException {
            BytesOutput out = entries.value();
            for (int i = 0; i < NumberList.size(content); i++) {
                if (i > 0) {
                    out.writeByte(CanonicalFormat.LIST_SEPARATOR);
                }
                element.write(numbers.value(NumberList.get(content, i)), out);
            }
            entries.entry();
        }

        @Override
        public long[] read(long[] before, BytesInput keyRest, BytesInput in) throws IOException {
            expectFirst(before);
            long[] content = NumberList.empty(EXPECTED);
            content = NumberList.append(content, numbers.of(element.read(in)));
            while (in.remaining() > 0) {
                expectSeparator(in, NumberList.size(content));
                content = NumberList.append(content, numbers.of(element.read(in)));
            }
            return content;
        }

        @Override
        public long[] without(Expiry.Cut<Object> cut, long[] content) {
            long[] left = NumberList.empty(NumberList.size(content));
            for (int i = 0; i < NumberList.size(content); i++) {
                long number = NumberList.get(content, i);
                if (!cut.drops(numbers.value(number))) {
                    left = NumberList.append(left, number);
                }
            }
            if (NumberList.size(left) == NumberList.size(content)) {
                return content;
            }
            return NumberList.size(left) == 0 ? null : left;
        }
    }

    /** What is written lacks what may be dropped. */
    record LeavingOut<C>(ContentCodec<C> codec, Expiry.Cut<Object> cut) implements ContentCodec<C> {
        @Override
        public ContentCodec<C> duplicate() {
            return new LeavingOut<>(codec.duplicate(), cut);
        }

        @Override
        public void write(C content, EntryWriter<?> entries) throws IOException {
            C left = codec.without(cut, content);
            if (left != null) {
                codec.write(left, entries);
            }
        }

        @Override
        public C read(C before, BytesInput keyRest, BytesInput in) throws IOException {
            return codec.read(before, keyRest, in);
        }

        @Override
        public boolean isInParts() {
            return codec.isInParts();
        }

        @Override
        public ContentCodec<C> whole() {
            return codec;
        }

        @Override
        public C without(Expiry.Cut<Object> other, C content) {
            return codec.without(other, content);
        }
    }

    /** A map, in an entry for each map key. */
    record Mapped<U, V, C>(Serializer<U> mapKey, Serializer<V> value, MapForm<U, V, C> form)
            implements ContentCodec<C> {
        @Override
        public ContentCodec<C> duplicate() {
            return new Mapped<>(mapKey.duplicate(), value.duplicate(), form);
        }

        @Override
        public boolean isInParts() {
            return true;
        }

        @Override
        public void write(C content, EntryWriter<?> entries) throws IOException {
            for (int slot = form.next(content, -1); slot >= 0; slot = form.next(content, slot)) {
                entries.mapKey(form.key(content, slot), mapKey);
                BytesOutput out = entries.value();
                V present = form.value(content, slot);
                out.writeBoolean(present == null);
                if (present != null) {
                    value.write(present, out);
                }
                entries.entry();
            }
        }

        @Override
        public C read(C before, BytesInput keyRest, BytesInput in) throws IOException {
            C content = before == null ? form.empty() : before;
            int sizeBefore = form.size(content);
            U key = mapKey.read(keyRest);
            V read = in.readBoolean() ? Takeover.ofNull(value) : value.read(in);
            C after = form.put(content, key, read);
            if (form.size(after) == sizeBefore) {
                throw new IOException("a second entry for the same map key");
            }
            return after;
        }

        @Override
        public C without(Expiry.Cut<Object> cut, C content) {
            C left = content;
            for (int slot = form.next(content, -1); slot >= 0; slot = form.next(content, slot)) {
                V present = form.value(content, slot);
                if (present != null && cut.drops(present)) {
                    left = left == content ? form.copy(content) : left;
                    form.removeAt(left, slot);
                }
            }
            return form.size(left) == 0 ? null : left;
        }
    }
}

package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.hashmap.table.Bits;
import io.holdfast.backend.hashmap.table.PageDirectory;
import io.holdfast.backend.hashmap.table.PageLayout;
import io.holdfast.toolkit.canonical.StateSchema;
import io.holdfast.toolkit.canonical.StateSchema.Kind;
import java.io.IOException;
import java.util.Optional;

/**
 * A table as a snapshot fixed it, with serializers of its own.
 *
 * @param schema describes the state
 * @param entries the entries; nobody writes them while the epoch is held
 * @param reader makes keys and namespaces
 * @param numbers how contents are kept as numbers, if they are
 * @param namespace serializer of the namespaces
 * @param codec writes the content
 * @param <K> type of the keys
 * @param <N> type of the namespaces
 * @param <C> type of the content
 */
record FrozenTable<K, N, C>(
        StateSchema schema,
        FrozenEntries entries,
        EntryReader<K, N> reader,
        Optional<Bits<C>> numbers,
        Serializer<N> namespace,
        ContentCodec<C> codec)
        implements FrozenState<K> {

    @Override
    public Object source() {
        return entries.table();
    }

    @Override
    public FrozenState<K> duplicate() {
        return new FrozenTable<>(
                schema, entries, reader, numbers, namespace.duplicate(), codec.duplicate());
    }

    @Override
    public int count(int group) {
        return entries.count(group);
    }

    @Override
    public Extent extent(int group, int since) {
        return entries.extent(group, since);
    }

    private boolean isNumeric() {
        return numbers.isPresent() && reader.numbers().isPresent() && !layout().namespaced();
    }

    private PageLayout layout() {
        return reader.layout();
    }

    @Override
    public void write(String owner, int group, int keyGroup, EntryWriter<K> out)
            throws IOException {
        Optional<NumberSink> sink =
                isNumeric() ? out.segment().map(NumberSink::new) : Optional.empty();
        if (sink.isPresent()) {
            out.failing(() -> entries.forEach(group, numberWriter(sink.get())));
        } else {
            entries.forEach(group, entryWriter(owner, keyGroup, codec, out));
        }
    }

    @Override
    public void writeChanges(String owner, int group, int keyGroup, int since, EntryWriter<K> out)
            throws IOException {
        Optional<NumberSink> sink =
                isNumeric() ? out.segment().map(NumberSink::new) : Optional.empty();
        if (sink.isPresent()) {
            out.failing(
                    () -> {
                        writeRemovedNumbers(group, since, sink.get());
                        entries.forEachChanged(group, since, numberWriter(sink.get()));
                    });
            return;
        }
        entries.forEachRemoval(
                group,
                since,
                (bits, key, inNamespace, time) -> {
                    out.key(
                            keyGroup,
                            reader.removedKey(bits, key),
                            reader.removedNamespace(inNamespace),
                            namespace);
                    out.removal();
                });
        if (schema.kind() == Kind.MAP) {
            // Which of its keys changed is not known: what was there gives way to what is.
            entries.forEachChanged(
                    group,
                    since,
                    (words, objects, slot) -> {
                        beginKey(keyGroup, words, objects, slot, out);
                        out.removal();
                    });
        }
        out.endRemovals();
        // A change that is left out would let what it replaced come back.
        entries.forEachChanged(group, since, entryWriter(owner, keyGroup, codec.whole(), out));
    }

    private PageDirectory.SlotVisitor<IOException> numberWriter(NumberSink sink)
            throws IOException {
        int keyBytes = reader.numbers().orElseThrow().bytes();
        int valueBytes = numbers.orElseThrow().bytes();
        sink.startEntries(keyBytes, valueBytes);
        PageLayout layout = layout();
        return (words, objects, slot) ->
                sink.entry(
                        layout.keyBits(words, slot),
                        keyBytes,
                        layout.number(words, slot),
                        valueBytes);
    }

    private void writeRemovedNumbers(int group, int since, NumberSink sink) throws IOException {
        int keyBytes = reader.numbers().orElseThrow().bytes();
        sink.startRemovals(keyBytes);
        entries.forEachRemoval(
                group, since, (bits, key, inNamespace, time) -> sink.removal(bits, keyBytes));
    }

    private PageDirectory.SlotVisitor<IOException> entryWriter(
            String owner, int keyGroup, ContentCodec<C> contents, EntryWriter<K> out) {
        return (words, objects, slot) -> {
            try {
                beginKey(keyGroup, words, objects, slot, out);
                contents.write(content(words, objects, slot), out);
            } catch (IOException | RuntimeException e) {
                if (out.isOfSink(e)) {
                    throw e;
                }
                throw Refusals.unwritable(owner, schema.name(), keyGroup, Schemas.types(schema), e);
            }
        };
    }

    private void beginKey(
            int keyGroup, long[] words, Object[] objects, int slot, EntryWriter<K> out) {
        out.key(
                keyGroup,
                reader.key(words, objects, slot),
                reader.namespace(objects, slot),
                namespace);
    }

    @SuppressWarnings("unchecked") // nothing else is put there
    private C content(long[] words, Object[] objects, int slot) {
        return numbers.isEmpty()
                ? (C) layout().content(objects, slot)
                : numbers.get().value(layout().number(words, slot));
    }
}

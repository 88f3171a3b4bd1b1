package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.hashmap.table.PageDirectory;
import io.holdfast.toolkit.canonical.StateSchema;
import java.io.IOException;

/**
 * A set of timers as a snapshot fixed it, with a serializer of its own.
 *
 * @param schema describes the queue
 * @param entries the timers; nobody writes them while the epoch is held
 * @param reader makes keys and namespaces
 * @param namespace serializer of the namespaces
 * @param <K> type of the keys
 * @param <N> type of the namespaces
 */
record FrozenTimers<K, N>(
        StateSchema schema,
        FrozenEntries entries,
        EntryReader<K, N> reader,
        Serializer<N> namespace)
        implements FrozenState<K> {

    @Override
    public Object source() {
        return entries.table();
    }

    @Override
    public FrozenState<K> duplicate() {
        return new FrozenTimers<>(schema, entries, reader, namespace.duplicate());
    }

    @Override
    public int count(int group) {
        return entries.count(group);
    }

    @Override
    public Extent extent(int group, int since) {
        return entries.extent(group, since);
    }

    @Override
    public void write(String owner, int group, int keyGroup, EntryWriter<K> out)
            throws IOException {
        entries.forEach(group, timerWriter(owner, keyGroup, out));
    }

    @Override
    public void writeChanges(String owner, int group, int keyGroup, int since, EntryWriter<K> out)
            throws IOException {
        entries.forEachRemoval(
                group,
                since,
                (bits, key, inNamespace, time) ->
                        out.timerRemoval(
                                keyGroup,
                                time,
                                reader.removedKey(bits, key),
                                reader.removedNamespace(inNamespace),
                                namespace));
        out.endRemovals();
        entries.forEachChanged(group, since, timerWriter(owner, keyGroup, out));
    }

    private PageDirectory.SlotVisitor<IOException> timerWriter(
            String owner, int keyGroup, EntryWriter<K> out) {
        return (words, objects, slot) -> {
            try {
                out.timer(
                        keyGroup,
                        reader.layout().number(words, slot),
                        reader.key(words, objects, slot),
                        reader.namespace(objects, slot),
                        namespace);
            } catch (IOException | RuntimeException e) {
                if (out.isOfSink(e)) {
                    throw e;
                }
                throw Refusals.unwritable(owner, schema.name(), keyGroup, Schemas.types(schema), e);
            }
        };
    }
}

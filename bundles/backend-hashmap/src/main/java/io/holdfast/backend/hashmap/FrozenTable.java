package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.hashmap.table.Bits;
import io.holdfast.backend.hashmap.table.PageDirectory;
import io.holdfast.toolkit.canonical.StateSchema;
import java.io.IOException;
import java.util.Optional;

/**
 * A table as a snapshot fixed it, with serializers of its own.
 *
 * @param schema describes the state
 * @param groups the entries; nobody writes them while the epoch is held
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
        PageDirectory[] groups,
        EntryReader<K, N> reader,
        Optional<Bits<C>> numbers,
        Serializer<N> namespace,
        ContentCodec<C> codec)
        implements FrozenState<K> {

    @Override
    public void write(String owner, int group, int keyGroup, int state, EntryWriter<K> entries)
            throws IOException {
        if (groups[group] == null || groups[group].size() == 0) {
            return;
        }
        entries.startState(state);
        groups[group].forEach(
                reader.layout(),
                (words, objects, slot) -> {
                    try {
                        entries.key(
                                keyGroup,
                                reader.key(words, objects, slot),
                                reader.namespace(objects, slot),
                                namespace);
                        codec.write(content(words, objects, slot), entries);
                    } catch (IOException | RuntimeException e) {
                        if (entries.isOfSink(e)) {
                            throw e;
                        }
                        throw Refusals.unwritable(
                                owner, schema.name(), keyGroup, Schemas.types(schema), e);
                    }
                });
    }

    @SuppressWarnings("unchecked") // nothing else is put there
    private C content(long[] words, Object[] objects, int slot) {
        return numbers.isEmpty()
                ? (C) reader.layout().content(objects, slot)
                : numbers.get().value(reader.layout().number(words, slot));
    }
}

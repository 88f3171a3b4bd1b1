package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.hashmap.table.PageDirectory;
import io.holdfast.toolkit.canonical.StateSchema;
import java.io.IOException;

/**
 * A set of timers as a snapshot fixed it, with a serializer of its own.
 *
 * @param schema describes the queue
 * @param groups the timers; nobody writes them while the epoch is held
 * @param reader makes keys and namespaces
 * @param namespace serializer of the namespaces
 * @param <K> type of the keys
 * @param <N> type of the namespaces
 */
record FrozenTimers<K, N>(
        StateSchema schema,
        PageDirectory[] groups,
        EntryReader<K, N> reader,
        Serializer<N> namespace)
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
                        entries.timer(
                                keyGroup,
                                reader.layout().number(words, slot),
                                reader.key(words, objects, slot),
                                reader.namespace(objects, slot),
                                namespace);
                    } catch (IOException | RuntimeException e) {
                        if (entries.isOfSink(e)) {
                            throw e;
                        }
                        throw Refusals.unwritable(
                                owner, schema.name(), keyGroup, Schemas.types(schema), e);
                    }
                });
    }
}

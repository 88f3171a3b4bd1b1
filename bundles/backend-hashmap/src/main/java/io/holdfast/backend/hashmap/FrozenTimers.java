package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.toolkit.canonical.StateSchema;
import java.io.IOException;

/**
 * A set of timers as a snapshot fixed it, with a serializer of its own.
 *
 * @param schema describes the queue
 * @param groups the timers; nobody writes them while the epoch is held
 * @param namespace serializer of the namespaces
 * @param <K> type of the keys
 * @param <N> type of the namespaces
 */
record FrozenTimers<K, N>(
        StateSchema schema, PageDirectory<ObjectPage>[] groups, Serializer<N> namespace)
        implements FrozenState<K> {

    @Override
    public void write(String owner, int group, int keyGroup, int state, EntryWriter<K> entries)
            throws IOException {
        PageDirectory<ObjectPage> directory = groups[group];
        if (directory == null || directory.size() == 0) {
            return;
        }
        entries.startState(state);
        for (int cell = 0; cell < directory.cells(); cell += directory.span(cell)) {
            ObjectPage page = directory.at(cell);
            for (int slot = 0; page != null && slot < page.capacity(); slot++) {
                if (page.isUsed(slot)) {
                    timer(owner, keyGroup, page.cells[slot], entries);
                }
            }
        }
    }

    @SuppressWarnings("unchecked") // cells hold what the queue of these types put there
    private void timer(String owner, int keyGroup, Object cell, EntryWriter<K> entries)
            throws IOException {
        HeapTimers.Registered<K, N> timer = (HeapTimers.Registered<K, N>) cell;
        try {
            entries.timer(keyGroup, timer.time, timer.key, timer.namespace, namespace);
        } catch (IOException | RuntimeException e) {
            if (entries.isOfSink(e)) {
                throw e;
            }
            throw Refusals.unwritable(owner, schema.name(), keyGroup, Schemas.types(schema), e);
        }
    }
}

package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.toolkit.canonical.StateSchema;
import java.io.IOException;

/**
 * A table as a snapshot fixed it, with serializers of its own.
 *
 * @param schema describes the state
 * @param groups the entries; nobody writes them while the epoch is held
 * @param stride number of cells of an entry
 * @param namespace serializer of the namespaces
 * @param codec writes the content
 * @param <K> type of the keys
 * @param <N> type of the namespaces
 * @param <C> type of the content
 */
record FrozenTable<K, N, C>(
        StateSchema schema,
        PageDirectory<ObjectPage>[] groups,
        int stride,
        Serializer<N> namespace,
        ContentCodec<C> codec)
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
                    entry(owner, keyGroup, page.cells, slot * stride, entries);
                }
            }
        }
    }

    @SuppressWarnings("unchecked") // cells hold what the state of these types put there
    private void entry(String owner, int keyGroup, Object[] cells, int at, EntryWriter<K> entries)
            throws IOException {
        try {
            N ofNamespace = stride == 2 ? (N) VoidNamespace.INSTANCE : (N) cells[at + 1];
            entries.key(keyGroup, (K) cells[at], ofNamespace, namespace);
            codec.write((C) cells[at + stride - 1], entries);
        } catch (IOException | RuntimeException e) {
            if (entries.isOfSink(e)) {
                throw e;
            }
            throw Refusals.unwritable(owner, schema.name(), keyGroup, Schemas.types(schema), e);
        }
    }
}

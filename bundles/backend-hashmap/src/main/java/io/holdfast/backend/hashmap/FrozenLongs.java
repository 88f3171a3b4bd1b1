package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.toolkit.canonical.StateSchema;
import java.io.IOException;

/**
 * A table of numbers as a snapshot fixed it.
 *
 * @param schema describes the state
 * @param groups the entries; nobody writes them while the epoch is held
 * @param keys makes keys
 * @param values makes contents
 * @param namespace serializer of the only namespace
 * @param codec writes the content
 * @param <K> type of the keys
 * @param <N> type of the namespaces
 * @param <C> type of the content
 */
record FrozenLongs<K, N, C>(
        StateSchema schema,
        PageDirectory<LongPage>[] groups,
        Bits<K> keys,
        Bits<C> values,
        Serializer<N> namespace,
        ContentCodec<C> codec)
        implements FrozenState<K> {

    @Override
    @SuppressWarnings("unchecked") // the namespaces are void
    public void write(String owner, int group, int keyGroup, int state, EntryWriter<K> entries)
            throws IOException {
        PageDirectory<LongPage> directory = groups[group];
        if (directory == null || directory.size() == 0) {
            return;
        }
        entries.startState(state);
        for (int cell = 0; cell < directory.cells(); cell += directory.span(cell)) {
            LongPage page = directory.at(cell);
            for (int slot = 0; page != null && slot < page.capacity(); slot++) {
                if (page.isUsed(slot)) {
                    entries.key(
                            keyGroup,
                            keys.value(page.cells[2 * slot]),
                            (N) VoidNamespace.INSTANCE,
                            namespace);
                    codec.write(values.value(page.cells[2 * slot + 1]), entries);
                }
            }
        }
    }
}

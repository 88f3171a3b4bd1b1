package io.holdfast.backend.hashmap;

import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.toolkit.canonical.CanonicalWriter;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Writes the one stream that every backend restores.
 *
 * @param compressed whether its blocks are packed
 * @param <K> type of the keys
 */
record CanonicalForm<K>(boolean compressed) implements HeapSnapshot.Form<K> {

    @Override
    public KeyedSnapshotHandle write(
            HeapSnapshot.Content<K> content, Outputs outputs, BooleanSupplier stopped)
            throws IOException {
        KeyGroupRange range = content.keyGroups();
        List<FrozenState<K>> states = content.states();
        try (CanonicalWriter out = new CanonicalWriter(outputs, content.header(), compressed)) {
            EntryWriter<K> entries =
                    new EntryWriter<>(out::entry, content.key(), content.maxParallelism(), stopped);
            for (int keyGroup = range.first(); keyGroup <= range.last(); keyGroup++) {
                out.startKeyGroup(keyGroup);
                int group = keyGroup - range.first();
                for (int i = 0; i < states.size(); i++) {
                    if (states.get(i).count(group) > 0) {
                        out.startState(i);
                        states.get(i).write(content.owner(), group, keyGroup, entries);
                    }
                }
            }
            return out.finish();
        }
    }
}

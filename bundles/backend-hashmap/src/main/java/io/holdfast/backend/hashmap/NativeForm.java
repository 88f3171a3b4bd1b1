package io.holdfast.backend.hashmap;

import io.holdfast.backend.hashmap.FrozenState.Extent;
import io.holdfast.backend.hashmap.HeapSnapshot.Content;
import io.holdfast.backend.hashmap.format.HeapContents;
import io.holdfast.backend.hashmap.format.HeapFormat;
import io.holdfast.backend.hashmap.format.Segment;
import io.holdfast.backend.hashmap.format.SegmentWriter;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.NamedStream;
import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.StreamHandle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/**
 * Writes the {@link HeapFormat}: each thread takes one key group after the other and writes a file
 * of its own. What completed checkpoints have is referred to, not written again.
 *
 * @param <K> type of the keys
 */
final class NativeForm<K> implements HeapSnapshot.Form<K> {
    private final SnapshotSettings settings;
    private final Lineage lineage;
    private final Lineage.Turn turn;
    private final SnapshotScope scope;

    /**
     * One snapshot.
     *
     * @param turn what it builds on
     * @param scope how long its files live
     */
    NativeForm(SnapshotSettings settings, Lineage lineage, Lineage.Turn turn, SnapshotScope scope) {
        this.settings = settings;
        this.lineage = lineage;
        this.turn = turn;
        this.scope = scope;
    }

    @Override
    public KeyedSnapshotHandle write(Content<K> content, Outputs outputs, BooleanSupplier stopped)
            throws IOException {
        int groups = content.keyGroups().size();
        List<Chain[]> chains = new ArrayList<>();
        content.states().forEach(state -> chains.add(new Chain[groups]));
        int threads = settings.threadsFor(content.count());
        Queue<Content<K>> ofThreads = new ConcurrentLinkedQueue<>(List.of(content));
        for (int i = 1; i < threads; i++) {
            ofThreads.add(content.duplicate());
        }
        Workers.run(
                "heap-snapshot",
                threads,
                groups,
                items -> new Writing(ofThreads.remove(), outputs, stopped).writeAll(items, chains));
        Map<HeapFile, Integer> files = numbered(chains);
        StreamHandle meta = writeMeta(content, chains, files, outputs);
        remember(content, chains);
        return handle(content, meta, files);
    }

    private static Map<HeapFile, Integer> numbered(List<Chain[]> chains) {
        Map<HeapFile, Integer> files = new LinkedHashMap<>();
        for (Chain[] state : chains) {
            for (Chain chain : state) {
                chain.segments().forEach(each -> files.putIfAbsent(each.file(), files.size()));
            }
        }
        return files;
    }

    private static StreamHandle writeMeta(
            Content<?> content, List<Chain[]> chains, Map<HeapFile, Integer> files, Outputs outputs)
            throws IOException {
        List<List<List<Segment<Integer>>>> told = new ArrayList<>();
        for (Chain[] state : chains) {
            List<List<Segment<Integer>>> ofGroups = new ArrayList<>();
            for (Chain chain : state) {
                ofGroups.add(chain.segments().stream().map(each -> told(each, files)).toList());
            }
            told.add(ofGroups);
        }
        List<Long> ids = files.keySet().stream().map(HeapFile::id).toList();
        try (SnapshotOutput out = outputs.create(SnapshotScope.EXCLUSIVE)) {
            new HeapContents(content.header(), ids, told).writeTo(out);
            return out.finish();
        }
    }

    private static Segment<Integer> told(Segment<HeapFile> segment, Map<HeapFile, Integer> files) {
        return new Segment<>(
                files.get(segment.file()), segment.offset(), segment.length(), segment.isWhole());
    }

    private void remember(Content<?> content, List<Chain[]> chains) {
        Map<Object, Chain[]> known = new HashMap<>();
        for (int i = 0; i < chains.size(); i++) {
            known.put(content.states().get(i).source(), chains.get(i));
        }
        lineage.written(turn, known);
    }

    private KeyedSnapshotHandle handle(
            Content<?> content, StreamHandle meta, Map<HeapFile, Integer> files) {
        List<NamedStream> named = files.keySet().stream().map(HeapFile::named).toList();
        boolean shared = scope == SnapshotScope.SHARED;
        return new KeyedSnapshotHandle.Incremental(
                content.keyGroups(),
                HeapFormat.NAME,
                lineage.id(),
                turn.checkpointId(),
                meta,
                shared ? named : List.of(),
                shared ? List.of() : named);
    }

    /** What one thread writes. */
    private final class Writing {
        private final Content<K> content;
        private final HeapFile file = lineage.newFile();
        private final SegmentWriter segments;
        private final EntryWriter<K> entries;

        Writing(Content<K> content, Outputs outputs, BooleanSupplier stopped) {
            this.content = content;
            this.segments =
                    new SegmentWriter(
                            file.id(), () -> outputs.create(scope), settings.compressed());
            this.entries =
                    new EntryWriter<>(
                            new SegmentSink(segments),
                            content.key(),
                            content.maxParallelism(),
                            stopped);
        }

        void writeAll(Workers.Items items, List<Chain[]> chains) throws IOException {
            try (segments) {
                for (int group = items.next(); group >= 0; group = items.next()) {
                    for (int i = 0; i < chains.size(); i++) {
                        chains.get(i)[group] = write(content.states().get(i), group);
                    }
                }
                segments.finish().ifPresent(file::finished);
            }
        }

        private Chain write(FrozenState<K> state, int group) throws IOException {
            int keyGroup = content.keyGroups().first() + group;
            Chain before = turn.chain(state.source(), group);
            Extent extent = extent(state, group, before);
            if (extent == Extent.NOTHING) {
                return before;
            }
            if (extent == Extent.ALL) {
                if (state.count(group) == 0) {
                    return Chain.EMPTY;
                }
                segments.begin(keyGroup, true);
                state.write(content.owner(), group, keyGroup, entries);
                Segment<HeapFile> all = segments.end(file);
                // All of its values may be left out, because they have expired.
                return all.length() == 0 ? Chain.EMPTY : Chain.of(all);
            }
            segments.begin(keyGroup, false);
            int since = turn.before().interval();
            state.writeChanges(content.owner(), group, keyGroup, since, entries);
            Segment<HeapFile> changes = segments.end(file);
            return changes.length() == 0 ? before : before.with(changes);
        }

        private Extent extent(FrozenState<K> state, int group, Chain before) {
            if (before == null) {
                return Extent.ALL;
            }
            Extent extent = state.extent(group, turn.before().interval());
            boolean anew = before.isEmpty() || before.isDue(content.keyGroups().first() + group);
            return extent == Extent.CHANGES && anew ? Extent.ALL : extent;
        }
    }
}

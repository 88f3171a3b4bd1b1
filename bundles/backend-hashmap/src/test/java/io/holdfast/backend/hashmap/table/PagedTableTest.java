package io.holdfast.backend.hashmap.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The table against a {@link HashMap}, with snapshots read by other threads meanwhile. */
class PagedTableTest {
    private static final int GROUPS = 3;

    private final Epochs epochs = new Epochs();
    private final PageLayout layout = PageLayout.ofContents(false, false, false);
    private final PagedTable table = new PagedTable(epochs, new Intervals(), GROUPS, layout);
    private final Map<Object, Integer> model = new HashMap<>();

    /** A key whose hash code is chosen. */
    private record Key(int number, int code) {
        @Override
        public int hashCode() {
            return code;
        }
    }

    private static int group(Object key) {
        return Math.floorMod(key.hashCode(), GROUPS);
    }

    private static int hash(Object key) {
        return Hashes.of(key.hashCode());
    }

    private int slot(Object key) {
        PageDirectory directory = table.directory(group(key));
        int cell = directory == null ? 0 : directory.cell(hash(key));
        return directory == null || directory.words(cell) == null
                ? -1
                : layout.find(
                        directory.words(cell), directory.objects(cell), hash(key), 0, key, null);
    }

    private Object get(Object key) {
        int slot = slot(key);
        PageDirectory directory = table.directory(group(key));
        return slot < 0 ? null : layout.content(directory.objects(directory.cell(hash(key))), slot);
    }

    private void put(Object key, int value) {
        int slot = slot(key);
        if (slot < 0) {
            slot = table.add(group(key), hash(key), 0, key, null);
        } else {
            table.writable(group(key), hash(key));
        }
        PageDirectory directory = table.directory(group(key));
        int cell = directory.cell(hash(key));
        layout.setContent(directory.objects(cell), slot, value);
        model.put(key, value);
    }

    private void remove(Object key) {
        int slot = slot(key);
        if (slot >= 0) {
            table.remove(group(key), hash(key), slot);
        }
        model.remove(key);
    }

    private Map<Object, Integer> read(PageDirectory[] groups) {
        Map<Object, Integer> content = new HashMap<>();
        for (PageDirectory directory : groups) {
            int before = content.size();
            if (directory != null) {
                directory.forEach(
                        layout,
                        (words, objects, slot) ->
                                assertThat(
                                                content.put(
                                                        layout.key(objects, slot),
                                                        (Integer) layout.content(objects, slot)))
                                        .isNull());
            }
            assertThat(directory == null ? 0 : directory.size()).isEqualTo(content.size() - before);
        }
        return content;
    }

    private static long seed() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("-Dtest.seed=" + seed);
        return seed;
    }

    @Test
    void snapshotsReadByOtherThreadsHoldWhatTheyFixedWhileTheTableChanges() throws Exception {
        long seed = seed();
        SplittableRandom random = new SplittableRandom(seed);
        ExecutorService readers = Executors.newFixedThreadPool(2);
        List<Future<?>> reads = new ArrayList<>();
        try {
            for (int round = 0; round < 60; round++) {
                PageDirectory[] frozen = table.freeze();
                Map<Object, Integer> expected = new HashMap<>(model);
                int epoch = epochs.hold();
                reads.add(
                        readers.submit(
                                () -> {
                                    try {
                                        assertThat(read(frozen)).isEqualTo(expected);
                                    } finally {
                                        epochs.release(epoch);
                                    }
                                }));
                int bound = round % 20 < 10 ? 6_000 : 300;
                for (int step = 0; step < 1_500; step++) {
                    int key = random.nextInt(bound);
                    if (random.nextInt(10) < (bound == 300 ? 3 : 7)) {
                        put(key, random.nextInt());
                    } else {
                        remove(bound == 300 ? random.nextInt(6_000) : key);
                    }
                }
                assertThat(read(table.freeze())).as("seed %d", seed).isEqualTo(model);
                model.forEach((key, value) -> assertThat(get(key)).isEqualTo(value));
                assertThat(get(-1)).isNull();
            }
            for (Future<?> read : reads) {
                read.get();
            }
            assertThat(epochs.newestHeld()).isEqualTo(Epochs.NONE);
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    void overlappingSnapshotsReleasedInAnyOrderKeepTheirOwnContent() {
        long seed = seed();
        SplittableRandom random = new SplittableRandom(seed);
        record Held(int epoch, PageDirectory[] frozen, Map<Object, Integer> expected) {}
        List<Held> held = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            int what = random.nextInt(100);
            if (what == 0 && held.size() < 4) {
                PageDirectory[] frozen = table.freeze();
                held.add(new Held(epochs.hold(), frozen, new HashMap<>(model)));
            } else if (what == 1 && !held.isEmpty()) {
                Held ended = held.remove(random.nextInt(held.size()));
                assertThat(read(ended.frozen())).as("seed %d", seed).isEqualTo(ended.expected());
                epochs.release(ended.epoch());
            } else if (what < 60) {
                put(random.nextInt(800), step);
            } else {
                remove(random.nextInt(800));
            }
        }
        held.forEach(each -> assertThat(read(each.frozen())).isEqualTo(each.expected()));
        assertThat(read(table.freeze())).isEqualTo(model);
    }

    @Test
    void keysOfOneHashCodeMakeAPageGrowAndNotTheDirectory() {
        for (int i = 0; i < 2_000; i++) {
            put(new Key(i, 7), i);
        }
        model.forEach((key, value) -> assertThat(get(key)).isEqualTo(value));
        assertThat(table.directory(group(new Key(0, 7))).cells()).isLessThan(1_024);
        new ArrayList<>(model.keySet()).forEach(this::remove);
        assertThat(read(table.freeze())).isEmpty();
    }

    @Test
    void entriesMayComeInTheOrderOfTheirHashes() {
        List<Integer> keys = new ArrayList<>();
        for (int i = 0; i < 60_000; i += GROUPS) {
            keys.add(i);
        }
        keys.sort((one, other) -> Integer.compare(hash(one), hash(other)));
        keys.forEach(key -> put(key, key));
        assertThat(read(table.freeze())).isEqualTo(model);
        PageDirectory directory = table.directory(0);
        int slots = 0;
        for (int cell = 0; cell < directory.cells(); cell += directory.span(cell)) {
            slots += directory.words(cell) == null ? 0 : PageLayout.capacity(directory.words(cell));
        }
        assertThat(slots).isLessThan(4 * keys.size());
    }

    @Test
    void whatWasRemovedGivesItsPagesBack() {
        for (int i = 0; i < 10_000; i++) {
            put(i, i);
        }
        new ArrayList<>(model.keySet()).forEach(this::remove);
        for (int group = 0; group < GROUPS; group++) {
            assertThat(table.directory(group)).isNull();
        }
    }

    @Test
    void addingAndRemovingForEverDoesNotWearAPageOut() {
        for (int i = 0; i < 30_000; i += GROUPS) {
            put(i, i);
            if (i >= 60) {
                remove(i - 60);
            }
        }
        assertThat(read(table.freeze())).isEqualTo(model);
        assertThat(table.directory(0).cells()).isLessThanOrEqualTo(4);
    }

    @Test
    void freezingCopiesNothingAndTheNextWriteCopiesOnePage() {
        for (int i = 0; i < 30_000; i++) {
            put(i, i);
        }
        PageDirectory[] frozen = table.freeze();
        assertThat(table.freeze()).isSameAs(frozen);
        int epoch = epochs.hold();
        put(0, -1);
        PageDirectory before = frozen[group(0)];
        PageDirectory after = table.directory(group(0));
        int copied = 0;
        for (int cell = 0; cell < after.cells(); cell += after.span(cell)) {
            copied += after.words(cell) == before.words(cell) ? 0 : 1;
        }
        assertThat(copied).isEqualTo(1);
        assertThat(table.directory(group(1))).isSameAs(frozen[group(1)]);
        epochs.release(epoch);
    }
}

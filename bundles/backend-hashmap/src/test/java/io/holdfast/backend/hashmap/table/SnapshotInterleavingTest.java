package io.holdfast.backend.hashmap.table;

import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One thread changes a table and fixes snapshots, another one writes them and lets go: in every
 * interleaving a snapshot holds what it fixed. Lincheck tries them: all up to a number of switches,
 * and as many as there is time for under load.
 */
class SnapshotInterleavingTest {
    /** Random programs for each table and way to run it; -Plong tries more. */
    private static final int PROGRAMS = Integer.getInteger("test.interleavings", 4);

    /** So many entries that a page of the smallest size is about to be made anew. */
    private static final int FULL = 6;

    /** More turns than any loop here takes; a loop that takes more hangs. */
    private static final int MOST_TURNS = 1_000;

    /** What can be done, and what must come of it if it is done one after the other. */
    public abstract static class Operations {
        abstract void set(long key, long value);

        abstract void unset(long key);

        abstract Long read(long key);

        abstract void freeze();

        abstract String writeOldest();

        @Operation(nonParallelGroup = "task")
        public void put(@Param(gen = IntGen.class) int key, @Param(gen = IntGen.class) int value) {
            set(inRange(key), value);
        }

        @Operation(nonParallelGroup = "task")
        public void remove(@Param(gen = IntGen.class) int key) {
            unset(inRange(key));
        }

        @Operation(nonParallelGroup = "task")
        public Long get(@Param(gen = IntGen.class) int key) {
            return read(inRange(key));
        }

        @Operation(nonParallelGroup = "task")
        public void fix() {
            freeze();
        }

        /** The content of the snapshot that was fixed first, or null if there is none. */
        @Operation(nonParallelGroup = "writer")
        public String write() {
            return writeOldest();
        }

        /** Some keys are there from the beginning, some are not. */
        private static long inRange(int key) {
            return FULL - 3 + Math.floorMod(key, 6);
        }
    }

    /** Maps of the JDK. */
    public static final class Model extends Operations {
        private final Map<Long, Long> entries = new TreeMap<>();
        private final Queue<String> fixed = new ConcurrentLinkedQueue<>();

        /** A model with the first keys. */
        public Model() {
            for (long key = 0; key < FULL; key++) {
                entries.put(key, key);
            }
        }

        @Override
        void set(long key, long value) {
            entries.put(key, value);
        }

        @Override
        void unset(long key) {
            entries.remove(key);
        }

        @Override
        Long read(long key) {
            return entries.get(key);
        }

        @Override
        void freeze() {
            fixed.add(entries.toString());
        }

        @Override
        String writeOldest() {
            return fixed.poll();
        }
    }

    private record Fixed(int epoch, PageDirectory[] groups) {}

    /** The table, one key group. */
    public abstract static class Tables extends Operations {
        private final PageLayout layout;
        private final Epochs epochs = new Epochs();
        private final PagedTable table;
        private final Queue<Fixed> fixed = new ConcurrentLinkedQueue<>();

        Tables(PageLayout layout) {
            this.layout = layout;
            this.table = new PagedTable(epochs, new Intervals(), 1, layout);
            for (long key = 0; key < FULL; key++) {
                set(key, key);
            }
        }

        private static int hash(long key) {
            return Hashes.of(Long.hashCode(key));
        }

        private int find(long key) {
            PageDirectory directory = table.directory(0);
            int cell = directory == null ? 0 : directory.cell(hash(key));
            return directory == null || directory.words(cell) == null
                    ? -1
                    : layout.find(
                            directory.words(cell),
                            directory.objects(cell),
                            hash(key),
                            key,
                            key,
                            null);
        }

        private Long content(long[] words, Object[] objects, int slot) {
            return layout.objectContent()
                    ? (Long) layout.content(objects, slot)
                    : (Long) layout.number(words, slot);
        }

        @Override
        void set(long key, long value) {
            int slot = find(key);
            if (slot < 0) {
                slot = table.add(0, hash(key), key, key, null);
            } else {
                table.writable(0, hash(key));
            }
            PageDirectory directory = table.directory(0);
            int cell = directory.cell(hash(key));
            long[] words = directory.words(cell);
            Object[] objects = directory.objects(cell);
            if (layout.objectContent()) {
                layout.setContent(objects, slot, value);
            } else {
                layout.setNumber(words, slot, value);
            }
        }

        @Override
        void unset(long key) {
            int slot = find(key);
            if (slot >= 0) {
                table.remove(0, hash(key), slot);
            }
        }

        @Override
        Long read(long key) {
            int slot = find(key);
            if (slot < 0) {
                return null;
            }
            PageDirectory directory = table.directory(0);
            int cell = directory.cell(hash(key));
            return content(directory.words(cell), directory.objects(cell), slot);
        }

        @Override
        void freeze() {
            PageDirectory[] groups = table.freeze();
            fixed.add(new Fixed(epochs.hold(), groups));
        }

        @Override
        String writeOldest() {
            Fixed oldest = fixed.poll();
            if (oldest == null) {
                return null;
            }
            Map<Long, Long> content = new TreeMap<>();
            for (PageDirectory directory : oldest.groups()) {
                if (directory != null) {
                    directory.forEach(
                            layout,
                            (words, objects, slot) ->
                                    content.put(
                                            layout.numericKey()
                                                    ? layout.keyBits(words, slot)
                                                    : (Long) layout.key(objects, slot),
                                            content(words, objects, slot)));
                }
            }
            epochs.release(oldest.epoch());
            return content.toString();
        }
    }

    /** Numbers under numbers. */
    public static final class Numbers extends Tables {
        /** A table with the first keys. */
        public Numbers() {
            super(PageLayout.ofContents(true, false, true));
        }
    }

    /** Objects under objects. */
    public static final class Objects extends Tables {
        /** A table with the first keys. */
        public Objects() {
            super(PageLayout.ofContents(false, false, false));
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Numbers.class, Objects.class})
    void everyInterleavingGivesWhatOneAfterTheOtherGives(Class<?> table) {
        new ModelCheckingOptions()
                .sequentialSpecification(Model.class)
                .threads(2)
                .actorsBefore(2)
                .actorsPerThread(4)
                .actorsAfter(2)
                .iterations(PROGRAMS)
                .invocationsPerIteration(150)
                .loopBound(MOST_TURNS)
                .check(table);
    }

    @ParameterizedTest
    @ValueSource(classes = {Numbers.class, Objects.class})
    void threadsThatReallyRunGiveWhatOneAfterTheOtherGives(Class<?> table) {
        new StressOptions()
                .sequentialSpecification(Model.class)
                .threads(2)
                .actorsBefore(2)
                .actorsPerThread(5)
                .actorsAfter(2)
                .iterations(PROGRAMS)
                .invocationsPerIteration(500)
                .check(table);
    }
}

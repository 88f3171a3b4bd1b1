package io.holdfast.backend.rocksdb.store;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.IndexType;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;
import org.rocksdb.TableFormatConfig;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * A database in a directory of its own. All methods are called by one thread; only a {@link View}
 * may be read by another.
 *
 * <p>Nothing in it outlives a crash: there is no write-ahead log, and durable are the snapshots
 * that are made of it. Keys and values go through arrays that are used again, so reading and
 * writing makes no garbage.
 */
public final class Store implements AutoCloseable {

    /** What {@link #get} returns where there is no entry. */
    public static final int ABSENT = RocksDB.NOT_FOUND;

    // Flink's name for the operator that joins list elements with ','. RocksDB's
    // StringAppendOperator
    // does the same, but in a time that grows with the square of the list.
    private static final String LIST_MERGE = "stringappendtest";

    // Written by RocksDB since 6.6 and read by every later one; 11.x would write a format that the
    // 8.10 of a Flink cluster cannot read.
    private static final int TABLE_FORMAT = 5;

    // RocksDB starts that many threads for each column that it finds files of, however few they
    // are; more than there are processors are of no use to files that lie in the page cache.
    private static final int OPENING_THREADS =
            Math.min(16, Runtime.getRuntime().availableProcessors());

    private static final String IDENTITY = "IDENTITY";
    private static final String BEING_FLUSHED = "rocksdb.num-immutable-mem-table";
    private static final String MERGE_DUE = "rocksdb.compaction-pending";
    private static final String MERGES_RUNNING = "rocksdb.num-running-compactions";
    private static final String ENTRIES_IN_MEMORY = "rocksdb.num-entries-active-mem-table";
    private static final String BYTES_IN_MEMORY = "rocksdb.cur-size-active-mem-table";

    // More than one arena block, of which a memtable with a single entry has one already.
    private static final int LITTLE = 2 << 20;

    private static final int SMALLEST_ARENA_BLOCK = 64 << 10;
    private static final int LARGEST_ARENA_BLOCK = 1 << 20;
    private static final int ARENA_BLOCKS = 64;
    private static final int VALUE_BYTES = 4 << 10;
    private static final int KEPT_VALUE_BYTES = 1 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Place place;
    private final Setup setup;
    // Options, and what they are made of. Closed after the database and everything in it; those of
    // a column when it is dropped. By identity: a handle's hash code asks the database.
    private final NativeScope resources = new NativeScope();
    private final Map<ColumnFamilyHandle, NativeScope> columnResources = new IdentityHashMap<>();
    private final NativeScope scope = new NativeScope();
    private final Leases leases = new Leases();
    private final ReadOptions reads;
    private final WriteOptions writes;
    private final RocksDB db;
    private final List<ColumnFamilyHandle> dropped = new ArrayList<>();
    private final Map<Integer, Column> inherited = new LinkedHashMap<>();
    private final Set<Integer> flushedBeside = new HashSet<>();
    private byte[] value = new byte[VALUE_BYTES];
    private int columns;
    private boolean closed;

    /**
     * How a database is made.
     *
     * @param options puts what is configured into its options
     * @param memory what it shares with others; closed by the caller, after the database
     * @param batchBytes most bytes that a batch collects
     */
    public record Setup(NativeOptions options, Optional<SharedMemory> memory, int batchBytes) {
        /** Refuses null. */
        public Setup {
            Objects.requireNonNull(options, "options");
            Objects.requireNonNull(memory, "memory");
        }
    }

    /** What a database is begun with. */
    private enum Beginning {
        NOTHING,
        FILES
    }

    private Store(Place place, Setup setup, Beginning beginning) throws RocksDBException {
        this.place = place;
        this.setup = setup;
        NativeOptions shape = setup.options();
        try {
            ReadOptions readBase = resources.own(new ReadOptions());
            reads = shaped(readBase, shape::reads, resources);
            WriteOptions writeBase = resources.own(new WriteOptions());
            writes = shaped(writeBase.setDisableWAL(true), shape::writes, resources);
            writes.setDisableWAL(true);
            String directory = place.directory().toString();
            List<Column.Name> names = beginning == Beginning.FILES ? namesIn(directory) : List.of();
            List<NativeScope> owners = new ArrayList<>();
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            db =
                    scope.own(
                            RocksDB.open(
                                    databaseOptions(beginning),
                                    directory,
                                    descriptors(names, owners),
                                    handles));
            handles.forEach(scope::own);
            inherit(names, owners, handles);
        } catch (RocksDBException | RuntimeException e) {
            closeAll();
            throw e;
        }
    }

    private List<Column.Name> namesIn(String directory) throws RocksDBException {
        List<Column.Name> names = new ArrayList<>();
        try (Options options = new Options()) {
            for (byte[] bytes : RocksDB.listColumnFamilies(options, directory)) {
                if (!Arrays.equals(bytes, RocksDB.DEFAULT_COLUMN_FAMILY)) {
                    Column.Name name = Column.Name.of(bytes);
                    if (name == null || name.number() < 0) {
                        throw place.foreignColumn(new String(bytes, StandardCharsets.UTF_8));
                    }
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** Of the default column, which stays empty, and of those with names; makes their owners. */
    private List<ColumnFamilyDescriptor> descriptors(
            List<Column.Name> names, List<NativeScope> owners) {
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        descriptors.add(
                new ColumnFamilyDescriptor(
                        RocksDB.DEFAULT_COLUMN_FAMILY, columnOptions(resources)));
        for (Column.Name name : names) {
            NativeScope owner = resources.own(new NativeScope());
            owners.add(owner);
            descriptors.add(new ColumnFamilyDescriptor(name.bytes(), columnOptions(owner)));
        }
        return descriptors;
    }

    private void inherit(
            List<Column.Name> names, List<NativeScope> owners, List<ColumnFamilyHandle> handles) {
        for (int i = 0; i < names.size(); i++) {
            Column column = new Column(names.get(i), handles.get(i + 1));
            columnResources.put(column.handle(), owners.get(i));
            columns = Math.max(columns, column.number() + 1);
            if (inherited.put(column.number(), column) != null) {
                throw place.foreignColumn("two columns of number " + column.number());
            }
        }
    }

    private DBOptions databaseOptions(Beginning beginning) {
        DBOptions base = resources.own(new DBOptions());
        base.setAllowConcurrentMemtableWrite(false) // there is one writer
                .setAvoidFlushDuringShutdown(true) // who takes the files over flushed them before
                .setUseFsync(false)
                .setMaxFileOpeningThreads(OPENING_THREADS)
                .setStatsDumpPeriodSec(0);
        DBOptions options = shaped(base, setup.options()::database, resources);
        boolean isNew = beginning == Beginning.NOTHING;
        options.setCreateIfMissing(isNew).setErrorIfExists(isNew);
        setup.memory().ifPresent(shared -> options.setWriteBufferManager(shared.writeBuffers()));
        return options;
    }

    private ColumnFamilyOptions columnOptions(NativeScope owner) {
        ColumnFamilyOptions base = owner.own(new ColumnFamilyOptions());
        setup.memory()
                .ifPresent(shared -> base.setArenaBlockSize(arenaBlock(shared.writeBufferBytes())));
        ColumnFamilyOptions options = shaped(base, setup.options()::column, owner);
        options.setMergeOperatorName(LIST_MERGE);
        options.setTableFormatConfig(tableFormat(options));
        return options;
    }

    /** What was configured, with what must be and with the shared memory. */
    private BlockBasedTableConfig tableFormat(ColumnFamilyOptions options) {
        TableFormatConfig configured = options.tableFormatConfig();
        if (configured != null && !(configured instanceof BlockBasedTableConfig)) {
            throw place.otherTableFormat(configured);
        }
        BlockBasedTableConfig table =
                configured == null
                        ? new BlockBasedTableConfig()
                        : (BlockBasedTableConfig) configured;
        if (table.formatVersion() > TABLE_FORMAT) {
            table.setFormatVersion(TABLE_FORMAT);
        }
        setup.memory()
                .ifPresent(
                        shared -> {
                            table.setBlockCache(shared.cache())
                                    .setCacheIndexAndFilterBlocks(true)
                                    .setCacheIndexAndFilterBlocksWithHighPriority(true)
                                    .setPinL0FilterAndIndexBlocksInCache(true);
                            if (shared.partitioned()) {
                                table.setIndexType(IndexType.kTwoLevelIndexSearch)
                                        .setPartitionFilters(true)
                                        .setPinTopLevelIndexAndFilter(true);
                            }
                        });
        return table;
    }

    /** Lets options be shaped; what comes of it gets an owner. */
    private static <O extends AutoCloseable> O shaped(
            O base, BiFunction<O, Collection<AutoCloseable>, O> shape, NativeScope owner) {
        List<AutoCloseable> handles = new ArrayList<>();
        try {
            O options = Objects.requireNonNull(shape.apply(base, handles), "options");
            if (options != base) {
                owner.own(options);
            }
            return options;
        } finally {
            handles.forEach(owner::own);
        }
    }

    private void closeAll() {
        try {
            scope.close();
        } finally {
            resources.close();
        }
    }

    /**
     * Makes a database.
     *
     * @param place an empty directory
     * @param setup how it is made
     * @return the database; the caller closes it
     * @throws HoldfastException STATE-3111 to 3114, 3127
     */
    public static Store open(Place place, Setup setup) {
        try {
            return new Store(place, setup, Beginning.NOTHING);
        } catch (RocksDBException e) {
            throw place.failure("making the database", e);
        }
    }

    /**
     * Opens the files of another database, which {@link #linkInto} gave. They become this one's.
     *
     * @param place a directory with nothing but the files
     * @param setup how it is opened; may differ from how the other one was
     * @return the database with {@link #inherited()} columns; the caller closes it
     * @throws HoldfastException SNAPSHOT-4001 if files are damaged or missing; STATE-3111 to 3114,
     *     3127
     */
    public static Store openFiles(Place place, Setup setup) {
        try {
            return new Store(place, setup, Beginning.FILES);
        } catch (RocksDBException e) {
            throw place.failureOfFiles(e);
        }
    }

    /**
     * Columns that were in the files with which this database was begun.
     *
     * @return the columns by {@link Column#number()}, also those dropped since; none if it began
     *     empty
     */
    public Map<Integer, Column> inherited() {
        return Collections.unmodifiableMap(inherited);
    }

    /**
     * Begins to write to disk what is in memory only, so that {@link #linkInto} has little to
     * write. Returns at once; RocksDB's threads write.
     *
     * @param some the columns to write
     * @return whether there is little left to write, and no files are being merged
     */
    public boolean flushBeside(Collection<Column> some) {
        requireOpen();
        boolean isLittle = true;
        try (FlushOptions options = new FlushOptions()) {
            options.setWaitForFlush(false).setAllowWriteStall(true);
            for (Column column : some) {
                if (db.getLongProperty(column.handle(), BEING_FLUSHED) > 0
                        || db.getLongProperty(column.handle(), MERGE_DUE) > 0) {
                    isLittle = false;
                } else if (isWorthFlushing(column)) {
                    db.flush(options, column.handle());
                    isLittle = false;
                }
            }
            // Merges keep the disk busy, and a successor that opens waits for it several times.
            return isLittle && db.getLongProperty(MERGES_RUNNING) == 0;
        } catch (RocksDBException e) {
            throw place.failure("writing what is in memory", e);
        }
    }

    // A file is made in some milliseconds, however small. So each column is written once, since it
    // may
    // be one that is seldom changed; then again if much has come.
    private boolean isWorthFlushing(Column column) throws RocksDBException {
        return db.getLongProperty(column.handle(), ENTRIES_IN_MEMORY) > 0
                && (flushedBeside.add(column.number())
                        || db.getLongProperty(column.handle(), BYTES_IN_MEMORY) > LITTLE);
    }

    /**
     * Puts files with all that is there now into a directory, in a time that does not grow with
     * what is in the database's files already: those are linked. Views and dropped columns are not
     * part of it.
     *
     * @param directory does not exist yet
     * @throws IOException if the disk fails
     */
    public void linkInto(Path directory) throws IOException {
        requireOpen();
        closeDropped();
        flushedBeside.clear();
        try (Checkpoint checkpoint = Checkpoint.create(db)) {
            checkpoint.createCheckpoint(directory.toString());
        } catch (RocksDBException e) {
            throw place.failure("linking the files", e);
        }
        // Whoever opens the files would make one of its own and wait until the disk has it.
        Path identity = place.directory().resolve(IDENTITY);
        if (Files.exists(identity)) {
            Files.copy(identity, directory.resolve(IDENTITY));
        }
    }

    /**
     * Every column takes at least one block of the write buffers. RocksDB's default of up to 1 MiB
     * would fill a small budget with a few columns and make it flush for ever.
     */
    private static long arenaBlock(long writeBufferBytes) {
        return Math.max(
                SMALLEST_ARENA_BLOCK,
                Math.min(LARGEST_ARENA_BLOCK, writeBufferBytes / ARENA_BLOCKS));
    }

    /**
     * Makes a column.
     *
     * @param label says what for; need not be unique
     * @return the column, empty
     */
    public Column createColumn(String label) {
        return createColumns(List.of(label)).get(0);
    }

    /**
     * Makes several columns, in far less time than one by one.
     *
     * @param labels say what for; need not be unique
     * @return the columns, empty, in the same order
     */
    public List<Column> createColumns(List<String> labels) {
        requireOpen();
        if (labels.isEmpty()) {
            return List.of();
        }
        List<ColumnFamilyDescriptor> wanted = new ArrayList<>();
        List<Column.Name> names = new ArrayList<>();
        List<NativeScope> owners = new ArrayList<>();
        for (String label : labels) {
            Column.Name name = new Column.Name(columns++, label);
            names.add(name);
            NativeScope owner = resources.own(new NativeScope());
            owners.add(owner);
            wanted.add(new ColumnFamilyDescriptor(name.bytes(), columnOptions(owner)));
        }
        try {
            List<Column> made = new ArrayList<>();
            for (ColumnFamilyHandle handle : db.createColumnFamilies(wanted)) {
                columnResources.put(handle, owners.get(made.size()));
                made.add(new Column(names.get(made.size()), scope.own(handle)));
            }
            return made;
        } catch (RocksDBException e) {
            throw place.failure("making columns for states " + String.join(", ", labels), e);
        }
    }

    /**
     * Removes a column with its entries. Views that were frozen before still have it.
     *
     * @param column not used any more
     */
    public void dropColumn(Column column) {
        requireOpen();
        try {
            db.dropColumnFamily(column.handle());
        } catch (RocksDBException e) {
            throw place.failure("removing the column of state '" + column + "'", e);
        }
        dropped.add(column.handle());
        closeDropped();
    }

    /** A handle keeps the entries for views that are still being read. */
    private void closeDropped() {
        if (!dropped.isEmpty() && leases.count() == 0) {
            for (ColumnFamilyHandle handle : dropped) {
                scope.close(handle);
                resources.close(columnResources.remove(handle));
            }
            dropped.clear();
        }
    }

    /**
     * Reads a value into {@link #value()}.
     *
     * @param column where
     * @param key holds the key at its beginning
     * @param keyLength number of its bytes
     * @return number of the value's bytes, or {@link #ABSENT}
     */
    public int get(Column column, byte[] key, int keyLength) {
        requireOpen();
        if (value.length > KEPT_VALUE_BYTES) {
            value = new byte[VALUE_BYTES];
        }
        try {
            int length = read(column, key, keyLength);
            if (length > value.length) {
                value = new byte[roomFor(length)];
                length = read(column, key, keyLength);
            }
            return length;
        } catch (RocksDBException e) {
            throw place.failure("reading state '" + column + "'", e);
        }
    }

    private int read(Column column, byte[] key, int keyLength) throws RocksDBException {
        return db.get(column.handle(), reads, key, 0, keyLength, value, 0, value.length);
    }

    private static int roomFor(int length) {
        return length > KEPT_VALUE_BYTES ? length : Integer.highestOneBit(length - 1) << 1;
    }

    /**
     * Number of the bytes of a value, without reading it.
     *
     * @param column where
     * @param key holds the key at its beginning
     * @param keyLength number of its bytes
     * @return the number, or {@link #ABSENT}
     */
    public int size(Column column, byte[] key, int keyLength) {
        requireOpen();
        try {
            return db.get(column.handle(), reads, key, 0, keyLength, value, 0, 0);
        } catch (RocksDBException e) {
            throw place.failure("reading state '" + column + "'", e);
        }
    }

    /**
     * The array into which values are read.
     *
     * @return the array; its content is that of the last {@link #get}
     */
    public byte[] value() {
        return value;
    }

    /**
     * Stores an entry.
     *
     * @param column where
     * @param key holds the key at its beginning
     * @param keyLength number of its bytes
     * @param bytes hold the value at their beginning
     * @param length number of its bytes
     */
    public void put(Column column, byte[] key, int keyLength, byte[] bytes, int length) {
        requireOpen();
        try {
            db.put(column.handle(), writes, key, 0, keyLength, bytes, 0, length);
        } catch (RocksDBException e) {
            throw place.failure("writing state '" + column + "'", e);
        }
    }

    /**
     * Appends to the value of an entry, with a ',' between what is there and what is new.
     *
     * @param column where
     * @param key holds the key at its beginning
     * @param keyLength number of its bytes
     * @param bytes hold what to append at their beginning
     * @param length number of its bytes
     */
    public void append(Column column, byte[] key, int keyLength, byte[] bytes, int length) {
        requireOpen();
        try {
            db.merge(column.handle(), writes, key, 0, keyLength, bytes, 0, length);
        } catch (RocksDBException e) {
            throw place.failure("writing state '" + column + "'", e);
        }
    }

    /**
     * Removes an entry, if it is there.
     *
     * @param column where
     * @param key holds the key at its beginning
     * @param keyLength number of its bytes
     */
    public void delete(Column column, byte[] key, int keyLength) {
        requireOpen();
        try {
            db.delete(column.handle(), writes, key, 0, keyLength);
        } catch (RocksDBException e) {
            throw place.failure("removing from state '" + column + "'", e);
        }
    }

    /** Writes what a {@link Batch} has collected. */
    void write(byte[] serialized) {
        requireOpen();
        try (WriteBatch batch = new WriteBatch(serialized)) {
            db.write(writes, batch);
        } catch (RocksDBException e) {
            throw place.failure("writing " + serialized.length + " bytes", e);
        }
    }

    /**
     * Collects writes.
     *
     * @return an empty batch; what was not flushed is forgotten
     */
    public Batch batch() {
        return new Batch(this, setup.batchBytes());
    }

    /**
     * Looks through a column as it is now.
     *
     * @param column where
     * @return a scan; the caller closes it, or {@link #close()} does
     */
    public Scan scan(Column column) {
        requireOpen();
        RocksIterator iterator = scope.own(db.newIterator(column.handle(), reads));
        return new Scan(iterator, () -> scope.close(iterator), place, column);
    }

    /**
     * Fixes the content of the database for reading by another thread.
     *
     * @param holder who reads, for messages
     * @return the view; the reader closes it
     */
    public View freeze(String holder) {
        requireOpen();
        closeDropped();
        Leases.Lease lease = leases.acquire(holder);
        Snapshot snapshot = db.getSnapshot();
        return new View(db, snapshot, place, lease);
    }

    /**
     * Tells whether views are being read.
     *
     * @return number of views not closed
     */
    public int openViews() {
        return leases.count();
    }

    /** Refuses use after {@link #close()}: STATE-3016. */
    public void requireOpen() {
        if (closed) {
            throw place.closed();
        }
    }

    /** The native objects of now, for tests. */
    List<AutoCloseable> live() {
        return Stream.concat(scope.live().stream(), resources.live().stream()).toList();
    }

    /**
     * Waits for the readers of views, then closes everything. Idempotent.
     *
     * @throws HoldfastException STATE-3115 if a view is not closed within a minute; the database
     *     then stays open, since closing it under a reader would kill the JVM
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        List<String> holders = leases.closeAndAwait(PATIENCE);
        if (!holders.isEmpty()) {
            throw Problem.bug(
                            "STATE-3115",
                            "The database of '%s' cannot be closed: it is still being read."
                                    .formatted(place.owner()))
                    .with("by", String.join(", ", holders))
                    .with("waited", PATIENCE)
                    .with("directory", place.directory())
                    .exception();
        }
        closeAll();
    }
}

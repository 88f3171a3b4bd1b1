package io.holdfast.itests.conformance;

import fixture.ConfigurableBackend;
import fixture.ConfigurableOptionsFactory;
import fixture.ConfigurableStorage;
import fixture.LegacyBackend;
import fixture.PlainBackend;
import fixture.PlainOptionsFactory;
import fixture.PlainStorage;
import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.TernaryBoolean;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.backend.hashmap.HashMapStateBackend;
import io.holdfast.backend.rocksdb.EmbeddedRocksDBStateBackend;
import io.holdfast.backend.rocksdb.EmbeddedRocksDBStateBackend.PriorityQueueStateType;
import io.holdfast.backend.rocksdb.PredefinedOptions;
import io.holdfast.backend.rocksdb.RocksDBMemoryConfiguration;
import io.holdfast.backend.rocksdb.RocksDBOptionsFactory;
import io.holdfast.legacy.FsStateBackend;
import io.holdfast.legacy.MemoryStateBackend;
import io.holdfast.legacy.RocksDBStateBackend;
import io.holdfast.runtime.StreamExecutionEnvironment;
import io.holdfast.spi.filesystem.DirectoryLocation;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.storage.filesystem.FileSystemCheckpointStorage;
import io.holdfast.storage.jobmanager.JobManagerCheckpointStorage;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Makes the objects that the program of a case sets, by their constructors and setters. */
final class CodeOfCase {
    private static final String TYPE = "type";
    private static final String DIRECTORY = "checkpointDir";

    private CodeOfCase() {}

    static Optional<StateBackend> backend(Map<String, Object> input) {
        Map<String, Object> wanted = Case.map(input, "appBackend");
        return wanted.isEmpty() ? Optional.empty() : Optional.of(backendOf(wanted));
    }

    static StateBackend backendOf(Map<String, Object> wanted) {
        return switch ((String) wanted.get(TYPE)) {
            case "hashmap" -> new HashMapStateBackend();
            case "rocksdb" -> rocksDb(wanted);
            case "memory" ->
                    new MemoryStateBackend(
                            (String) wanted.get(DIRECTORY),
                            (String) wanted.get("savepointDir"),
                            number(wanted, "maxStateSize")
                                    .orElse(MemoryStateBackend.DEFAULT_MAX_STATE_SIZE),
                            flag(wanted, "async"));
            case "filesystem" -> legacyFiles(wanted);
            case "rocksdb-legacy" -> legacyRocksDb(wanted);
            case "custom-plain" -> new PlainBackend();
            case "custom-configurable" -> new ConfigurableBackend();
            case "custom-legacy" -> new LegacyBackend();
            default -> throw new UnsupportedOperationException("" + wanted.get(TYPE));
        };
    }

    private static TernaryBoolean flag(Map<String, Object> of, String name) {
        return of.get(name) instanceof Boolean value
                ? TernaryBoolean.fromBoolean(value)
                : TernaryBoolean.UNDEFINED;
    }

    private static StateBackend legacyFiles(Map<String, Object> wanted) {
        String directory = (String) wanted.get(DIRECTORY);
        boolean alone = wanted.keySet().stream().allMatch(Set.of(TYPE, DIRECTORY)::contains);
        String savepoints = (String) wanted.get("savepointDir");
        if (!alone && savepoints != null) {
            parsed(directory);
            parsed(savepoints);
        }
        return alone
                ? new FsStateBackend(directory)
                : new FsStateBackend(
                        DirectoryLocation.parse(directory, "checkpoint directory"),
                        savepoints == null
                                ? null
                                : DirectoryLocation.parse(savepoints, "savepoint directory"),
                        number(wanted, "fileStateSizeThreshold").orElse(-1),
                        number(wanted, "writeBufferSize").orElse(-1),
                        flag(wanted, "async"));
    }

    /** As a program of Flink that makes a path of the text; nothing more is asked of it. */
    private static void parsed(String directory) {
        try {
            DirectoryLocation.parse(directory, "directory");
        } catch (HoldfastException e) {
            if (e.problem().code().equals(DirectoryLocation.INVALID)) {
                throw e;
            }
        }
    }

    private static StateBackend legacyRocksDb(Map<String, Object> wanted) {
        TernaryBoolean incremental = flag(wanted, "incremental");
        Map<String, Object> streams = Case.map(wanted, "streamBackend");
        RocksDBStateBackend backend;
        if (!streams.isEmpty()) {
            backend = new RocksDBStateBackend(backendOf(streams), incremental);
        } else {
            String directory = (String) wanted.get(DIRECTORY);
            backend =
                    incremental == TernaryBoolean.UNDEFINED
                            ? new RocksDBStateBackend(directory)
                            : new RocksDBStateBackend(
                                    directory, incremental == TernaryBoolean.TRUE);
        }
        set(wanted, backend.workingBackend());
        return backend;
    }

    private static EmbeddedRocksDBStateBackend rocksDb(Map<String, Object> wanted) {
        Boolean incremental = (Boolean) wanted.get("incremental");
        EmbeddedRocksDBStateBackend backend =
                incremental == null
                        ? new EmbeddedRocksDBStateBackend()
                        : new EmbeddedRocksDBStateBackend(incremental);
        set(wanted, backend);
        return backend;
    }

    private static void set(Map<String, Object> wanted, EmbeddedRocksDBStateBackend backend) {
        if (wanted.get("timers") != null) {
            String timers = ((String) wanted.get("timers")).toUpperCase(Locale.ROOT);
            backend.setPriorityQueueStateType(PriorityQueueStateType.valueOf(timers));
        }
        if (wanted.get("predefinedOptions") != null) {
            backend.setPredefinedOptions(
                    PredefinedOptions.valueOf((String) wanted.get("predefinedOptions")));
        }
        if (wanted.get("optionsFactory") != null) {
            backend.setRocksDBOptions(factory((String) wanted.get("optionsFactory")));
        }
        number(wanted, "transferThreads").ifPresent(backend::setNumberOfTransferThreads);
        number(wanted, "writeBatchSize").ifPresent(backend::setWriteBatchSize);
        if (wanted.get("localDirs") instanceof List<?> directories) {
            backend.setDbStoragePaths(
                    directories.stream().map(String::valueOf).toArray(String[]::new));
        }
        memory(Case.map(wanted, "memory"), backend.getMemoryConfiguration());
    }

    private static RocksDBOptionsFactory factory(String className) {
        return className.equals(PlainOptionsFactory.class.getName())
                ? new PlainOptionsFactory()
                : new ConfigurableOptionsFactory();
    }

    private static void memory(Map<String, Object> wanted, RocksDBMemoryConfiguration memory) {
        if (wanted.get("managed") instanceof Boolean managed) {
            memory.setUseManagedMemory(managed);
        }
        if (wanted.get("fixedPerSlot") != null) {
            memory.setFixedMemoryPerSlot(String.valueOf(wanted.get("fixedPerSlot")));
        }
        if (wanted.get("writeBufferRatio") instanceof Number ratio) {
            memory.setWriteBufferRatio(ratio.doubleValue());
        }
        if (wanted.get("highPrioPoolRatio") instanceof Number ratio) {
            memory.setHighPriorityPoolRatio(ratio.doubleValue());
        }
    }

    static Optional<CheckpointStorage> storage(Map<String, Object> input) {
        Map<String, Object> wanted = Case.map(input, "appStorage");
        return wanted.isEmpty() ? Optional.empty() : Optional.of(storageOf(wanted));
    }

    static CheckpointStorage storageOf(Map<String, Object> wanted) {
        String directory = (String) wanted.get(DIRECTORY);
        return switch ((String) wanted.get(TYPE)) {
            case "jobmanager" -> jobManager(directory, number(wanted, "maxStateSize"));
            case "filesystem" ->
                    files(
                            directory,
                            number(wanted, "fileStateSizeThreshold").orElse(-1),
                            number(wanted, "writeBufferSize").orElse(-1));
            case "custom-plain" -> new PlainStorage();
            case "custom-configurable" -> new ConfigurableStorage();
            default -> throw new UnsupportedOperationException("" + wanted.get(TYPE));
        };
    }

    private static CheckpointStorage jobManager(String directory, Optional<Integer> maxStateSize) {
        if (directory == null) {
            return maxStateSize
                    .map(JobManagerCheckpointStorage::new)
                    .orElseGet(JobManagerCheckpointStorage::new);
        }
        return maxStateSize.isEmpty()
                ? new JobManagerCheckpointStorage(directory)
                : located(
                        directory,
                        location -> new JobManagerCheckpointStorage(location, maxStateSize.get()));
    }

    private static CheckpointStorage files(String directory, int threshold, int writeBuffer) {
        return threshold == -1 && writeBuffer == -1
                ? new FileSystemCheckpointStorage(directory)
                : located(
                        directory,
                        location ->
                                new FileSystemCheckpointStorage(location, threshold, writeBuffer));
    }

    /**
     * As a program of Flink: makes a path of the text, of which an object then asks more. What else
     * is wrong with the object is told first, unless the text is no path at all.
     */
    private static <T> T located(String directory, Function<URI, T> maker) {
        Optional<HoldfastException> refusal = Optional.empty();
        URI location = URI.create("file:/no/directory/was/read");
        try {
            location = DirectoryLocation.parse(directory, "checkpoint directory");
        } catch (HoldfastException e) {
            if (e.problem().code().equals(DirectoryLocation.INVALID)) {
                throw e;
            }
            refusal = Optional.of(e);
        }
        T made = maker.apply(location);
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        return made;
    }

    static Optional<Integer> number(Map<String, Object> of, String name) {
        return Optional.ofNullable((Number) of.get(name)).map(Number::intValue);
    }

    static Configuration configuration(Map<String, Object> settings) {
        Configuration configuration = new Configuration();
        settings.forEach(configuration::setRaw);
        return configuration;
    }

    /** One call on an environment. */
    static void step(StreamExecutionEnvironment env, Map<String, Object> step) {
        switch ((String) step.get("op")) {
            case "configure" -> env.configure(configuration(Case.map(step, "config")));
            case "setStateBackend" -> env.setStateBackend(backendOf(Case.map(step, "backend")));
            case "setCheckpointStorage" ->
                    env.getCheckpointConfig()
                            .setCheckpointStorage(storageOf(Case.map(step, "storage")));
            case "setCheckpointDir" ->
                    env.getCheckpointConfig().setCheckpointStorage((String) step.get("dir"));
            case "setDefaultSavepointDir" ->
                    env.setDefaultSavepointDirectory((String) step.get("dir"));
            case "enableChangelog" -> env.enableChangelogStateBackend((Boolean) step.get("value"));
            default -> throw new UnsupportedOperationException("" + step);
        }
    }
}

package io.holdfast.config.profile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of names, keys and classes of three Flinks, and the profiles made of them. */
final class FlinkProfiles {
    private static final String RUNTIME = "org.apache.flink.runtime.state.";
    private static final String CONTRIB = "org.apache.flink.contrib.streaming.state.";
    private static final String ROCKSDB = "org.apache.flink.state.rocksdb.";
    private static final String FORST = "org.apache.flink.state.forst.";

    private static final String HASHMAP_NAME = "hashmap";
    private static final String ROCKSDB_NAME = "rocksdb";
    private static final String FILESYSTEM_NAME = "filesystem";
    private static final String JOBMANAGER_NAME = "jobmanager";

    private static final Meaning MEMORY = Meaning.of(HASHMAP_NAME, LegacyBackend.MEMORY);
    private static final Meaning FILES = Meaning.of(HASHMAP_NAME, LegacyBackend.FILESYSTEM);
    private static final Meaning LEGACY_ROCKSDB = Meaning.of(ROCKSDB_NAME, LegacyBackend.ROCKSDB);

    private static final Map<String, Meaning> LEGACY_FACTORIES =
            Map.of(
                    RUNTIME + "memory.MemoryStateBackendFactory", MEMORY,
                    RUNTIME + "filesystem.FsStateBackendFactory", FILES,
                    CONTRIB + "RocksDBStateBackendFactory", LEGACY_ROCKSDB);

    private static final Map<String, Meaning> STORAGE_WORDS =
            Map.of(
                    JOBMANAGER_NAME, Meaning.of(JOBMANAGER_NAME),
                    FILESYSTEM_NAME, Meaning.of(FILESYSTEM_NAME));

    private static final Set<String> BACKEND_INTERFACES = Set.of(RUNTIME + "StateBackendFactory");
    private static final Set<String> STORAGE_INTERFACES =
            Set.of(RUNTIME + "CheckpointStorageFactory");

    private static final Set<String> CLASSES_OF_1_12 =
            Set.of(
                    RUNTIME + "memory.MemoryStateBackend",
                    RUNTIME + "filesystem.FsStateBackend",
                    RUNTIME + "filesystem.AbstractFileStateBackend",
                    RUNTIME + "AbstractStateBackend",
                    RUNTIME + "ConfigurableStateBackend",
                    RUNTIME + "StateBackend",
                    RUNTIME + "StateBackendLoader",
                    RUNTIME + "StateBackendFactory",
                    RUNTIME + "CheckpointStorage",
                    CONTRIB + "RocksDBStateBackend",
                    CONTRIB + "RocksDBOptionsFactory",
                    CONTRIB + "ConfigurableRocksDBOptionsFactory",
                    CONTRIB + "DefaultConfigurableOptionsFactory",
                    CONTRIB + "PredefinedOptions");

    private static final Set<String> CLASSES_SINCE_1_13 =
            Set.of(
                    RUNTIME + "AbstractStateBackend",
                    RUNTIME + "ConfigurableStateBackend",
                    RUNTIME + "StateBackend",
                    RUNTIME + "StateBackendLoader",
                    RUNTIME + "StateBackendFactory",
                    RUNTIME + "CheckpointStorage",
                    RUNTIME + "CheckpointStorageFactory",
                    RUNTIME + "CheckpointStorageLoader",
                    RUNTIME + "ConfigurableCheckpointStorage",
                    RUNTIME + "hashmap.HashMapStateBackend",
                    RUNTIME + "storage.FileSystemCheckpointStorage",
                    RUNTIME + "storage.JobManagerCheckpointStorage",
                    "org.apache.flink.state.changelog.ChangelogStateBackend");

    private static final Set<String> CLASSES_OF_1_20 =
            Set.of(
                    RUNTIME + "memory.MemoryStateBackend",
                    RUNTIME + "filesystem.FsStateBackend",
                    RUNTIME + "filesystem.AbstractFileStateBackend",
                    CONTRIB + "RocksDBStateBackend",
                    CONTRIB + "EmbeddedRocksDBStateBackend",
                    CONTRIB + "RocksDBOptionsFactory",
                    CONTRIB + "ConfigurableRocksDBOptionsFactory",
                    CONTRIB + "DefaultConfigurableOptionsFactory",
                    CONTRIB + "PredefinedOptions");

    private static final Set<String> CLASSES_OF_2_3 =
            Set.of(
                    CONTRIB + "EmbeddedRocksDBStateBackend",
                    CONTRIB + "RocksDBOptionsFactory",
                    CONTRIB + "ConfigurableRocksDBOptionsFactory",
                    CONTRIB + "PredefinedOptions",
                    ROCKSDB + "EmbeddedRocksDBStateBackend",
                    ROCKSDB + "RocksDBOptionsFactory",
                    ROCKSDB + "ConfigurableRocksDBOptionsFactory",
                    ROCKSDB + "PredefinedOptions",
                    FORST + "ForStStateBackend",
                    FORST + "ForStOptionsFactory");

    private static final String LOCAL_DIRECTORIES = "state.backend.rocksdb.localdir";
    private static final String FORMER_LOCAL_DIRECTORIES = "state.backend.rocksdb.checkpointdir";
    private static final String MANAGED_MEMORY = "state.backend.rocksdb.memory.managed";
    private static final String ASYNCHRONOUS = "state.backend.async";
    private static final String ASYNCHRONOUS_FLAG = "legacy.asynchronous-flag.honoured";
    private static final String CHANGELOG = "state.changelog.enabled";

    private static final Map<String, ValueRule> VALUES =
            Map.of(
                    "execution.checkpointing.data-inline-threshold",
                    ValueRule.OUT_OF_RANGE_IS_UNSET,
                    "state.backend.rocksdb.memory.fixed-per-tm",
                    ValueRule.UNREADABLE_IS_UNSET,
                    LOCAL_DIRECTORIES,
                    ValueRule.SPLIT_AT_COLONS);

    private static final Map<String, Set<String>> UNREAD_BY =
            Map.of(
                    JOBMANAGER_NAME,
                    Set.of(
                            "execution.checkpointing.data-inline-threshold",
                            "execution.checkpointing.write-buffer-size"));

    private static final Set<String> LATENCY_TRACKING =
            Set.of(
                    "state.latency-track.keyed-state-enabled",
                    "state.latency-track.sample-interval",
                    "state.latency-track.history-size",
                    "state.latency-track.state-name-as-variable");

    private FlinkProfiles() {}

    static CompatibilityProfile flink112() {
        return new CompatibilityProfile(
                "flink-1.12",
                false,
                Merge.LITERAL_KEYS,
                Set.of(),
                Set.of(
                        "state.backend.type",
                        "state.checkpoint-storage",
                        "state.storage.",
                        "state.changelog.",
                        "state.backend.changelog.",
                        "state.latency-track.",
                        "state.backend.rocksdb.timer-service.cache-size",
                        "state.backend.latency-track.",
                        "execution.checkpointing.storage",
                        "execution.checkpointing.dir",
                        "execution.checkpointing.savepoint-dir",
                        "execution.checkpointing.data-inline-threshold",
                        "execution.checkpointing.write-buffer-size",
                        "execution.checkpointing.incremental",
                        "execution.checkpointing.create-subdir"),
                UNREAD_BY,
                Set.of(ASYNCHRONOUS),
                names(
                        Map.of(
                                JOBMANAGER_NAME, MEMORY,
                                FILESYSTEM_NAME, FILES,
                                ROCKSDB_NAME, LEGACY_ROCKSDB),
                        LEGACY_FACTORIES,
                        BACKEND_INTERFACES,
                        CLASSES_OF_1_12),
                names(Map.of(), Map.of(), Set.of(), CLASSES_OF_1_12),
                optionsFactories(
                        Set.of(CONTRIB + "DefaultConfigurableOptionsFactory"), CLASSES_OF_1_12),
                MEMORY,
                true,
                false,
                false,
                false,
                false,
                VALUES,
                Map.of(
                        "state.backend.rocksdb.checkpoint.transfer.thread.num",
                        "1",
                        MANAGED_MEMORY,
                        "true"));
    }

    static CompatibilityProfile flink120() {
        Map<String, Meaning> factories = new HashMap<>(LEGACY_FACTORIES);
        factories.put(RUNTIME + "hashmap.HashMapStateBackendFactory", Meaning.of(HASHMAP_NAME));
        factories.put(CONTRIB + "EmbeddedRocksDBStateBackendFactory", Meaning.of(ROCKSDB_NAME));
        Set<String> classes = union(CLASSES_SINCE_1_13, CLASSES_OF_1_20, factories.keySet());
        return new CompatibilityProfile(
                "flink-1.20",
                false,
                Merge.LITERAL_KEYS,
                Set.of(CHANGELOG),
                Set.of(ASYNCHRONOUS),
                UNREAD_BY,
                LATENCY_TRACKING,
                names(
                        Map.of(
                                JOBMANAGER_NAME, MEMORY,
                                FILESYSTEM_NAME, Meaning.of(HASHMAP_NAME),
                                HASHMAP_NAME, Meaning.of(HASHMAP_NAME),
                                ROCKSDB_NAME, Meaning.of(ROCKSDB_NAME)),
                        factories,
                        BACKEND_INTERFACES,
                        classes),
                names(STORAGE_WORDS, Map.of(), STORAGE_INTERFACES, classes),
                optionsFactories(Set.of(CONTRIB + "DefaultConfigurableOptionsFactory"), classes),
                Meaning.of(HASHMAP_NAME),
                true,
                false,
                true,
                false,
                true,
                VALUES,
                Map.of(MANAGED_MEMORY, "true", ASYNCHRONOUS_FLAG, "false"));
    }

    static CompatibilityProfile flink23() {
        Map<String, Meaning> factories =
                Map.of(
                        RUNTIME + "hashmap.HashMapStateBackendFactory", Meaning.of(HASHMAP_NAME),
                        CONTRIB + "EmbeddedRocksDBStateBackendFactory", Meaning.of(ROCKSDB_NAME),
                        ROCKSDB + "EmbeddedRocksDBStateBackendFactory", Meaning.of(ROCKSDB_NAME),
                        FORST + "ForStStateBackendFactory", Meaning.of("forst"));
        Set<String> classes = union(CLASSES_SINCE_1_13, CLASSES_OF_2_3, factories.keySet());
        return new CompatibilityProfile(
                "flink-2.3",
                false,
                Merge.LITERAL_KEYS,
                Set.of(CHANGELOG),
                Set.of(FORMER_LOCAL_DIRECTORIES, ASYNCHRONOUS),
                UNREAD_BY,
                LATENCY_TRACKING,
                names(
                        Map.of(
                                HASHMAP_NAME,
                                Meaning.of(HASHMAP_NAME),
                                ROCKSDB_NAME,
                                Meaning.of(ROCKSDB_NAME),
                                "forst",
                                Meaning.of("forst")),
                        factories,
                        BACKEND_INTERFACES,
                        classes),
                names(STORAGE_WORDS, Map.of(), STORAGE_INTERFACES, classes),
                optionsFactories(Set.of(), classes),
                Meaning.of(HASHMAP_NAME),
                true,
                false,
                false,
                true,
                true,
                VALUES,
                Map.of(MANAGED_MEMORY, "true", ASYNCHRONOUS_FLAG, "false"));
    }

    static CompatibilityProfile corrected() {
        Map<String, Meaning> factories = new HashMap<>(LEGACY_FACTORIES);
        factories.put(RUNTIME + "hashmap.HashMapStateBackendFactory", Meaning.of(HASHMAP_NAME));
        factories.put(CONTRIB + "EmbeddedRocksDBStateBackendFactory", Meaning.of(ROCKSDB_NAME));
        factories.put(ROCKSDB + "EmbeddedRocksDBStateBackendFactory", Meaning.of(ROCKSDB_NAME));
        Set<String> classes =
                union(
                        union(CLASSES_SINCE_1_13, CLASSES_OF_2_3, CLASSES_OF_1_20),
                        CLASSES_OF_1_12,
                        factories.keySet());
        return new CompatibilityProfile(
                "default",
                true,
                Merge.LAYERS_FIRST,
                Set.of(),
                Set.of(),
                Map.of(),
                Set.of(),
                new Names(
                        Map.of(JOBMANAGER_NAME, MEMORY, FILESYSTEM_NAME, FILES),
                        factories,
                        BACKEND_INTERFACES,
                        classes,
                        true,
                        true),
                new Names(Map.of(), Map.of(), STORAGE_INTERFACES, classes, true, true),
                optionsFactories(Set.of(CONTRIB + "DefaultConfigurableOptionsFactory"), classes),
                Meaning.of(HASHMAP_NAME),
                false,
                true,
                false,
                false,
                false,
                Map.of(),
                Map.of());
    }

    private static Names names(
            Map<String, Meaning> words,
            Map<String, Meaning> factories,
            Set<String> interfaces,
            Set<String> classes) {
        return new Names(words, factories, interfaces, classes, false, false);
    }

    /** Names of factories of RocksDB's options; some stand for "none". */
    private static Names optionsFactories(Set<String> none, Set<String> classes) {
        Map<String, Meaning> words =
                none.stream()
                        .collect(
                                Collectors.toMap(
                                        name -> name.toLowerCase(Locale.ROOT),
                                        name -> Meaning.of(name)));
        Set<String> interfaces =
                Stream.of(CONTRIB, ROCKSDB)
                        .flatMap(
                                prefix ->
                                        Stream.of(
                                                prefix + "RocksDBOptionsFactory",
                                                prefix + "ConfigurableRocksDBOptionsFactory"))
                        .filter(classes::contains)
                        .collect(Collectors.toSet());
        return names(words, Map.of(), interfaces, classes);
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        Set<String> all = new HashSet<>();
        for (Set<String> set : sets) {
            all.addAll(set);
        }
        return all;
    }
}

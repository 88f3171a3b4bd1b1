package io.holdfast.itests.conformance;

import fixture.ConfigurableBackend;
import fixture.ConfigurableStorage;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.config.StateLatencyTrackOptions;
import io.holdfast.config.profile.CompatibilityProfile;
import io.holdfast.spi.state.CompositeStateBackend;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.storage.filesystem.FileSystemCheckpointStorage;
import io.holdfast.storage.jobmanager.JobManagerCheckpointStorage;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Asks objects what they are, in the words of the cases. */
final class Objects {
    private static final String CUSTOM = "custom";
    private static final String FIXTURE = "fixture";

    private final Map<String, Object> outcome;
    private final CompatibilityProfile profile;

    Objects(Map<String, Object> outcome, CompatibilityProfile profile) {
        this.outcome = outcome;
        this.profile = profile;
    }

    void backend(String decided, Optional<StateBackend> made) {
        outcome.put("legacyAdapter", null);
        if (made.isEmpty()) {
            outcome.put("backend", decided);
            return;
        }
        StateBackend backend = made.get();
        if (backend instanceof ConfigurableBackend custom) {
            outcome.put("customSawMarker", custom.marker().orElse(null));
        }
        StateBackend working = backend;
        if (backend instanceof CompositeStateBackend composite) {
            working = composite.workingBackend();
            outcome.put("legacyAdapter", legacy(backend));
        }
        String name = working.name();
        outcome.put("backend", name.equals(FIXTURE) ? CUSTOM : name);
        RocksDbSettings.of(working).ifPresent(rocksdb -> outcome.put("rocksdb", rocksdb));
    }

    /** What a backend is told about tracking latencies, whether or not it uses it yet. */
    void latencyTracking(ReadableConfig config) {
        if (profile.equals(CompatibilityProfile.FLINK_1_12)) {
            return;
        }
        Map<String, Object> tracking = new TreeMap<>();
        tracking.put("enabled", config.get(StateLatencyTrackOptions.LATENCY_TRACK_ENABLED));
        tracking.put(
                "sampleInterval",
                config.get(StateLatencyTrackOptions.LATENCY_TRACK_SAMPLE_INTERVAL));
        tracking.put(
                "historySize", config.get(StateLatencyTrackOptions.LATENCY_TRACK_HISTORY_SIZE));
        tracking.put(
                "stateNameAsVariable",
                config.get(StateLatencyTrackOptions.LATENCY_TRACK_STATE_NAME_AS_VARIABLE));
        outcome.put("latencyTrack", tracking);
    }

    private static String legacy(StateBackend backend) {
        return backend.name().equals(FIXTURE)
                ? CUSTOM
                : backend.name().replaceFirst("^legacy-", "");
    }

    void storage(String decided, Optional<CheckpointStorage> made) {
        String name = made.map(CheckpointStorage::name).orElse(decided);
        outcome.put("storage", name.equals(FIXTURE) ? CUSTOM : name);
        if (made.isEmpty()) {
            return;
        }
        if (made.get() instanceof ConfigurableStorage custom) {
            outcome.put("customStorageSawMarker", custom.marker().orElse(null));
        } else if (made.get() instanceof FileSystemCheckpointStorage files) {
            outcome.put("fileStateSizeThreshold", files.inlineThreshold());
            outcome.put("writeBufferSize", files.writeBufferSize());
            outcome.put("createSubDirs", files.directoryForEachJob());
        } else if (made.get() instanceof JobManagerCheckpointStorage memory) {
            outcome.put("maxStateSize", memory.maxStateSize());
            outcome.put("createSubDirs", memory.directoryForEachJob());
        }
    }
}

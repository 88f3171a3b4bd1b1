package io.holdfast.itests.conformance;

import fixture.ConfigurableBackend;
import fixture.ConfigurableStorage;
import fixture.LegacyBackend;
import fixture.PlainBackend;
import fixture.PlainStorage;
import io.holdfast.backend.hashmap.HashMapStateBackend;
import io.holdfast.spi.filesystem.DirectoryLocation;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.storage.filesystem.FileSystemCheckpointStorage;
import io.holdfast.storage.jobmanager.JobManagerCheckpointStorage;
import java.util.Map;
import java.util.Optional;

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
            case "custom-plain" -> new PlainBackend();
            case "custom-configurable" -> new ConfigurableBackend();
            case "custom-legacy" -> new LegacyBackend();
            default -> throw new UnsupportedOperationException("" + wanted.get(TYPE));
        };
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
                : new JobManagerCheckpointStorage(
                        DirectoryLocation.parse(directory, "checkpoint directory"),
                        maxStateSize.get());
    }

    private static CheckpointStorage files(String directory, int threshold, int writeBuffer) {
        return threshold == -1 && writeBuffer == -1
                ? new FileSystemCheckpointStorage(directory)
                : new FileSystemCheckpointStorage(
                        DirectoryLocation.parse(directory, "checkpoint directory"),
                        threshold,
                        writeBuffer);
    }

    static Optional<Integer> number(Map<String, Object> of, String name) {
        return Optional.ofNullable((Number) of.get(name)).map(Number::intValue);
    }
}

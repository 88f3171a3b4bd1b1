package io.holdfast.storage.jobmanager;

import io.holdfast.api.error.Problem;
import io.holdfast.spi.storage.StoredCheckpoint;
import io.holdfast.toolkit.checkpoint.CheckpointLayout;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The published checkpoints of all jobs of one storage, in memory, and who has which job. May be
 * used by several threads.
 */
final class CoordinatorMemory {
    private static final String SCHEME = "jobmanager:/";

    private final HeapBudget budget;
    // Guarded by this: job to checkpoint id to metadata.
    private final Map<String, NavigableMap<Long, byte[]>> jobs = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    CoordinatorMemory(long limit) {
        this.budget = new HeapBudget(limit);
    }

    HeapBudget budget() {
        return budget;
    }

    synchronized void take(String jobId) {
        if (!taken.add(jobId)) {
            throw Problem.environment(
                            "STORAGE-5002", "The checkpoints of job '" + jobId + "' are in use.")
                    .with("used by", "this process, through the same checkpoint storage")
                    .advise("end that job, or use another job id")
                    .exception();
        }
    }

    synchronized void giveBack(String jobId) {
        taken.remove(jobId);
    }

    synchronized boolean holds(String jobId, long id) {
        return checkpoints(jobId).containsKey(id);
    }

    synchronized StoredCheckpoint publish(String jobId, long id, byte[] metadata)
            throws IOException {
        budget.reserve(metadata.length);
        jobs.computeIfAbsent(jobId, job -> new TreeMap<>()).put(id, metadata);
        return stored(jobId, id, metadata);
    }

    synchronized List<StoredCheckpoint> published(String jobId) {
        return checkpoints(jobId).descendingMap().entrySet().stream()
                .map(each -> stored(jobId, each.getKey(), each.getValue()))
                .toList();
    }

    synchronized void discard(StoredCheckpoint checkpoint) {
        Optional<Address> address = Address.of(checkpoint.pointer());
        if (address.isPresent()) {
            NavigableMap<Long, byte[]> checkpoints = checkpoints(address.get().jobId());
            byte[] metadata = checkpoints.remove(address.get().id());
            if (metadata != null) {
                budget.release(metadata.length);
            }
            if (checkpoints.isEmpty()) {
                jobs.remove(address.get().jobId());
            }
        }
    }

    /** Whether a pointer means memory, and not a file. */
    static boolean isPointer(String pointer) {
        return pointer.startsWith(SCHEME);
    }

    synchronized StoredCheckpoint resolve(String pointer) throws IOException {
        Optional<Address> address = Address.of(pointer);
        if (address.isPresent()) {
            byte[] metadata = checkpoints(address.get().jobId()).get(address.get().id());
            if (metadata != null) {
                return stored(address.get().jobId(), address.get().id(), metadata);
            }
        }
        String held =
                jobs.keySet().stream()
                        .sorted()
                        .flatMap(job -> published(job).stream())
                        .map(StoredCheckpoint::pointer)
                        .collect(Collectors.joining(", "));
        throw Problem.user("STORAGE-5007", "No checkpoint at '" + pointer + "'.")
                .with("looked in", "the memory of this process")
                .with("found", held.isEmpty() ? "no checkpoints" : held)
                .advise(
                        "checkpoints in memory end with their process: set"
                                + " execution.checkpointing.dir to keep them")
                .exception();
    }

    private NavigableMap<Long, byte[]> checkpoints(String jobId) {
        return jobs.getOrDefault(jobId, new TreeMap<>());
    }

    private static StoredCheckpoint stored(String jobId, long id, byte[] metadata) {
        return new StoredCheckpoint(SCHEME + jobId + "/chk-" + id, Optional.empty(), metadata);
    }

    /** What a pointer into memory says. */
    private record Address(String jobId, long id) {
        static Optional<Address> of(String pointer) {
            int slash = pointer.lastIndexOf('/');
            if (!isPointer(pointer) || slash < SCHEME.length()) {
                return Optional.empty();
            }
            OptionalLong id = CheckpointLayout.checkpointId(pointer.substring(slash + 1));
            return id.isPresent()
                    ? Optional.of(
                            new Address(pointer.substring(SCHEME.length(), slash), id.getAsLong()))
                    : Optional.empty();
        }
    }
}

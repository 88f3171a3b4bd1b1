package io.holdfast.itests.worlds;

import io.holdfast.host.Lease;
import io.holdfast.host.ModuleRegistry;
import io.holdfast.host.ProviderKind;
import io.holdfast.host.folder.ModuleFolder;
import io.holdfast.runtime.JobClient;
import io.holdfast.runtime.metrics.HandOverReport;
import io.holdfast.spi.state.StateBackendFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/**
 * The modules of a running job's state backend are updated, and the job is handed over to each
 * version; one of them does not work. Ends with an exception if something is wrong.
 */
final class Updates {
    private static final int RECORDS = 100_000;
    private static final long BETWEEN_RECORDS_NANOS = 500_000;

    private final ModuleRegistry modules;
    private final ModuleFolder source;
    private final Path folder;
    private final Path own;

    /**
     * @param folder the folder of modules, all of them installed
     * @param own a directory of the scenario
     */
    Updates(ModuleRegistry modules, ModuleFolder source, Path folder, Path own) {
        this.modules = modules;
        this.source = source;
        this.folder = folder;
        this.own = own;
    }

    /** Runs; tells how long the job stood still. */
    void run(int updates) throws Exception {
        CountingJob job = CountingJob.start(modules, "hashmap", "jobmanager", "", RECORDS);
        Times heap = new Times();
        Times rocksdb = new Times();
        Times between = new Times();
        update(job, "hashmap", updates, heap);
        between.add(handedOver(job, job.client().switchBackend("rocksdb")).pause());
        update(job, "rocksdb", updates, rocksdb);
        brokenUpdate(job);
        between.add(handedOver(job, job.client().switchBackend("hashmap")).pause());
        System.out.println("updated under a running job: hashmap " + heap + "; rocksdb " + rocksdb);
        System.out.println("switched between the two: " + between);
        System.out.println("updated job: " + job.finish());
        requireNone("leaks after updates", Scenario.leaksInTheEnd(source));
    }

    private void update(CountingJob job, String backend, int updates, Times pauses)
            throws Exception {
        Path original = kept(backend);
        for (int i = 0; i < updates; i++) {
            String version = "7.0." + i;
            put(Versions.of(original, version, own.resolve("next.jar")), backend);
            Scenario.await(modules, version, () -> isOffered(backend, version));
            HandOverReport report = handedOver(job, job.client().handOver());
            requireContains(report.to(), version);
            requireContains(job.client().stateBackend(), version);
            pauses.add(report.pause());
        }
        // The versions before are gone, and not only from the list.
        Scenario.await(
                modules,
                "one version of " + backend,
                () ->
                        modules.providers().stream()
                                        .filter(each -> each.kind() == ProviderKind.STATE_BACKEND)
                                        .filter(each -> each.names().contains(backend))
                                        .count()
                                == 1);
        requireNone("leaks of " + backend, Scenario.leaksInTheEnd(source));
    }

    /** A version that can be found but not used: a class of it is missing. */
    private void brokenUpdate(CountingJob job) throws Exception {
        Path original = kept("rocksdb");
        put(
                Versions.without(
                        original,
                        "8.0.0",
                        "io/holdfast/backend/rocksdb/keyed/RocksDbKeyedBackend.class",
                        own.resolve("next.jar")),
                "rocksdb");
        Scenario.await(modules, "8.0.0", () -> isOffered("rocksdb", "8.0.0"));
        JobClient client = job.client();
        String before = client.stateBackend();
        try {
            handedOver(job, client.handOver());
            throw new AssertionError("handed over to a version that does not work");
        } catch (CompletionException e) {
            requireContains(e.getCause().getMessage(), "JOB-6059");
            System.out.println(
                    "a version that does not work: "
                            + e.getCause().getMessage().replaceAll("\\s+", " "));
        }
        if (!client.stateBackend().equals(before)) {
            throw new AssertionError(client.stateBackend() + " instead of " + before);
        }
        put(Versions.of(original, "8.0.1", own.resolve("next.jar")), "rocksdb");
        Scenario.await(modules, "8.0.1", () -> isOffered("rocksdb", "8.0.1"));
        handedOver(job, client.handOver());
    }

    /** Lets records pass meanwhile: a source that stands in the middle of one sends no cut. */
    private static HandOverReport handedOver(
            CountingJob job, CompletableFuture<HandOverReport> handOver) {
        while (!handOver.isDone()) {
            job.let(1);
            LockSupport.parkNanos(BETWEEN_RECORDS_NANOS);
        }
        return handOver.join();
    }

    private Path jar(String backend) {
        return folder.resolve("holdfast-backend-" + backend + ".jar");
    }

    private Path kept(String backend) throws IOException {
        Path copy = own.resolve("original-" + backend + ".jar");
        if (!Files.exists(copy)) {
            Files.copy(jar(backend), copy);
        }
        return copy;
    }

    private void put(Path next, String backend) throws IOException {
        Files.move(next, jar(backend), StandardCopyOption.ATOMIC_MOVE);
    }

    private boolean isOffered(String backend, String version) {
        try (Lease<StateBackendFactory> lease =
                modules.lease(ProviderKind.STATE_BACKEND, backend, "a look")) {
            return lease.origin().version().equals(version);
        }
    }

    private static void requireContains(String text, String part) {
        if (!text.contains(part)) {
            throw new AssertionError(text + " lacks " + part);
        }
    }

    private static void requireNone(String what, List<?> found) {
        if (!found.isEmpty()) {
            throw new AssertionError(what + ": " + found);
        }
    }
}

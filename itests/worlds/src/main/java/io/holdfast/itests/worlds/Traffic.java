package io.holdfast.itests.worlds;

import io.holdfast.host.Lease;
import io.holdfast.host.ModuleRegistry;
import io.holdfast.host.ProviderKind;
import io.holdfast.host.folder.ModuleFolder;
import io.holdfast.spi.state.StateBackendFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Eight threads at once: two replace modules, one lets a module come and go, one compares the
 * folder, two lease without pause, two open backends. Whoever leases must never be refused.
 */
final class Traffic {
    private static final ProviderKind<StateBackendFactory> BACKEND = ProviderKind.STATE_BACKEND;
    private static final List<String> BACKENDS = List.of("hashmap", "rocksdb");
    private static final int REPLACEMENTS = 25;
    private static final int VISITS = 15;
    private static final String GUEST = "holdfast-storage-jobmanager.jar";
    private static final int THREADS = 8;
    private static final int LONGEST_MINUTES = 5;

    private final ModuleRegistry modules;
    private final ModuleFolder source;
    private final Path jars;
    private final Path folder;
    private final Path own;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger leases = new AtomicInteger();
    private final AtomicInteger uses = new AtomicInteger();

    Traffic(ModuleRegistry modules, ModuleFolder source, Path jars, Path folder, Path own) {
        this.modules = modules;
        this.source = source;
        this.jars = jars;
        this.folder = folder;
        this.own = own;
    }

    /** Both backends must be there; they are afterwards. */
    void run() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Void>> users = new ArrayList<>();
            for (String backend : BACKENDS) {
                users.add(threads.submit(untilStopped(() -> lease(backend))));
                users.add(threads.submit(untilStopped(() -> use(backend))));
            }
            users.add(threads.submit(untilStopped(source::refresh)));
            List<Future<Void>> changes = new ArrayList<>();
            for (String backend : BACKENDS) {
                changes.add(threads.submit(() -> replace(backend)));
            }
            changes.add(threads.submit(this::comeAndGo));
            for (Future<Void> change : changes) {
                change.get(LONGEST_MINUTES, TimeUnit.MINUTES);
            }
            stop.set(true);
            for (Future<Void> user : users) {
                user.get(LONGEST_MINUTES, TimeUnit.MINUTES);
            }
        } finally {
            stop.set(true);
            threads.shutdown();
        }
        Scenario.requireEqual("backends", Set.copyOf(BACKENDS), modules.names(BACKEND));
        if (leases.get() < REPLACEMENTS || uses.get() == 0) {
            throw new AssertionError("nothing was used: " + leases + " leases, " + uses + " uses");
        }
        System.out.printf(
                "traffic: %d replacements, %d visits, %d leases, %d backends opened meanwhile, none"
                        + " failed%n",
                REPLACEMENTS * BACKENDS.size(), VISITS, leases.get(), uses.get());
    }

    /** Something to do again and again. */
    private interface Step {
        void run() throws Exception;
    }

    private Callable<Void> untilStopped(Step step) {
        return () -> {
            while (!stop.get()) {
                step.run();
            }
            return null;
        };
    }

    private void lease(String backend) {
        try (Lease<StateBackendFactory> lease = modules.lease(BACKEND, backend)) {
            Scenario.requireEqual("names", Set.of(backend), lease.names());
            leases.incrementAndGet();
        }
    }

    private void use(String backend) throws IOException {
        try (Lease<StateBackendFactory> lease = modules.lease(BACKEND, backend)) {
            OneKey.putAndGet(lease.factory(), own.resolve("traffic-" + backend));
            uses.incrementAndGet();
        }
    }

    private Void replace(String backend) throws IOException {
        String name = "holdfast-backend-" + backend + ".jar";
        for (int i = 1; i <= REPLACEMENTS; i++) {
            String version = "2.0." + i;
            Path next = Versions.of(jars.resolve(name), version, own.resolve("next-" + name));
            Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            Scenario.await(
                    modules,
                    backend + " " + version,
                    () -> {
                        try (Lease<StateBackendFactory> lease = modules.lease(BACKEND, backend)) {
                            return lease.origin().version().equals(version);
                        }
                    });
        }
        return null;
    }

    private Void comeAndGo() throws IOException {
        Path outside = own.resolve(GUEST);
        for (int i = 0; i < VISITS; i++) {
            Files.move(folder.resolve(GUEST), outside);
            Scenario.await(modules, "guest gone", () -> !guestIsThere());
            Files.move(outside, folder.resolve(GUEST));
            Scenario.await(modules, "guest", this::guestIsThere);
        }
        return null;
    }

    private boolean guestIsThere() {
        return modules.names(ProviderKind.CHECKPOINT_STORAGE).contains("jobmanager");
    }
}

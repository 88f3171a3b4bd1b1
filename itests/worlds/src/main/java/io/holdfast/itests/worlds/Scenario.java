package io.holdfast.itests.worlds;

import io.holdfast.host.ClassPathSource;
import io.holdfast.host.Lease;
import io.holdfast.host.ModuleRegistry;
import io.holdfast.host.ModuleReport;
import io.holdfast.host.ProviderKind;
import io.holdfast.host.archive.Trust;
import io.holdfast.host.folder.ModuleFolder;
import io.holdfast.host.isolation.Leak;
import io.holdfast.host.world.LayerWorld;
import io.holdfast.host.world.LoaderWorld;
import io.holdfast.host.world.ModuleWorld;
import io.holdfast.spi.state.StateBackendFactory;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program with jobs whose modules come from one world, and, where modules can change, change
 * while a job runs. Prints what it saw; ends with an exception if something is wrong.
 *
 * <p>Arguments: the world, a directory with the modules' jars, a directory of its own, the number
 * of deployments.
 */
public final class Scenario {
    private static final ProviderKind<StateBackendFactory> BACKEND = ProviderKind.STATE_BACKEND;
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final long POLL_NANOS = 200_000;
    private static final int RECORDS = 20_000;
    private static final int RECORDS_IN_A_CYCLE = 200;
    private static final String CYCLED = "holdfast-backend-rocksdb.jar";
    private static final int LEAST_WARM_UP = 5;
    private static final int MOST_WARM_UP = 100;
    private static final int SAMPLES = 20;

    private final String world;
    private final Path jars;
    private final Path own;
    private final Path folder;
    private ModuleRegistry modules;
    private ModuleFolder source;

    private Scenario(String world, Path jars, Path own) {
        this.world = world;
        this.jars = jars;
        this.own = own;
        this.folder = own.resolve("modules");
    }

    /**
     * Runs.
     *
     * @param arguments as above
     */
    public static void main(String[] arguments) {
        try {
            new Scenario(arguments[0], Path.of(arguments[1]), Path.of(arguments[2]))
                    .run(Integer.parseInt(arguments[3]));
        } catch (Exception | AssertionError e) {
            // Threads of a framework or a job would keep the process alive.
            e.printStackTrace();
            System.exit(1);
        }
        System.out.println("PASSED");
    }

    private void run(int cycles) throws Exception {
        System.out.printf(
                "world %s, Java %s, %d processors%n",
                world,
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors());
        if (world.equals("class path")) {
            modules = ModuleRegistry.open(new ClassPathSource(Scenario.class.getClassLoader()));
            jobs();
            modules.close();
            return;
        }
        Files.createDirectories(folder);
        source = new ModuleFolder(folder, own.resolve("work"), world(), Trust.any());
        modules = ModuleRegistry.open(source);
        for (Path jar : jars()) {
            Files.copy(jar, folder.resolve(jar.getFileName()));
        }
        await("all modules", () -> modules.names(BACKEND).equals(Set.of("hashmap", "rocksdb")));
        await(
                "all storages",
                () ->
                        modules.names(ProviderKind.CHECKPOINT_STORAGE)
                                .equals(Set.of("filesystem", "jobmanager")));
        requireWorld();
        jobs();
        deployments(cycles);
        new Traffic(modules, source, jars, folder, own).run();
        new Updates(modules, source, folder, own).run(Math.max(3, cycles / 20));
        modules.close();
        requireEqual("leaks after the end", List.of(), leaksInTheEnd());
    }

    private ModuleWorld world() throws ReflectiveOperationException {
        return switch (world) {
            case "class loader" -> new LoaderWorld(Scenario.class.getClassLoader());
            case "module layer" -> new LayerWorld();
            case "OSGi" -> bundles();
            default -> throw new IllegalArgumentException(world);
        };
    }

    /** By name: in the world of the module path there is no OSGi. */
    private ModuleWorld bundles() throws ReflectiveOperationException {
        try {
            return (ModuleWorld)
                    Class.forName("io.holdfast.osgi.BundleWorld")
                            .getConstructor(Path.class)
                            .newInstance(own.resolve("framework"));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(jars)) {
            return files.sorted().toList();
        }
    }

    private void requireWorld() {
        for (ModuleReport module : modules.modules()) {
            requireEqual("world of " + module, world, module.origin().world());
            requireEqual("state of " + module, ModuleReport.State.AVAILABLE, module.state());
        }
        System.out.println(
                "modules "
                        + modules.modules().stream()
                                .map(ModuleReport::name)
                                .collect(Collectors.joining(", ")));
    }

    private void jobs() throws Exception {
        String expected = null;
        for (String backend : List.of("hashmap", "rocksdb")) {
            for (String storage : List.of("jobmanager", "filesystem")) {
                String directory = own.resolve("checkpoints-" + backend).toUri().toString();
                CountingJob job = CountingJob.start(modules, backend, storage, directory, RECORDS);
                String digest = job.finish();
                expected = expected == null ? digest : expected;
                requireEqual("digest of " + backend + " on " + storage, expected, digest);
            }
        }
        System.out.println("jobs on two backends and two storages: digest " + expected);
    }

    private void deployments(int cycles) throws Exception {
        int warmUp = Math.min(MOST_WARM_UP, Math.max(LEAST_WARM_UP, cycles / 5));
        int records = (cycles + warmUp) * RECORDS_IN_A_CYCLE + 2_000;
        String undisturbed = start(records).finish();
        Path original = own.resolve(CYCLED);
        Files.move(folder.resolve(CYCLED), original);
        await("rocksdb gone", () -> !modules.names(BACKEND).contains("rocksdb"));
        CountingJob job = start(records);
        for (int i = 0; i < warmUp; i++) {
            job.let(RECORDS_IN_A_CYCLE);
            cycle(original, "0.0." + i, new Times(), new Times(), new Times());
        }
        Times dropped = new Times();
        Times replaced = new Times();
        Times removed = new Times();
        Resources before = settled(null);
        Growth growth = new Growth();
        growth.add(0, before);
        for (int i = 1; i <= cycles; i++) {
            job.let(RECORDS_IN_A_CYCLE);
            cycle(original, "1.0." + i, dropped, replaced, removed);
            if (i % Math.max(1, cycles / SAMPLES) == 0) {
                growth.add(i, settled(before));
            }
        }
        Resources after = settled(before);
        System.out.println("dropped " + dropped);
        System.out.println("replaced " + replaced);
        System.out.println("removed " + removed);
        System.out.println(growth);
        System.out.printf(
                "descriptors %d -> %d, threads %d -> %d, hooks %d -> %d, MBeans %d -> %d,"
                        + " temporary files %d -> %d, mappings of the library %d%n",
                before.descriptors(),
                after.descriptors(),
                before.threads().size(),
                after.threads().size(),
                before.hooks().size(),
                after.hooks().size(),
                before.beans().size(),
                after.beans().size(),
                before.temporary().size(),
                after.temporary().size(),
                after.mappings().size());
        requireEqual("what is left behind", "", after.beyond(before));
        requireEqual("mappings of the library", 1, after.mappings().size());
        growth.require();
        String disturbed = job.finish();
        System.out.println("job that ran meanwhile: digest " + disturbed);
        System.out.println("job that ran alone:     digest " + undisturbed);
        requireEqual("digest", undisturbed, disturbed);
        Files.move(original, folder.resolve(CYCLED));
        await("rocksdb", () -> modules.names(BACKEND).contains("rocksdb"));
    }

    private CountingJob start(int records) {
        return CountingJob.start(modules, "hashmap", "jobmanager", "", records);
    }

    /** What does not go however often one asks: a job that just ended may still hold something. */
    private List<Leak> leaksInTheEnd() {
        return leaksInTheEnd(source);
    }

    /** The same, for others. */
    static List<Leak> leaksInTheEnd(ModuleFolder source) {
        source.refresh();
        long end = System.nanoTime() + PATIENCE_NANOS / 4;
        List<Leak> leaks = source.leaks();
        while (!leaks.isEmpty() && System.nanoTime() < end) {
            leaks = source.leaks();
        }
        return leaks;
    }

    /**
     * What is held once all that left was collected, and once that is no more than before; or after
     * a while.
     */
    private Resources settled(Resources before) throws Exception {
        source.refresh();
        // Three collections, no more.
        requireEqual("leaks", List.of(), source.leaks());
        Resources now = Resources.now();
        long end = System.nanoTime() + PATIENCE_NANOS / 4;
        while (before != null && !now.beyond(before).isEmpty() && System.nanoTime() < end) {
            now = Resources.now();
        }
        return now;
    }

    /** Deploys, uses, replaces, uses, removes. */
    private void cycle(Path original, String version, Times drop, Times replace, Times remove)
            throws Exception {
        long start = put(original, version + ".1");
        await("rocksdb", () -> modules.names(BACKEND).contains("rocksdb"));
        drop.since(start);
        use(version + ".1");
        start = put(original, version + ".2");
        // A rename that is atomic leaves no moment without the file, so a lease never fails here.
        await(
                "the successor",
                () -> {
                    try (Lease<StateBackendFactory> lease = modules.lease(BACKEND, "rocksdb")) {
                        return lease.origin().version().endsWith(".2");
                    }
                });
        replace.since(start);
        use(version + ".2");
        start = System.nanoTime();
        Files.delete(folder.resolve(CYCLED));
        await("rocksdb gone", () -> !modules.names(BACKEND).contains("rocksdb"));
        remove.since(start);
    }

    private void use(String version) throws IOException {
        try (Lease<StateBackendFactory> lease = modules.lease(BACKEND, "rocksdb", "a cycle")) {
            requireEqual("version", version, lease.origin().version());
            OneKey.putAndGet(lease.factory(), own.resolve("state"));
        }
    }

    /** Moves a version of the jar into the folder; tells when. */
    private long put(Path original, String version) throws IOException {
        Path jar = Versions.of(original, version, own.resolve("next.jar"));
        long start = System.nanoTime();
        Files.move(jar, folder.resolve(CYCLED), StandardCopyOption.ATOMIC_MOVE);
        return start;
    }

    /** Something to wait for. */
    interface Condition {
        boolean holds();
    }

    private void await(String what, Condition condition) {
        await(modules, what, condition);
    }

    /** Waits; says what was there if it was in vain. */
    static void await(ModuleRegistry modules, String what, Condition condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(what + ": waited in vain; " + modules.modules());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    static void requireEqual(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(what + ": " + actual + " instead of " + expected);
        }
    }
}

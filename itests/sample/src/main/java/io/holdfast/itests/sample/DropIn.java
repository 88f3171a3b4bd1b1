package io.holdfast.itests.sample;

import io.holdfast.examples.ResultDigest;
import io.holdfast.host.ClassPathSource;
import io.holdfast.host.ModuleRegistry;
import io.holdfast.host.ProviderKind;
import io.holdfast.host.archive.Trust;
import io.holdfast.host.folder.ModuleFolder;
import io.holdfast.host.world.LayerWorld;
import io.holdfast.host.world.LoaderWorld;
import io.holdfast.host.world.ModuleWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A host that runs a job on its own backend; then a stranger's jar is dropped into its folder, and
 * the job runs on that, and goes there and back while it runs. Prints all results; ends with an
 * exception if they differ.
 *
 * <p>Arguments: the world, a directory with the jars of the host's own modules, the stranger's jar,
 * the name of the stranger's backend, a directory of its own. On the class path the jars are there
 * already, and the second and third argument not used.
 */
public final class DropIn {
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final long POLL_NANOS = 1_000_000;

    private final Path own;
    private final String backend;
    private final ModuleRegistry modules;

    private DropIn(ModuleRegistry modules, String backend, Path own) {
        this.modules = modules;
        this.backend = backend;
        this.own = own;
    }

    /**
     * Runs.
     *
     * @param arguments as above
     */
    public static void main(String[] arguments) {
        String world = arguments[0];
        Path own = Path.of(arguments[4]);
        try {
            System.out.println("world " + world + ", Java " + System.getProperty("java.version"));
            if (world.equals("class path")) {
                ClassPathSource source = new ClassPathSource(DropIn.class.getClassLoader());
                try (ModuleRegistry modules = ModuleRegistry.open(source)) {
                    DropIn host = new DropIn(modules, arguments[3], own);
                    host.compare(host.run("hashmap"));
                }
            } else {
                runWithFolder(
                        world, Path.of(arguments[1]), Path.of(arguments[2]), arguments[3], own);
            }
        } catch (Exception | AssertionError e) {
            // Threads of a framework or a job would keep the process alive.
            e.printStackTrace();
            System.exit(1);
        }
        System.out.println("PASSED");
    }

    private static void runWithFolder(
            String world, Path jars, Path stranger, String backend, Path own) throws Exception {
        Path folder = Files.createDirectories(own.resolve("modules"));
        try (var files = Files.list(jars)) {
            for (Path jar : files.toList()) {
                Files.copy(jar, folder.resolve(jar.getFileName()));
            }
        }
        ModuleFolder source =
                new ModuleFolder(folder, own.resolve("work"), world(world, own), Trust.any());
        try (ModuleRegistry modules = ModuleRegistry.open(source)) {
            DropIn host = new DropIn(modules, backend, own);
            ResultDigest expected = host.run("hashmap");
            if (modules.names(ProviderKind.STATE_BACKEND).contains(backend)) {
                throw new AssertionError(backend + " is there before it was dropped in");
            }
            Files.copy(stranger, folder.resolve(stranger.getFileName()));
            host.compare(expected);
        }
    }

    private static ModuleWorld world(String world, Path own) throws ReflectiveOperationException {
        return switch (world) {
            case "class loader" -> new LoaderWorld(DropIn.class.getClassLoader());
            case "module layer" -> new LayerWorld();
            // By name: in the world of the module path there is no OSGi.
            case "OSGi" ->
                    (ModuleWorld)
                            Class.forName("io.holdfast.osgi.BundleWorld")
                                    .getConstructor(Path.class)
                                    .newInstance(own.resolve("framework"));
            default -> throw new IllegalArgumentException(world);
        };
    }

    /** Runs on the stranger's backend, and goes there and back while it runs. */
    private void compare(ResultDigest expected) {
        requireEqual(expected, run(backend));
        ResultDigest there =
                EveryKindJob.switching(modules, checkpoints("there"), "hashmap", backend);
        System.out.println("hashmap, then " + backend + ": " + there);
        requireEqual(expected, there);
        ResultDigest back =
                EveryKindJob.switching(
                        modules, checkpoints("back"), backend, "hashmap", backend, "hashmap");
        System.out.println(backend + " to and fro: " + back);
        requireEqual(expected, back);
    }

    private static void requireEqual(ResultDigest expected, ResultDigest found) {
        if (!found.equals(expected)) {
            throw new AssertionError(found + " instead of " + expected);
        }
    }

    private ResultDigest run(String name) {
        await(name);
        ResultDigest digest = EveryKindJob.failing(modules, name, checkpoints(name));
        System.out.println(name + ": " + digest);
        return digest;
    }

    private String checkpoints(String name) {
        return own.resolve("checkpoints-" + name).toUri().toString();
    }

    private void await(String name) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!modules.names(ProviderKind.STATE_BACKEND).contains(name)
                || !modules.names(ProviderKind.CHECKPOINT_STORAGE).contains("filesystem")) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "waited in vain for " + name + ": " + List.copyOf(modules.modules()));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}

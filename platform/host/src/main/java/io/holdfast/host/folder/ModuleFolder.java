package io.holdfast.host.folder;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.host.FoundModule;
import io.holdfast.host.Origin;
import io.holdfast.host.ProviderSource;
import io.holdfast.host.archive.DamagedArchiveException;
import io.holdfast.host.archive.ModuleArchive;
import io.holdfast.host.archive.Trust;
import io.holdfast.host.isolation.Leak;
import io.holdfast.host.isolation.LeakWatch;
import io.holdfast.host.isolation.Probe;
import io.holdfast.host.world.LoadedModule;
import io.holdfast.host.world.ModuleWorld;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the modules of a host equal to the jars of a folder, while it runs: a jar that is dropped
 * in is used, one that is replaced is updated without a moment in between, one that is deleted
 * drains and goes. May be used from any thread.
 *
 * <p>The best way to put a jar there is to copy it beside the folder and to rename it into it; one
 * that is copied in place is waited for.
 */
public final class ModuleFolder implements ProviderSource {
    /*
     * Everything is done by one thread, the worker, which compares the folder with what it knows: events of the file system only wake it, since they
     * get lost, come late and mean little. A file is looked at when its length, time or identity has changed. Its bytes are copied before they are
     * checked, so that what was checked is what is loaded, whatever becomes of the file; and a jar that is overwritten never hurts the module that
     * was loaded from it.
     *
     * A module's slot holds the jar that is in use. Its successor is loaded beside it and offered to the registry, which makes its providers, asks
     * their names and exchanges the two under its lock, or changes nothing. The predecessor drains: when its last lease ends, the registry says so,
     * and the unloader, a second thread, unloads it: what goes must not hold up what comes. Modules without providers are libraries, which others are linked to; they stay until the host ends, since nothing
     * here can exchange a library under a module that uses it, and a native library can never be unloaded at all.
     *
     * What was refused is tried again when another module came or went: what it missed, or what was in its way, may have changed.
     */
    private static final Logger LOG = LoggerFactory.getLogger(ModuleFolder.class);
    private static final Duration RESCAN = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Duration ABSENT = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration LONGEST_LOAD = Duration.ofSeconds(10);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    /** By what a change of a file is seen. */
    private record Stamp(long size, long modified, Object key) {}

    /** A module in use, or draining. */
    private record Deployed(
            ModuleArchive archive, LoadedModule loaded, FoundModule found, boolean library) {}

    /** What is known of one file. */
    private static final class Slot {
        private Stamp stamp;
        private long changedAt;
        private boolean done;
        private boolean refused;
        private Deployed current;
        // When the file was first missed; 0 while it is there.
        private long missedAt;
    }

    private final Path folder;
    private final WorkDirectory work;
    private final ModuleWorld world;
    private final Trust trust;
    private final Duration patience;
    private final Duration absent;
    private final Probe probe = new Probe(LONGEST_LOAD);
    private final LeakWatch leaks = new LeakWatch();
    private final ScheduledThreadPoolExecutor worker;
    private final ExecutorService unloader;
    private final WatchService watch;
    private Observer observer;

    // Touched by the worker alone; by close() after the worker ended.
    private final Map<Path, Slot> slots = new TreeMap<>();
    private final Map<String, Deployed> libraries = new HashMap<>();
    private boolean retry;
    private boolean lookAgain;
    private volatile boolean closed;

    // Providing modules that are loaded, draining ones included.
    private final AtomicInteger inUse = new AtomicInteger();
    private final AtomicBoolean finished = new AtomicBoolean();

    /**
     * A folder of modules.
     *
     * @param folder watched; must exist
     * @param work for private copies; made if need be; nobody else may use it
     * @param world loads the modules; closed with this source
     * @param trust says which jars may be loaded
     * @throws IOException if the folder cannot be watched
     * @throws HoldfastException MODULE-2017 if another host has {@code work}
     */
    public ModuleFolder(Path folder, Path work, ModuleWorld world, Trust trust) throws IOException {
        this(folder, work, world, trust, PATIENCE);
    }

    /**
     * A folder of modules.
     *
     * @param folder watched; must exist
     * @param work for private copies; made if need be; nobody else may use it
     * @param world loads the modules; closed with this source
     * @param trust says which jars may be loaded
     * @param patience how long a jar that is not whole may stay unchanged until it is refused
     * @throws IOException if the folder cannot be watched
     * @throws HoldfastException MODULE-2017 if another host has {@code work}
     */
    public ModuleFolder(Path folder, Path work, ModuleWorld world, Trust trust, Duration patience)
            throws IOException {
        this(folder, work, world, trust, patience, ABSENT);
    }

    /**
     * A folder of modules with a work directory of its own, below the directory for temporary
     * files: removed when the last module is gone, or by a later host if this one is killed.
     *
     * @param folder watched; must exist
     * @param world loads the modules; closed with this source
     * @param trust says which jars may be loaded
     * @return the source
     * @throws IOException if the folder cannot be watched, or no file can be written
     */
    public static ModuleFolder open(Path folder, ModuleWorld world, Trust trust)
            throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        return new ModuleFolder(
                folder, WorkDirectory.below(temporary), world, trust, PATIENCE, ABSENT);
    }

    /** The same, with the time that a file must be away to count as removed. */
    ModuleFolder(
            Path folder,
            Path work,
            ModuleWorld world,
            Trust trust,
            Duration patience,
            Duration absent)
            throws IOException {
        this(folder, WorkDirectory.take(work), world, trust, patience, absent);
    }

    private ModuleFolder(
            Path folder,
            WorkDirectory work,
            ModuleWorld world,
            Trust trust,
            Duration patience,
            Duration absent)
            throws IOException {
        this.absent = absent;
        this.world = world;
        this.trust = trust;
        this.patience = patience;
        this.work = work;
        try {
            this.folder = folder.toRealPath();
            this.watch = folder.getFileSystem().newWatchService();
            this.folder.register(
                    watch,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
        } catch (IOException | RuntimeException e) {
            work.close();
            throw e;
        }
        this.worker = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "holdfast-modules"));
        worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.unloader =
                Executors.newSingleThreadExecutor(task -> daemon(task, "holdfast-modules-unload"));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public String world() {
        return world.name();
    }

    /**
     * What is watched.
     *
     * @return the folder's real path
     */
    public Path folder() {
        return folder;
    }

    /**
     * What decides which jars are loaded.
     *
     * @return the trust
     */
    public Trust trust() {
        return trust;
    }

    @Override
    public void start(Observer given) {
        observer = given;
        try {
            worker.submit(this::compare).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        daemon(this::watch, "holdfast-modules-watch").start();
    }

    private void watch() {
        try {
            while (!closed) {
                WatchKey key = watch.poll(RESCAN.toMillis(), TimeUnit.MILLISECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
                worker.execute(this::compare);
            }
        } catch (ClosedWatchServiceException | RejectedExecutionException e) {
            LOG.debug("The folder {} is watched no more", folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void compare() {
        try {
            lookAgain = false;
            compareOnce();
            // Each success may let another module in; each can happen once for each file.
            for (int i = 0; retry && i <= slots.size(); i++) {
                retry = false;
                slots.values().stream()
                        .filter(slot -> slot.refused)
                        .forEach(slot -> slot.done = false);
                compareOnce();
            }
            if (lookAgain) {
                worker.schedule(this::compare, LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (RuntimeException e) {
            LOG.error("The folder {} cannot be compared", folder, e);
        } catch (IOException e) {
            LOG.warn("The folder {} cannot be read: {}", folder, e.toString());
        }
    }

    private void compareOnce() throws IOException {
        Map<Path, Stamp> now = stamps();
        now.forEach(this::look);
        List<Path> missing =
                slots.keySet().stream().filter(file -> !now.containsKey(file)).toList();
        missing.forEach(this::miss);
    }

    /** Removes what stays away: many tools replace a file by deleting it first. */
    private void miss(Path file) {
        Slot slot = slots.get(file);
        long now = System.nanoTime();
        if (slot.missedAt == 0) {
            slot.missedAt = now;
            worker.schedule(this::compare, absent.toMillis(), TimeUnit.MILLISECONDS);
        } else if (now - slot.missedAt >= absent.toNanos()) {
            remove(file);
        }
    }

    private Map<Path, Stamp> stamps() throws IOException {
        Map<Path, Stamp> now = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path file : files) {
                addStamp(now, file);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        // A listing may miss a file that is being replaced; asked for by its name, it is there.
        for (Path known : slots.keySet()) {
            if (!now.containsKey(known)) {
                addStamp(now, known);
            }
        }
        return now;
    }

    private static void addStamp(Map<Path, Stamp> now, Path file) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isDirectory()) {
                now.put(
                        file,
                        new Stamp(
                                attributes.size(),
                                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                                attributes.fileKey()));
            }
        } catch (NoSuchFileException e) {
            // Not there, or gone since it was listed.
            return;
        }
    }

    private void look(Path file, Stamp stamp) {
        Slot slot = slots.computeIfAbsent(file, path -> new Slot());
        slot.missedAt = 0;
        if (!stamp.equals(slot.stamp)) {
            slot.stamp = stamp;
            slot.changedAt = System.nanoTime();
            slot.done = false;
        }
        if (!slot.done) {
            slot.done = deploy(file, slot);
            lookAgain |= !slot.done;
        }
    }

    /**
     * Tries.
     *
     * @return false if the file may become whole and should be looked at again
     */
    private boolean deploy(Path file, Slot slot) {
        Path copy = null;
        try {

            refuseLink(file);
            ModuleArchive.checkWhole(file);
            copy = work.copy(file);
            ModuleArchive archive = ModuleArchive.read(copy, file.toString());
            if (isLoaded(slot, archive)) {
                accepted(file, slot);
                return true;
            }
            trust.verify(archive);
            checkPlace(file, slot, archive);
            slot.current = exchange(slot, archive);
            copy = null; // It belongs to the module now.
            accepted(file, slot);
            retry = true;
        } catch (DamagedArchiveException e) {
            if (System.nanoTime() - slot.changedAt < patience.toNanos()) {
                return false;
            }
            refuse(file, slot, unreadable(file, "is damaged or was never completed", e));
        } catch (NoSuchFileException e) {
            return true; // The next comparison sees that it is gone.
        } catch (IOException e) {
            refuse(file, slot, unreadable(file, "cannot be read", e));
        } catch (HoldfastException e) {
            refuse(file, slot, e.problem());
        } finally {
            if (copy != null) {
                work.remove(copy);
            }
        }
        return true;
    }

    private static void refuseLink(Path file) {
        if (Files.isSymbolicLink(file)) {
            throw Problem.user("MODULE-2011", "The jar is refused: it is a link.")
                    .with("jar", file)
                    .advise("put the jar itself there: what a link leads to changes unseen")
                    .exception();
        }
    }

    /** Whether these bytes are in use already; a library may come back under its old name. */
    private boolean isLoaded(Slot slot, ModuleArchive archive) {
        Deployed library = libraries.get(archive.name());
        if (slot.current == null
                && library != null
                && library.archive.digest().equals(archive.digest())) {
            slot.current = library;
        }
        return slot.current != null && slot.current.archive.digest().equals(archive.digest());
    }

    private void checkPlace(Path file, Slot slot, ModuleArchive archive) {
        if (archive.descriptor().packages().isEmpty()) {
            throw Problem.user("MODULE-2014", "The jar has no classes.")
                    .with("jar", file)
                    .advise("put only jars of modules here")
                    .exception();
        }
        Deployed library = libraries.get(archive.name());
        if (library != null || slot.current != null && slot.current.library) {
            throw Problem.user("MODULE-2015", "A library that is in use cannot be replaced.")
                    .with("module", archive)
                    .with("in use", library == null ? slot.current.archive : library.archive)
                    .advise("restart the host to use the new one")
                    .exception();
        }
        slots.forEach(
                (path, other) -> {
                    if (other.current != null
                            && !path.equals(file)
                            && other.current.archive.name().equals(archive.name())) {
                        throw Problem.user(
                                        "MODULE-2012",
                                        "Two jars hold the module " + archive.name() + ".")
                                .with("module", archive)
                                .with("in use", other.current.archive)
                                .advise("remove one of the two; to update, replace the file")
                                .exception();
                    }
                });
        if (slot.current != null) {
            refuseOlder(archive, slot.current.archive.version(), slot.current.archive.toString());
        }
        Optional<Origin> below = observer.below(archive.name());
        if (below.isPresent()) {
            if (!archive.provides()) {
                throw providesNothing(archive, below.get());
            }
            refuseOlder(archive, below.get().version(), archive.name() + " (" + below.get() + ")");
        }
    }

    private void refuseOlder(ModuleArchive archive, String than, String inUse) {
        if (!trust.allowsOlder() && isOlder(archive.version(), than)) {
            throw Problem.user("MODULE-2016", "An older version must not replace a newer one.")
                    .with("module", archive)
                    .with("in use", inUse)
                    .advise("to go back, stop the host, or remove the module first")
                    .exception();
        }
    }

    /** A library would take the place of what is used, and could never leave it again. */
    private static HoldfastException providesNothing(ModuleArchive archive, Origin below) {
        return Problem.user(
                        "MODULE-2014",
                        "The jar provides nothing, and the module that it would replace does.")
                .with("module", archive)
                .with("in use", below)
                .advise("see that META-INF/services is in the jar")
                .exception();
    }

    private static boolean isOlder(String version, String than) {
        try {
            return ModuleDescriptor.Version.parse(version)
                            .compareTo(ModuleDescriptor.Version.parse(than))
                    < 0;
        } catch (IllegalArgumentException e) {
            return false; // No versions that can be compared.
        }
    }

    private Deployed exchange(Slot slot, ModuleArchive archive) {
        Origin origin =
                new Origin(world.name(), archive.origin(), archive.version(), archive.digest());
        LoadedModule loaded = load(archive, origin);
        boolean library = loaded.providers().isEmpty();
        Deployed[] deployed = new Deployed[1];
        FoundModule found =
                new FoundModule(
                        archive.name(),
                        origin,
                        loaded.providers(),
                        () -> afterUse(() -> unload(deployed[0])));
        deployed[0] = new Deployed(archive, loaded, found, library);
        Optional<Problem> why =
                observer.arrived(found, Optional.ofNullable(slot.current).map(Deployed::found));
        if (why.isPresent()) {
            end(archive, loaded);
            throw new HoldfastException(why.get());
        }
        if (library) {
            libraries.put(archive.name(), deployed[0]);
        } else {
            inUse.incrementAndGet();
        }
        return deployed[0];
    }

    private LoadedModule load(ModuleArchive archive, Origin origin) {
        try {
            return probe.call(archive.name(), () -> world.load(archive, origin));
        } catch (HoldfastException | Error e) {
            throw e;
        } catch (Probe.HangsException e) {
            throw Problem.bug("MODULE-2007", "A module hangs when it is loaded: " + e.getMessage())
                    .with("module", archive)
                    .advise("report this to the author of the module")
                    .exception(e);
        } catch (Throwable e) {
            throw Problem.bug("MODULE-2004", "A module failed when it was loaded: " + e + ".")
                    .with("module", archive)
                    .advise("report this to the author of the module")
                    .exception(e);
        }
    }

    private void accepted(Path file, Slot slot) {
        if (slot.refused) {
            slot.refused = false;
            observer.forgotten(file.toString());
        }
        LOG.info("In use: {}", slot.current.found);
    }

    private void refuse(Path file, Slot slot, Problem why) {
        slot.refused = true;
        List<Problem.Detail> details = new ArrayList<>(why.details());
        if (slot.current != null) {
            details.add(new Problem.Detail("keeping", slot.current.archive.toString()));
        }
        observer.refused(
                file.getFileName().toString(),
                new Origin(world.name(), file.toString(), ""),
                new Problem(why.code(), why.category(), why.summary(), details, why.advice()));
    }

    private static Problem unreadable(Path file, String what, IOException cause) {
        return Problem.environment(
                        "MODULE-2010", "The jar " + what + ": " + cause.getMessage() + ".")
                .with("jar", file)
                .advise("copy it again: beside the folder first, then rename it into it")
                .build();
    }

    private void remove(Path file) {
        Slot slot = slots.remove(file);
        if (slot.refused) {
            observer.forgotten(file.toString());
        }
        if (slot.current != null && slot.current.library) {
            LOG.info("{} stays until the host ends: it is a library", slot.current.found);
        } else if (slot.current != null) {
            observer.left(slot.current.found);
            retry = true;
        }
    }

    private void afterUse(Runnable task) {
        try {
            unloader.execute(task);
        } catch (RejectedExecutionException e) {
            task.run(); // The last lease ended after the folder was closed.
        }
    }

    private void unload(Deployed deployed) {
        end(deployed.archive, deployed.loaded);
        LOG.info("Unloaded: {}", deployed.found);
        if (!deployed.library) {
            inUse.decrementAndGet();
            finishIfUnused();
        }
    }

    /** Ends the world after the folder was closed and the last module is gone. */
    private void finishIfUnused() {
        if (unloader.isTerminated() && inUse.get() == 0 && finished.compareAndSet(false, true)) {
            List<Deployed> left = List.copyOf(libraries.values());
            libraries.clear(); // Or this folder would keep them in memory.
            left.forEach(each -> observer.left(each.found));
            world.close();
            try {
                work.close();
            } catch (IOException e) {
                LOG.warn("{} could not be closed: {}", work, e.toString());
            }
        }
    }

    private void end(ModuleArchive archive, LoadedModule loaded) {
        try {
            loaded.unload().run();
        } catch (RuntimeException e) {
            LOG.warn("{} could not be unloaded properly", archive, e);
        }
        leaks.watch(archive.toString(), loaded.loader());
        work.remove(archive.file());
    }

    /**
     * Compares now, instead of waiting for an event, and returns when that is done and what nobody
     * uses any more is unloaded. A jar that is still on its way is not waited for.
     */
    public void refresh() {
        try {
            worker.submit(this::compare).get();
            unloader.submit(() -> {}).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | RejectedExecutionException e) {
            LOG.debug("The folder {} is closed", folder);
        }
    }

    /**
     * Compares now, and waits for jars that are still on their way, until they are whole or their
     * time is over, and for jars that are away, until they are back or count as removed: after that
     * it is known of every jar whether it is used.
     */
    public void settle() {
        long end = System.nanoTime() + patience.plus(RESCAN).toNanos();
        try {
            while (worker.submit(this::compareAndAsk).get() && System.nanoTime() < end) {
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | RejectedExecutionException e) {
            LOG.debug("The folder {} is closed", folder);
        }
    }

    private boolean compareAndAsk() {
        compare();
        return lookAgain || slots.values().stream().anyMatch(slot -> slot.missedAt != 0);
    }

    /**
     * Collects garbage and finds modules that left and are still in memory.
     *
     * @return those modules with their holders; none if all is well
     */
    public List<Leak> leaks() {
        return leaks.leaks();
    }

    /**
     * Watches no more, and lets all modules leave: those in use stay until their last lease ends.
     * Idempotent.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            watch.close();
            worker.shutdown();
            if (!worker.awaitTermination(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The folder {} is still at work and is left to itself", folder);
                return;
            }
            slots.values().stream()
                    .map(slot -> slot.current)
                    .filter(each -> each != null && !each.library)
                    .forEach(each -> observer.left(each.found));
            slots.clear();
            unloader.shutdown();
            if (!unloader.awaitTermination(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("A module of the folder {} is still being unloaded", folder);
                return;
            }
            finishIfUnused();
        } catch (IOException e) {
            LOG.warn("The folder {} could not be closed properly: {}", folder, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.holdfast.cli;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.cli.ModuleScope.Seen;
import io.holdfast.control.client.HostClient;
import io.holdfast.control.view.ModuleView;
import io.holdfast.host.archive.DamagedArchiveException;
import io.holdfast.host.archive.ModuleArchive;
import io.holdfast.host.archive.Trust;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A folder of modules that is changed, and what those who watch it say to it. Files get their names
 * by a rename, when they are whole.
 */
final class Deployment {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Duration LONGEST_REMOVAL = Duration.ofSeconds(20);

    private final Path folder;
    private final Trust trust;
    private final List<HostClient> watching;
    private final Function<Optional<Path>, Seen> local;

    Deployment(
            Path folder,
            Trust trust,
            List<HostClient> watching,
            Function<Optional<Path>, Seen> local) {
        this.folder = folder;
        this.trust = trust;
        this.watching = watching;
        this.local = local;
    }

    Path folder() {
        return folder;
    }

    List<HostClient> watching() {
        return watching;
    }

    /** What everybody who watches has now; if nobody does, what {@code ./holdfast} would load. */
    List<Seen> look() {
        makeFolder();
        return watching.isEmpty()
                ? List.of(local.apply(Optional.of(folder)))
                : watching.stream().map(host -> seen(host, host.refresh())).toList();
    }

    private Seen seen(HostClient host, List<ModuleView> modules) {
        return new Seen(Optional.of(host), Optional.of(folder), host.view().trust(), modules);
    }

    /** A jar beside its place, checked as hosts check it. */
    static final class Checked implements AutoCloseable {
        private final Path hidden;
        private final ModuleArchive archive;

        private Checked(Path hidden, ModuleArchive archive) {
            this.hidden = hidden;
            this.archive = archive;
        }

        ModuleArchive archive() {
            return archive;
        }

        /** Whether this is the very jar that somebody has. */
        boolean is(ModuleView module) {
            return module.digest().equals(archive.digest());
        }

        @Override
        public void close() {
            delete(hidden);
        }
    }

    /**
     * Copies a jar into the folder, to a place that nobody looks at, and checks the copy.
     *
     * @param jar the jar
     * @param name the name it is going to have; a module that states no name is named after it
     * @throws HoldfastException if it may not be loaded, for the reason a host would give
     */
    Checked check(Path jar, String name) {
        makeFolder();
        Path hidden = hidden(name);
        try {
            Files.createDirectory(hidden.getParent());
            Files.copy(jar, hidden);
            ModuleArchive archive = ModuleArchive.read(hidden, jar.toString());
            trust.verify(archive);
            force(hidden);
            return new Checked(hidden, archive);
        } catch (NoSuchFileException e) {
            delete(hidden);
            throw Problem.user("CLI-7053", "There is no jar " + jar + ".")
                    .advise("name the file of the module")
                    .exception(e);
        } catch (DamagedArchiveException e) {
            delete(hidden);
            throw Problem.environment(
                            "MODULE-2010",
                            "The jar is damaged or was never completed: " + e.getMessage() + ".")
                    .with("jar", jar)
                    .advise("get it again")
                    .exception(e);
        } catch (IOException e) {
            delete(hidden);
            throw unwritable("The jar cannot be copied into the folder of modules.", jar, e);
        } catch (HoldfastException e) {
            delete(hidden);
            throw e;
        }
    }

    /** In a directory of its own: hosts look at jars in the folder, and not below it. */
    private Path hidden(String name) {
        String unique = UUID.randomUUID().toString().substring(24);
        return folder.resolve("." + unique + ".part").resolve(name);
    }

    private void makeFolder() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw unwritable("The folder of modules cannot be made.", folder, e);
        }
    }

    private HoldfastException unwritable(String what, Path file, IOException cause) {
        return Problem.environment("CLI-7054", what)
                .with("folder", folder)
                .with("file", file)
                .with("because", cause)
                .advise(
                        "see that this user can read the one and write the other, and that there is"
                                + " room")
                .exception(cause);
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void delete(Path hidden) {
        try {
            Files.deleteIfExists(hidden);
            Files.deleteIfExists(hidden.getParent());
        } catch (IOException e) {
            // No host looks at it, and the next attempt takes another name.
            return;
        }
    }

    /** What was in a place before, to be put back. */
    static final class Before implements AutoCloseable {
        private final Path place;
        private final Optional<Path> kept;

        private Before(Path place, Optional<Path> kept) {
            this.place = place;
            this.kept = kept;
        }

        /** Puts it back; if there was nothing, takes away what is there. */
        void restore() throws IOException {
            if (kept.isPresent()) {
                Files.move(kept.get(), place, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.deleteIfExists(place);
            }
        }

        /** Forgets what was before. */
        @Override
        public void close() {
            kept.ifPresent(Deployment::delete);
        }
    }

    /** Gives a checked jar its place; what is there is replaced in one step. */
    Before put(Checked jar, Path place) {
        Before before = keep(place);
        try {
            Files.move(jar.hidden, place, StandardCopyOption.ATOMIC_MOVE);
            return before;
        } catch (IOException e) {
            before.close();
            throw unwritable("The jar cannot be put into the folder of modules.", place, e);
        }
    }

    private Before keep(Path place) {
        if (!Files.exists(place)) {
            return new Before(place, Optional.empty());
        }
        Path kept = hidden(place.getFileName() + "");
        try {
            Files.createDirectory(kept.getParent());
            Files.copy(place, kept);
            return new Before(place, Optional.of(kept));
        } catch (IOException e) {
            delete(kept);
            throw unwritable("The jar of now cannot be kept.", place, e);
        }
    }

    /** Undoes a change. */
    void restore(Before before) {
        try {
            before.restore();
        } catch (IOException e) {
            throw unwritable("What was there before cannot be put back.", before.place, e);
        }
    }

    /** Takes a jar away. */
    void remove(Path place) {
        try {
            Files.delete(place);
        } catch (IOException e) {
            throw unwritable("The jar cannot be deleted.", place, e);
        }
    }

    /**
     * What a host says to a jar that was put in its place.
     *
     * @return empty if it uses the jar; else why it does not
     */
    Optional<Problem> refusal(Seen seen, Path place, ModuleArchive archive) {
        Path real = real(place);
        Optional<ModuleView> failed =
                at(seen, real).filter(each -> each.state() == ModuleView.State.FAILED).findFirst();
        if (failed.isPresent()) {
            return Optional.of(failed.get().problem().orElseGet(() -> silent(seen, place)));
        }
        boolean used =
                at(seen, real)
                        .anyMatch(each -> each.usable() && each.digest().equals(archive.digest()));
        return used ? Optional.empty() : Optional.of(silent(seen, place));
    }

    private static Stream<ModuleView> at(Seen seen, Path place) {
        return seen.modules().stream()
                .filter(each -> Path.of(each.location()).equals(place))
                .sorted(Comparator.comparing(ModuleView::state).reversed());
    }

    private static Problem silent(Seen seen, Path place) {
        return Problem.bug("CLI-7055", "The jar is in its place, and nothing was said to it.")
                .with("jar", place)
                .with("asked", seen.whose())
                .advise("see './holdfast module list'")
                .build();
    }

    private static Path real(Path place) {
        try {
            return place.getParent().toRealPath().resolve(place.getFileName());
        } catch (IOException e) {
            return place;
        }
    }

    /** Waits until a host hands a jar out no more. */
    List<ModuleView> awaitRemoved(HostClient host, Path place) {
        Path real = real(place);
        return await(
                host,
                LONGEST_REMOVAL,
                each -> each.usable() && Path.of(each.location()).equals(real));
    }

    /** Waits until a host has nothing of a kind any more, or until it is too late. */
    static List<ModuleView> await(HostClient host, Duration limit, Predicate<ModuleView> kind) {
        long end = System.nanoTime() + limit.toNanos();
        List<ModuleView> modules = host.refresh();
        while (modules.stream().anyMatch(kind) && System.nanoTime() < end) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            modules = host.modules();
        }
        return modules;
    }
}

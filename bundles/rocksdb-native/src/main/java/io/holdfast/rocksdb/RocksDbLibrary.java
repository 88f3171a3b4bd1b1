package io.holdfast.rocksdb;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * Loads RocksDB's native library, once for all who share this class. Call {@link #load()} before
 * touching any class of {@code org.rocksdb}. Safe for any number of threads.
 */
public final class RocksDbLibrary {

    // RocksDB would load itself when its first class is touched, but that is not good enough here,
    // for three reasons.
    //
    // 1. A library that is loaded twice in one process, by two class loaders, shares those of its
    //    symbols that are bound STB_GNU_UNIQUE, even if the two files differ. Among them are method
    //    ids of the first loader's classes and tables of the first library's block cache. The JVM
    //    dies when the second copy uses them. So they become ordinary symbols in the copy that is
    //    loaded (ElfLibrary). This class is loaded once where modules are deployed as intended, but
    //    nobody can keep a user from having RocksDB on the class path besides.
    // 2. The file must be one that no other class loader has loaded, or the JVM refuses it; and it
    //    should not stay behind. So it is a fresh private copy, removed as soon as it is mapped.
    // 3. What can go wrong (a directory mounted noexec, a full disk, a platform without a library)
    //    ends in an UnsatisfiedLinkError that names none of it.
    //
    // If RocksDB was loaded by somebody else through the same classes, as in a Flink cluster, that
    // library is used as it is.

    /**
     * System property: the directory in which the library's copy stands while it is loaded; {@code
     * java.io.tmpdir} if not set. It must allow files to be executed.
     */
    public static final String DIRECTORY_PROPERTY = "holdfast.rocksdb.library-dir";

    private static final Object LOADING = new Object();
    private static volatile boolean loaded;

    private RocksDbLibrary() {}

    /**
     * Loads the library if that has not happened. After a failure the next call tries again.
     *
     * @throws HoldfastException STATE-3101 if there is no library for this platform; STATE-3102 if
     *     it cannot be copied into the directory; STATE-3103 if the directory is mounted noexec;
     *     STATE-3104 if the operating system refuses the library; STATE-3105 if the JVM forbids
     *     native access
     */
    public static void load() {
        if (loaded) {
            return;
        }
        load(Path.of(System.getProperty(DIRECTORY_PROPERTY, System.getProperty("java.io.tmpdir"))));
    }

    /**
     * As {@link #load()}, with another directory for the copy.
     *
     * @param directory where the copy stands while it is loaded
     */
    public static void load(Path directory) {
        if (loaded) {
            return;
        }
        synchronized (LOADING) {
            if (!loaded) {
                if (RocksDB.rocksdbVersion() == null) {
                    loadCopyIn(directory);
                }
                loaded = true;
            }
        }
    }

    /**
     * The version of RocksDB.
     *
     * @return such as {@code 11.8.1}; loads the library if need be
     */
    public static String version() {
        load();
        return RocksDB.rocksdbVersion().toString();
    }

    private static void loadCopyIn(Path directory) {
        byte[] library = readLibrary();
        ElfLibrary.makeUniqueGlobal(library);
        Path own = null;
        // The name that RocksDB looks for in a directory it is given: the doubled "jni" is right.
        Path file = null;
        try {
            own = Files.createTempDirectory(directory, "holdfast-rocksdb-");
            file = own.resolve(Environment.getJniLibraryFileName("rocksdbjni"));
            Files.write(file, library);
            map(file);
        } catch (IOException e) {
            throw notCopied(directory, library.length, e);
        } finally {
            remove(file);
            remove(own);
        }
    }

    private static void map(Path file) {
        try {
            RocksDB.loadLibrary(List.of(file.getParent().toString()));
        } catch (UnsatisfiedLinkError e) {
            Optional<Mount> barrier = Mount.of(file).filter(mount -> mount.has("noexec"));
            if (barrier.isPresent()) {
                throw Problem.environment(
                                "STATE-3103",
                                "RocksDB's library cannot be executed in "
                                        + file.getParent().getParent()
                                        + ".")
                        .with("because", barrier.get().point() + " is mounted noexec")
                        .with("directory", "system property " + DIRECTORY_PROPERTY)
                        .advise(
                                "start with -D"
                                        + DIRECTORY_PROPERTY
                                        + "=<a directory that allows execution>")
                        .exception(e);
            }
            throw Problem.environment(
                            "STATE-3104",
                            "The operating system refuses RocksDB's library " + libraryName() + ".")
                    .with("because", e.getMessage())
                    .with("platform", platform())
                    .advise("install what the reason names: a newer C library, or libstdc++")
                    .exception(e);
        } catch (IllegalCallerException e) {
            throw Problem.environment(
                            "STATE-3105", "The JVM does not let RocksDB's library be loaded.")
                    .with("because", e.getMessage())
                    .advise(
                            "start with --enable-native-access=ALL-UNNAMED, or with the name of"
                                    + " this module")
                    .exception(e);
        }
    }

    private static byte[] readLibrary() {
        List<String> names = new ArrayList<>();
        try {
            names.add(libraryName());
            String fallback = Environment.getFallbackJniLibraryFileName("rocksdb");
            if (fallback != null) {
                names.add(fallback);
            }
        } catch (UnsupportedOperationException e) {
            throw unsupported(e);
        }
        for (String name : names) {
            // Beside the class, so that classes and library are of one jar.
            try (InputStream in = RocksDB.class.getResourceAsStream("/" + name)) {
                if (in != null) {
                    return in.readAllBytes();
                }
            } catch (IOException e) {
                throw Problem.environment("STATE-3102", "RocksDB's library cannot be read.")
                        .with("resource", name)
                        .with("because", e.getMessage())
                        .advise("check the jar of this module")
                        .exception(e);
            }
        }
        throw unsupported(null);
    }

    private static String libraryName() {
        return Environment.getJniLibraryFileName("rocksdb");
    }

    private static HoldfastException unsupported(UnsupportedOperationException cause) {
        return Problem.environment("STATE-3101", "There is no RocksDB for " + platform() + ".")
                .with("possible", "Linux with glibc or musl, macOS; on x86_64 and aarch64")
                .advise(
                        "choose the state backend 'hashmap', or put org.rocksdb:rocksdbjni in"
                                + " front of this module: it has libraries for more platforms")
                .exception(cause);
    }

    private static HoldfastException notCopied(Path directory, int length, IOException cause) {
        return Problem.environment(
                        "STATE-3102",
                        "RocksDB's library cannot be copied into " + directory + " to be loaded.")
                .with("because", cause)
                .with("needed", length + " bytes, for as long as it takes to load them")
                .with("free", free(directory))
                .with("directory", "system property " + DIRECTORY_PROPERTY)
                .advise(
                        "make room there, or start with -D"
                                + DIRECTORY_PROPERTY
                                + "=<another directory>")
                .exception(cause);
    }

    private static String free(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace() + " bytes";
        } catch (IOException e) {
            return "unknown: " + e;
        }
    }

    private static String platform() {
        return System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    }

    // The mapping outlives the name, except on Windows, where the file then stays until the JVM
    // ends and is not worth a failure.
    private static void remove(Path path) {
        try {
            if (path != null) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            path.toFile().deleteOnExit();
        }
    }
}

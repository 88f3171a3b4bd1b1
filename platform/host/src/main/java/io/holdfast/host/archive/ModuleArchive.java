package io.holdfast.host.archive;

import io.holdfast.api.error.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.FindException;
import java.lang.module.InvalidModuleDescriptorException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * A module's jar that was read as a whole and found sound. Immutable; nobody may change the file.
 */
public final class ModuleArchive {
    // A module is some megabytes; RocksDB with the libraries of six platforms unpacks to 100.
    private static final long MAX_SIZE = 1L << 30;
    private static final int MAX_ENTRIES = 60_000;
    private static final long MAX_RATIO = 200;
    private static final long RATIO_COUNTS_FROM = 1 << 20;
    private static final String SERVICES = "META-INF/services/";
    private static final String DESCRIPTOR = "module-info.class";

    private final Path file;
    private final String origin;
    private final String digest;
    private final Manifest manifest;
    private final Set<String> entries;
    private final Map<String, List<String>> services;
    private final ModuleDescriptor descriptor;

    private ModuleArchive(
            Path file,
            String origin,
            String digest,
            Manifest manifest,
            Set<String> entries,
            Map<String, List<String>> services,
            ModuleDescriptor descriptor) {
        this.file = file;
        this.origin = origin;
        this.digest = digest;
        this.manifest = manifest;
        this.entries = entries;
        this.services = services;
        this.descriptor = descriptor;
    }

    /**
     * Reads and checks every byte of a jar.
     *
     * @param file a private copy, which nobody else writes to
     * @param origin names the jar in messages: where the copy came from
     * @return the archive
     * @throws DamagedArchiveException if it is damaged or not whole
     * @throws IOException if it cannot be read
     * @throws io.holdfast.api.error.HoldfastException MODULE-2011 if it is not what a module may
     *     be, whole as it is
     */
    public static ModuleArchive read(Path file, String origin) throws IOException {
        try {
            List<ZipDirectory.Entry> directory = ZipDirectory.read(file);
            checkSizes(directory);
            Set<String> names = new LinkedHashSet<>();
            directory.forEach(entry -> names.add(entry.name()));
            Map<String, byte[]> read = ZipContent.check(file, directory, ModuleArchive::isRead);
            return new ModuleArchive(
                    file,
                    origin,
                    sha256(file),
                    manifest(read),
                    names,
                    services(read),
                    descriptor(file));
        } catch (ZipDirectory.Hostile e) {
            throw Problem.user("MODULE-2011", "The jar is refused: " + e.getMessage() + ".")
                    .with("jar", origin)
                    .advise("do not use it; ask where it comes from")
                    .exception(e);
        }
    }

    /**
     * Tells from the end alone whether a file is still on its way, without copying it.
     *
     * @param file a jar that somebody may be writing to
     * @throws DamagedArchiveException if it is not whole
     * @throws IOException if it cannot be read
     */
    public static void checkWhole(Path file) throws IOException {
        ZipDirectory.checkEnd(file);
    }

    /**
     * The name that a jar states, for comparison with names of modules. Nothing else is checked.
     *
     * @param location a jar, or a directory of classes
     * @return its name as a Java module, else as a bundle; empty if it states none
     * @throws IOException if it cannot be read
     */
    public static Optional<String> statedName(Path location) throws IOException {
        if (Files.isDirectory(location)) {
            Path descriptor = location.resolve(DESCRIPTOR);
            Path manifest = location.resolve(JarFile.MANIFEST_NAME);
            return statedName(
                    Files.exists(descriptor) ? Files.newInputStream(descriptor) : null,
                    Files.exists(manifest) ? Files.newInputStream(manifest) : null);
        }
        try (JarFile jar = new JarFile(location.toFile(), false)) {
            ZipEntry descriptor = jar.getEntry(DESCRIPTOR);
            ZipEntry manifest = jar.getEntry(JarFile.MANIFEST_NAME);
            return statedName(
                    descriptor == null ? null : jar.getInputStream(descriptor),
                    manifest == null ? null : jar.getInputStream(manifest));
        }
    }

    private static Optional<String> statedName(InputStream descriptor, InputStream manifest)
            throws IOException {
        try (descriptor;
                manifest) {
            if (descriptor != null) {
                return Optional.of(ModuleDescriptor.read(descriptor).name());
            }
            return manifest == null
                    ? Optional.empty()
                    : Optional.ofNullable(symbolicName(new Manifest(manifest)));
        } catch (InvalidModuleDescriptorException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static String symbolicName(Manifest manifest) {
        String name = manifest.getMainAttributes().getValue("Bundle-SymbolicName");
        return name == null ? null : name.replaceFirst(";.*", "").strip();
    }

    private static void checkSizes(List<ZipDirectory.Entry> directory) throws ZipDirectory.Hostile {
        if (directory.size() > MAX_ENTRIES) {
            throw new ZipDirectory.Hostile("it has " + directory.size() + " entries");
        }
        long total = 0;
        for (ZipDirectory.Entry entry : directory) {
            total += entry.size();
            if (entry.size() > RATIO_COUNTS_FROM
                    && entry.size() / Math.max(1, entry.packed()) > MAX_RATIO) {
                throw new ZipDirectory.Hostile(
                        "the entry '%s' unpacks %d bytes to %d, as a bomb does"
                                .formatted(entry.name(), entry.packed(), entry.size()));
            }
        }
        if (total > MAX_SIZE) {
            throw new ZipDirectory.Hostile("it unpacks to " + total + " bytes");
        }
    }

    private static Manifest manifest(Map<String, byte[]> read) throws ZipDirectory.Hostile {
        byte[] bytes = read.get(JarFile.MANIFEST_NAME);
        try {
            return bytes == null ? new Manifest() : new Manifest(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new ZipDirectory.Hostile("its manifest is no manifest: " + e.getMessage());
        }
    }

    private static boolean isRead(String entry) {
        return entry.equals(JarFile.MANIFEST_NAME)
                || entry.startsWith(SERVICES) && entry.indexOf('/', SERVICES.length()) < 0;
    }

    private static Map<String, List<String>> services(Map<String, byte[]> read) {
        Map<String, List<String>> services = new HashMap<>();
        read.forEach(
                (name, bytes) -> {
                    if (name.startsWith(SERVICES)) {
                        services.put(name.substring(SERVICES.length()), lines(bytes));
                    }
                });
        return services;
    }

    private static List<String> lines(byte[] file) {
        return new String(file, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .distinct()
                .toList();
    }

    private static ModuleDescriptor descriptor(Path file) throws ZipDirectory.Hostile {
        try {
            return ModuleFinder.of(file).findAll().stream()
                    .map(ModuleReference::descriptor)
                    .findFirst()
                    .orElseThrow(() -> new FindException("no module"));
        } catch (FindException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ZipDirectory.Hostile("it is no module: " + cause.getMessage());
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The private copy.
     *
     * @return a jar
     */
    public Path file() {
        return file;
    }

    /**
     * Names the jar in messages.
     *
     * @return where the copy came from
     */
    public String origin() {
        return origin;
    }

    /**
     * The digest of the whole file.
     *
     * @return SHA-256 in 64 hexadecimal digits
     */
    public String digest() {
        return digest;
    }

    /**
     * Its manifest.
     *
     * @return possibly empty; not to be changed
     */
    public Manifest manifest() {
        return manifest;
    }

    /**
     * The names of its entries.
     *
     * @return in the order of its directory
     */
    public Set<String> entries() {
        return Set.copyOf(entries);
    }

    /**
     * What it is as a module of the Java platform: described by itself, or derived.
     *
     * @return the descriptor
     */
    public ModuleDescriptor descriptor() {
        return descriptor;
    }

    /**
     * The module's name: its own as a Java module, or the symbolic name of the bundle, or one
     * derived from its file name.
     *
     * @return not empty
     */
    public String name() {
        String bundle = symbolicName(manifest);
        return descriptor.isAutomatic() && bundle != null ? bundle : descriptor.name();
    }

    /**
     * The version it states.
     *
     * @return such as {@code 1.2.0}; empty if it states none
     */
    public String version() {
        String bundle = manifest.getMainAttributes().getValue("Bundle-Version");
        return bundle != null ? bundle.strip() : descriptor.rawVersion().orElse("");
    }

    /**
     * The classes that its services file names for a service.
     *
     * @param service name of a service type
     * @return class names in the order of the file; empty if there is no such file
     */
    public List<String> providersOf(String service) {
        return services.getOrDefault(service, List.of());
    }

    /**
     * Whether it provides anything; what does not is a library for others.
     *
     * @return true if it declares a provider of whatever service
     */
    public boolean provides() {
        return !descriptor.provides().isEmpty()
                || services.values().stream().anyMatch(classes -> !classes.isEmpty());
    }

    /** Name, version and jar. */
    @Override
    public String toString() {
        return name() + " " + version() + " (" + origin + ")";
    }
}

package io.holdfast.host;

import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.error.DidYouMean;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.spi.filesystem.FileSystemFactory;
import io.holdfast.spi.filesystem.FileSystems;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The file systems of one configuration: each made once, when a path of one of its schemes is first
 * met, and kept until all are closed. May be used from any thread.
 */
public final class OpenFileSystems implements FileSystems, AutoCloseable {
    private record Opened(Lease<FileSystemFactory> lease, FileSystem fileSystem) {}

    private final ModuleRegistry registry;
    private final ReadableConfig config;
    private final String user;
    private final Map<String, Opened> byScheme = new ConcurrentHashMap<>();
    private boolean closed;

    OpenFileSystems(ModuleRegistry registry, ReadableConfig config, String user) {
        this.registry = registry;
        this.config = config;
        this.user = user;
    }

    @Override
    public FileSystem forPath(URI path) {
        if (path.getScheme() == null) {
            throw Problem.user("STORAGE-5001", "The path '" + path + "' has no scheme.")
                    .with("served", DidYouMean.list(registry.names(ProviderKind.FILE_SYSTEM)))
                    .advise("write the path as a URI, for example file:///data/checkpoints")
                    .exception();
        }
        String scheme = path.getScheme().toLowerCase(Locale.ROOT);
        Opened opened = byScheme.get(scheme);
        return opened == null ? open(scheme, path) : opened.fileSystem();
    }

    private synchronized FileSystem open(String scheme, URI path) {
        if (closed) {
            throw Problem.bug("MODULE-2006", "'" + path + "' is used after its job ended.")
                    .exception();
        }
        Opened present = byScheme.get(scheme);
        if (present != null) {
            return present.fileSystem();
        }
        Lease<FileSystemFactory> lease = lease(scheme, path);
        try {
            Opened opened = new Opened(lease, lease.factory().create(config));
            lease.names().forEach(each -> byScheme.putIfAbsent(each, opened));
            return opened.fileSystem();
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    private Lease<FileSystemFactory> lease(String scheme, URI path) {
        try {
            return registry.lease(ProviderKind.FILE_SYSTEM, scheme, user);
        } catch (HoldfastException e) {
            Problem problem = e.problem();
            if (!problem.code().equals("MODULE-2001")) {
                throw e;
            }
            Problem.Builder unserved =
                    Problem.user(
                                    "STORAGE-5001",
                                    "No module serves '%s', the scheme of '%s'.%s"
                                            .formatted(
                                                    scheme,
                                                    path,
                                                    DidYouMean.question(
                                                            scheme,
                                                            registry.names(
                                                                    ProviderKind.FILE_SYSTEM))))
                            .with(
                                    "served",
                                    DidYouMean.list(registry.names(ProviderKind.FILE_SYSTEM)));
            problem.details().stream()
                    .filter(detail -> detail.label().equals("failed"))
                    .forEach(detail -> unserved.with("failed", detail.text()));
            throw unserved.advise(
                            "correct the scheme, or install a module with a file system for '"
                                    + scheme
                                    + "': put its jar beside the others")
                    .exception(e);
        }
    }

    /**
     * Closes all that were made and gives their modules back. Idempotent.
     *
     * @throws IOException if one of them failed to close; the others were closed all the same
     */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        List<Opened> all = byScheme.values().stream().distinct().toList();
        byScheme.clear();
        List<Exception> failures = new ArrayList<>();
        for (Opened opened : all) {
            try (Lease<?> given = opened.lease()) {
                opened.fileSystem().close();
            } catch (IOException | RuntimeException e) {
                failures.add(
                        new IOException("a file system could not be closed: " + opened.lease(), e));
            }
        }
        if (!failures.isEmpty()) {
            IOException failure = (IOException) failures.get(0);
            failures.subList(1, failures.size()).forEach(failure::addSuppressed);
            throw failure;
        }
    }
}

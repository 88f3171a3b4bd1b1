package io.holdfast.host;

import io.holdfast.host.archive.ModuleArchive;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Finds providers by {@link ServiceLoader}: on the class path, and in modules that a class loader
 * sees. Reports once, at the start.
 */
public final class ClassPathSource implements ProviderSource {
    /*
     * ServiceLoader goes on after a declaration it cannot use, but does not tell which jar it was in. So the declarations are read here as well,
     * for messages only: errors come in the order of the declarations, and most carry the class name. No class is loaded by what is read here.
     */
    private static final String WORLD = "class path";
    private static final int ENOUGH_ERRORS = 1000;

    private final ClassLoader loader;

    /**
     * A source over one class loader.
     *
     * @param loader sees the providers
     */
    public ClassPathSource(ClassLoader loader) {
        this.loader = Objects.requireNonNull(loader, "loader");
    }

    @Override
    public String world() {
        return WORLD;
    }

    @Override
    public void start(Observer observer) {
        ProviderKind.all().forEach(kind -> discover(kind, observer));
    }

    @Override
    public void close() {}

    private <F> void discover(ProviderKind<F> kind, Observer observer) {
        Set<String> reported = new HashSet<>();
        Iterator<ServiceLoader.Provider<F>> providers =
                ServiceLoader.load(kind.type(), loader).stream().iterator();
        List<Error> errors = new ArrayList<>();
        for (boolean more = true; more && errors.size() < ENOUGH_ERRORS; ) {
            try {
                more = providers.hasNext();
                if (more) {
                    ServiceLoader.Provider<F> provider = providers.next();
                    Class<? extends F> type = provider.type();
                    reported.add(type.getName());
                    Origin origin = origin(type);
                    observer.found(
                            new FoundProvider<>(
                                    kind, type.getName(), origin, module(type, origin), provider));
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                errors.add(e);
            }
        }
        if (!errors.isEmpty()) {
            reportBroken(kind, errors, reported, observer);
        }
    }

    private <F> void reportBroken(
            ProviderKind<F> kind, List<Error> errors, Set<String> found, Observer observer) {
        List<Declaration> unaccounted = new ArrayList<>(declarations(kind.type()));
        unaccounted.removeIf(declaration -> found.contains(declaration.className()));
        Set<String> messages = new HashSet<>();
        for (Error error : errors) {
            if (messages.add(String.valueOf(error.getMessage()))) {
                Declaration culprit = culprit(error, unaccounted);
                unaccounted.removeIf(each -> each.className().equals(culprit.className()));
                Origin origin = new Origin(WORLD, culprit.location(), "");
                observer.found(
                        new FoundProvider<>(
                                kind,
                                culprit.className(),
                                origin,
                                () -> {
                                    throw error;
                                }));
            }
        }
    }

    private static Declaration culprit(Error error, List<Declaration> unaccounted) {
        String message = String.valueOf(error.getMessage());
        Optional<Declaration> named =
                unaccounted.stream()
                        .filter(
                                each ->
                                        message.contains(each.className())
                                                || message.contains(each.location()))
                        .findFirst();
        Optional<Declaration> next =
                error instanceof LinkageError && !unaccounted.isEmpty()
                        ? Optional.of(unaccounted.get(0))
                        : Optional.empty();
        return named.or(() -> next).orElse(new Declaration("a declaration", "see the reason"));
    }

    /** One line of a services file. */
    private record Declaration(String className, String location) {}

    private List<Declaration> declarations(Class<?> service) {
        List<Declaration> declarations = new ArrayList<>();
        try {
            for (URL file :
                    Collections.list(
                            loader.getResources("META-INF/services/" + service.getName()))) {
                String location = location(file, service);
                for (String line : lines(file)) {
                    String name = line.replaceFirst("#.*", "").strip();
                    if (!name.isEmpty()) {
                        declarations.add(new Declaration(name, location));
                    }
                }
            }
        } catch (IOException e) {
            // The reading was for better messages only; the failure itself is reported anyway.
            return declarations;
        }
        return declarations;
    }

    private static List<String> lines(URL file) throws IOException {
        URLConnection connection = file.openConnection();
        connection.setUseCaches(false);
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                connection.getInputStream(), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String location(URL servicesFile, Class<?> service) throws IOException {
        if (servicesFile.openConnection() instanceof JarURLConnection jar) {
            return path(jar.getJarFileURL());
        }
        String text = path(servicesFile);
        String suffix =
                File.separator
                        + String.join(File.separator, "META-INF", "services", service.getName());
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    private static Origin origin(Class<?> type) {
        Module module = type.getModule();
        String version = "";
        if (module.isNamed()) {
            version = module.getDescriptor().rawVersion().orElse("");
        }
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return new Origin(WORLD, module.isNamed() ? module.getName() : "unknown", version);
        }
        String location = path(source.getLocation());
        return new Origin(WORLD, location, version.isEmpty() ? statedVersion(location) : version);
    }

    /** Its own name as a Java module or a bundle; a jar's file name says nothing. */
    private static String module(Class<?> type, Origin origin) {
        return type.getModule().isNamed()
                ? type.getModule().getName()
                : module(Path.of(origin.location()));
    }

    private static String module(Path location) {
        try {
            return ModuleArchive.statedName(location).orElse("");
        } catch (IOException e) {
            // A class was loaded from there; without a name, nothing can lie over its module.
            return "";
        }
    }

    private static String path(URL url) {
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException | RuntimeException e) {
            return url.toString();
        }
    }

    private static String statedVersion(String location) {
        if (!location.endsWith(".jar")) {
            return "";
        }
        try (JarFile jar = new JarFile(location)) {
            Manifest manifest = jar.getManifest();
            String version =
                    manifest == null
                            ? null
                            : manifest.getMainAttributes()
                                    .getValue(new Attributes.Name("Bundle-Version"));
            return version == null ? "" : version;
        } catch (IOException e) {
            return "";
        }
    }
}

package io.holdfast.backend.rocksdb;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import java.io.File;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads local directories as programs and files write them. Stateless. */
final class LocalPaths {

    // Flink cuts at the path separator wherever it stands, which on Unix cuts "file:/a" in two.
    private static final String SEPARATOR = Pattern.quote(File.pathSeparator);
    private static final Pattern BETWEEN =
            Pattern.compile(",|(?<!(?:^|[,:])file)" + SEPARATOR + "|" + SEPARATOR + "(?!/)");

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

    private LocalPaths() {}

    /** Directories of a program: paths or {@code file:} URIs. */
    static List<String> ofCode(String... paths) {
        if (paths.length == 0) {
            throw empty("setDbStoragePaths");
        }
        List<String> directories = new ArrayList<>();
        for (String path : paths) {
            directories.add(directory(path, "setDbStoragePaths"));
        }
        return List.copyOf(directories);
    }

    /** Directories of a configured text; blanks belong to their names. */
    static List<String> ofText(String text) {
        String[] paths = BETWEEN.split(text);
        if (paths.length == 0) {
            throw empty(RocksDBOptions.LOCAL_DIRECTORIES.key());
        }
        List<String> directories = new ArrayList<>();
        for (String path : paths) {
            directories.add(directory(path, RocksDBOptions.LOCAL_DIRECTORIES.key()));
        }
        return List.copyOf(directories);
    }

    private static String directory(String path, String setting) {
        String plain = path;
        if (path.startsWith("file:")) {
            plain = withoutScheme(path, setting);
        } else if (SCHEME.matcher(path).matches()) {
            throw refused("STATE-3126", path, setting, "it is not on a local disk");
        }
        File file = new File(plain);
        if (!file.isAbsolute()) {
            throw refused("STATE-3125", path, setting, "it is a relative path");
        }
        return file.getPath();
    }

    private static String withoutScheme(String uri, String setting) {
        String rest = uri.substring("file:".length());
        if (!rest.startsWith("//")) {
            return rest;
        }
        int path = rest.indexOf('/', 2);
        String authority = path < 0 ? rest.substring(2) : rest.substring(2, path);
        if (!authority.isEmpty()) {
            throw refused("STATE-3126", uri, setting, "it is on the host '" + authority + "'");
        }
        return path < 0 ? "" : rest.substring(path);
    }

    private static HoldfastException refused(
            String code, String path, String setting, String because) {
        return Problem.user(
                        code,
                        "'%s' cannot be a local directory for databases: %s."
                                .formatted(path, because))
                .with("given as", setting)
                .with("possible", "absolute paths and URIs such as " + URI.create("file:///data"))
                .advise("write an absolute path on a local disk")
                .exception();
    }

    private static HoldfastException empty(String setting) {
        return Problem.user("STATE-3129", "There is no directory in the list of local directories.")
                .with("given as", setting)
                .advise("name at least one directory, or leave the setting out")
                .exception();
    }
}

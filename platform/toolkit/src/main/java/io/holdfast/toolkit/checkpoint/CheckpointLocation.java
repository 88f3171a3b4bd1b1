package io.holdfast.toolkit.checkpoint;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * URIs of checkpoint directories: read from text, checked, taken apart. Stateless.
 *
 * <p>Text is read as Flink reads it, so that a directory that Flink wrote is found: nothing is
 * decoded ({@code %20} is three characters of a name), blanks, {@code ?} and {@code #} are ordinary
 * characters, backslashes and repeated slashes are single slashes, {@code .} and {@code ..} are
 * resolved, a slash at the end is dropped. A scheme is taken in any case.
 */
public final class CheckpointLocation {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+");

    private CheckpointLocation() {}

    /**
     * Reads the location of a directory.
     *
     * @param text such as {@code file:///data/checkpoints} or {@code s3://bucket/checkpoints}
     * @param setting what the text was given for, such as the key of an option; named in the error
     * @return an absolute, normalized URI of a directory that is not a root
     * @throws HoldfastException STORAGE-5003 if it has no scheme, has no path, is a root directory
     *     or is no URI at all
     */
    public static URI parse(String text, String setting) {
        int colon = text.indexOf(':');
        boolean schemed = colon > 0 && SCHEME.matcher(text.substring(0, colon)).matches();
        if (!schemed) {
            throw refused(text, setting, whyNoScheme(text, colon));
        }
        String rest = text.substring(colon + 1).replace('\\', '/');
        String authority = null;
        if (rest.startsWith("//")) {
            int end = rest.indexOf('/', 2);
            authority = rest.substring(2, end < 0 ? rest.length() : end);
            rest = end < 0 ? "" : rest.substring(end);
        }
        return checked(text.substring(0, colon), authority, rest, text, setting);
    }

    private static String whyNoScheme(String text, int colon) {
        if (text.isEmpty()) {
            return "it is empty";
        }
        int slash = text.replace('\\', '/').indexOf('/');
        boolean drive = colon == 1 && Character.isLetter(text.charAt(0));
        if (colon < 0 || drive || (slash >= 0 && slash < colon)) {
            return "it has no scheme";
        }
        return "'" + text.substring(0, colon) + "' is not a scheme";
    }

    /**
     * Checks the location of a directory.
     *
     * @param location an absolute URI
     * @param setting what it was given for; named in the error
     * @return the same directory, normalized
     * @throws HoldfastException STORAGE-5003 as {@link #parse}
     */
    public static URI check(URI location, String setting) {
        if (location.getScheme() == null) {
            throw refused(location.toString(), setting, "it has no scheme");
        }
        if (location.isOpaque()) {
            throw refused(location.toString(), setting, "it has no path");
        }
        if (location.getQuery() != null || location.getFragment() != null) {
            throw refused(location.toString(), setting, "it has a query or a fragment");
        }
        return checked(
                location.getScheme(),
                location.getAuthority(),
                location.getPath(),
                location.toString(),
                setting);
    }

    private static URI checked(
            String scheme, String authority, String path, String text, String setting) {
        if (path.isEmpty()) {
            throw refused(text, setting, "it has no path");
        }
        if (!path.startsWith("/")) {
            throw refused(text, setting, "its path '" + path + "' does not start with a slash");
        }
        URI location;
        try {
            location = uri(scheme, authority, path);
        } catch (URISyntaxException e) {
            throw refused(text, setting, "it is not a URI: " + e.getReason());
        }
        if (location.getPath().equals("/")) {
            throw refused(text, setting, "it is a root directory");
        }
        if (location.getPath().startsWith("/..")
                && (location.getPath().length() == 3 || location.getPath().charAt(3) == '/')) {
            throw refused(text, setting, "it leads above the root directory");
        }
        return location;
    }

    private static URI uri(String scheme, String authority, String path) throws URISyntaxException {
        String plain = path.replaceAll("/+", "/");
        String given = authority == null || authority.isEmpty() ? null : authority;
        URI whole = new URI(scheme.toLowerCase(Locale.ROOT), given, plain, null, null).normalize();
        String normal = whole.getPath();
        if (normal.length() > 1 && normal.endsWith("/")) {
            normal = normal.substring(0, normal.length() - 1);
        }
        return new URI(whole.getScheme(), given, normal, null, null);
    }

    private static HoldfastException refused(String text, String setting, String why) {
        return Problem.user(
                        "STORAGE-5003",
                        "'%s' cannot be used as a checkpoint directory: %s.".formatted(text, why))
                .with("given as", setting)
                .with("expected", "scheme, optional authority, and a path below the root")
                .advise(
                        "write it as file:///data/checkpoints, hdfs://namenode:40010/checkpoints"
                                + " or s3://bucket/checkpoints")
                .exception();
    }

    /**
     * Reads what a user gives to point at a checkpoint.
     *
     * @param pointer a URI, or a local path that may be relative to the working directory
     * @return an absolute URI
     * @throws HoldfastException STORAGE-5003 if it is neither
     */
    static URI ofPointer(String pointer) {
        int colon = pointer.indexOf(':');
        if (colon > 0 && SCHEME.matcher(pointer.substring(0, colon)).matches()) {
            return parse(pointer, "pointer to a checkpoint");
        }
        try {
            Path path = Path.of(pointer).toAbsolutePath().normalize();
            return check(path.toUri(), "pointer to a checkpoint");
        } catch (InvalidPathException e) {
            throw refused(pointer, "pointer to a checkpoint", e.getReason());
        }
    }

    /**
     * A file or directory in a directory.
     *
     * @param directory the directory
     * @param name a name without slashes
     * @return its URI
     */
    public static URI child(URI directory, String name) {
        if (name.isEmpty() || name.indexOf('/') >= 0 || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException("not a name of a file: '" + name + "'");
        }
        return with(directory, directory.getPath() + "/" + name);
    }

    /**
     * The directory of a file or directory.
     *
     * @param path a path below a root
     * @return its directory, possibly a root
     */
    public static URI parent(URI path) {
        int slash = path.getPath().lastIndexOf('/');
        return with(path, slash <= 0 ? "/" : path.getPath().substring(0, slash));
    }

    /**
     * The last part of a path.
     *
     * @param path a path
     * @return a name without slashes
     */
    public static String name(URI path) {
        return path.getPath().substring(path.getPath().lastIndexOf('/') + 1);
    }

    /** Whether a normalized path lies below a directory, at any depth. */
    static boolean isBelow(URI path, URI directory) {
        URI plain = path.normalize();
        return plain.getScheme() != null
                && plain.getScheme().equalsIgnoreCase(directory.getScheme())
                && Objects.equals(plain.getAuthority(), directory.getAuthority())
                && plain.getPath() != null
                && plain.getPath().startsWith(directory.getPath() + "/")
                && !plain.getPath().contains("/../");
    }

    private static URI with(URI uri, String path) {
        try {
            return new URI(uri.getScheme(), uri.getAuthority(), path, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(uri + " with path " + path, e);
        }
    }
}

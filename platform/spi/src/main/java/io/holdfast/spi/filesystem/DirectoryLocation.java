package io.holdfast.spi.filesystem;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;

/**
 * Locations of checkpoint directories, read from text and checked. Stateless; no file is touched.
 *
 * <p>Text is read as Flink reads it, so that a directory that Flink wrote is found: nothing is
 * decoded ({@code %20} is three characters of a name), blanks, {@code ?} and {@code #} are ordinary
 * characters, backslashes and repeated slashes are single slashes, {@code .} and {@code ..} are
 * resolved, a slash at the end is dropped. A scheme keeps its case.
 */
public final class DirectoryLocation {
    /** Code of the problem that a location has no scheme. */
    public static final String NO_SCHEME = "STORAGE-5003";

    /** Code of the problem that a location is no URI. */
    public static final String INVALID = "STORAGE-5019";

    /** Code of the problem that a location is a root directory. */
    public static final String ROOT = "STORAGE-5020";

    private DirectoryLocation() {}

    /**
     * Reads the location of a directory.
     *
     * @param text such as {@code file:///data/checkpoints} or {@code s3://bucket/checkpoints}
     * @param setting what the text was given for, such as the key of an option; named in the error
     * @return an absolute, normalized URI of a directory that is not a root
     * @throws HoldfastException {@value #NO_SCHEME} if it has no scheme, {@value #ROOT} if it is a
     *     root directory, {@value #INVALID} if it is no URI at all
     */
    public static URI parse(String text, String setting) {
        if (text.isEmpty()) {
            throw refused(INVALID, text, setting, "it is empty");
        }
        int colon = text.indexOf(':');
        int slash = text.indexOf('/');
        if (colon < 0 || (slash >= 0 && slash < colon) || isDrive(text)) {
            throw refused(NO_SCHEME, text, setting, "it has no scheme");
        }
        String rest = text.substring(colon + 1);
        String authority = null;
        if (rest.startsWith("//") && rest.length() > 2) {
            int end = rest.indexOf('/', 2);
            authority = rest.substring(2, end < 0 ? rest.length() : end);
            rest = end < 0 ? "" : rest.substring(end);
        }
        return checked(text.substring(0, colon), authority, rest, text, setting);
    }

    private static boolean isDrive(String text) {
        return text.indexOf(':') == 1 && isLetter(text.charAt(0));
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /**
     * Checks the location of a directory.
     *
     * @param location a URI; its escapes are decoded
     * @param setting what it was given for; named in the error
     * @return the same directory, normalized
     * @throws HoldfastException as {@link #parse}
     */
    public static URI check(URI location, String setting) {
        Objects.requireNonNull(location, setting);
        String text = location.toString();
        if (location.getScheme() == null) {
            throw refused(NO_SCHEME, text, setting, "it has no scheme");
        }
        if (location.isOpaque()) {
            throw refused(INVALID, text, setting, "it has no path");
        }
        if (location.getQuery() != null || location.getFragment() != null) {
            throw refused(INVALID, text, setting, "it has a query or a fragment");
        }
        return checked(
                location.getScheme(), location.getAuthority(), location.getPath(), text, setting);
    }

    /**
     * Refuses the root of a Windows drive, such as {@code file:///C:/}, as Flink's storages do and
     * its legacy backends do not.
     *
     * @param location a location that was parsed or checked
     * @param setting what it was given for; named in the error
     * @return the same location
     * @throws HoldfastException {@value #ROOT} if it is one
     */
    public static URI checkDrive(URI location, String setting) {
        if (location.getPath().matches("/[A-Za-z]:/")) {
            throw refused(ROOT, location.toString(), setting, "it is the root of a drive");
        }
        return location;
    }

    private static URI checked(
            String scheme, String authority, String path, String text, String setting) {
        String given = authority == null || authority.isEmpty() ? null : authority;
        URI location;
        try {
            location = normalized(scheme, given, path);
        } catch (URISyntaxException e) {
            throw refused(INVALID, text, setting, why(scheme, given, path, e));
        }
        if (location.getPath().isEmpty() || location.getPath().equals("/")) {
            throw refused(ROOT, text, setting, "it is a root directory");
        }
        return location;
    }

    private static String why(
            String scheme, String authority, String path, URISyntaxException failure) {
        if (!scheme.matches("[A-Za-z][A-Za-z0-9+.-]*")) {
            return "'" + scheme + "' is not a scheme";
        }
        if (authority == null && path.isEmpty()) {
            return "it has no path";
        }
        return !path.isEmpty() && !path.startsWith("/")
                ? "its path '" + path + "' does not start with a slash"
                : "it is not a URI: " + failure.getReason();
    }

    private static URI normalized(String scheme, String authority, String path)
            throws URISyntaxException {
        String plain = path.replace('\\', '/').replaceAll("/+", "/");
        URI whole = new URI(scheme, authority, plain, null, null).normalize();
        String normal = whole.getPath();
        if (normal.length() > 1 && normal.endsWith("/") && !normal.matches("/[A-Za-z]:/")) {
            normal = normal.substring(0, normal.length() - 1);
        }
        return new URI(scheme, authority, normal, null, null);
    }

    private static HoldfastException refused(String code, String text, String setting, String why) {
        return Problem.user(
                        code,
                        "'%s' cannot be used as a checkpoint directory: %s.".formatted(text, why))
                .with("given as", setting)
                .with("expected", "scheme, optional authority, and a path below the root")
                .advise(
                        "write it as file:///data/checkpoints, hdfs://namenode:40010/checkpoints"
                                + " or s3://bucket/checkpoints")
                .exception();
    }
}

package io.holdfast.toolkit.checkpoint;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.spi.filesystem.DirectoryLocation;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * URIs of checkpoint directories: read from text, checked, taken apart. Stateless. Text is read as
 * {@link DirectoryLocation} says.
 */
public final class CheckpointLocation {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+");

    private CheckpointLocation() {}

    /**
     * Reads the location of a directory, as {@link DirectoryLocation#parse} does.
     *
     * @param text such as {@code file:///data/checkpoints} or {@code s3://bucket/checkpoints}
     * @param setting what the text was given for, such as the key of an option; named in the error
     * @return an absolute, normalized URI of a directory that is not a root
     * @throws HoldfastException STORAGE-5003 if it has no scheme, STORAGE-5019 if it is no URI,
     *     STORAGE-5020 if it is a root directory
     */
    public static URI parse(String text, String setting) {
        return DirectoryLocation.parse(text, setting);
    }

    /**
     * Checks the location of a directory, as {@link DirectoryLocation#check} does.
     *
     * @param location an absolute URI
     * @param setting what it was given for; named in the error
     * @return the same directory, normalized
     * @throws HoldfastException as {@link #parse}
     */
    public static URI check(URI location, String setting) {
        return DirectoryLocation.check(location, setting);
    }

    /**
     * Reads what a user gives to point at a checkpoint.
     *
     * @param pointer a URI, or a local path that may be relative to the working directory
     * @return an absolute URI
     * @throws HoldfastException STORAGE-5019 if it is neither
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
            throw Problem.user(
                            "STORAGE-5019",
                            "'%s' cannot be used as a pointer to a checkpoint: %s."
                                    .formatted(pointer, e.getReason()))
                    .advise("give a path, or a URI such as file:///data/checkpoints/JOB/chk-1")
                    .exception(e);
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

    /**
     * Tells whether a path lies below a directory, at any depth. Names are compared; links are not
     * looked at.
     *
     * @param path any URI
     * @param directory a directory, as {@link #check} makes it
     * @return true if so
     */
    public static boolean isBelow(URI path, URI directory) {
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

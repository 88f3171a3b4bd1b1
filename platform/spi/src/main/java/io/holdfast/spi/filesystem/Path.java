package io.holdfast.spi.filesystem;

import java.net.URI;
import java.util.Objects;

/**
 * The place of a file or directory as people write it: a URI without escapes, in which blanks,
 * {@code %}, {@code ?} and {@code #} are ordinary characters. A name only; whether it can be used
 * is checked where it is used. Immutable.
 *
 * <p>For programs that were written against Flink's class of this name. Elsewhere a {@link URI}
 * does.
 */
public final class Path {
    private final String text;

    /**
     * A place by its text.
     *
     * @param text such as {@code hdfs://namenode:40010/flink/checkpoints}, not null
     */
    public Path(String text) {
        this.text = Objects.requireNonNull(text, "text");
    }

    /**
     * A place by its URI.
     *
     * @param uri absolute or not; escapes are taken off
     */
    public Path(URI uri) {
        this(withoutEscapes(uri));
    }

    /**
     * A place below another.
     *
     * @param parent the upper one
     * @param child relative to it
     */
    public Path(Path parent, String child) {
        this(withSlash(parent.text) + child);
    }

    private static String withoutEscapes(URI uri) {
        if (uri.isOpaque()) {
            return uri.toString();
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme() + ":";
        String authority = uri.getAuthority() == null ? "" : "//" + uri.getAuthority();
        return scheme + authority + uri.getPath();
    }

    private static String withSlash(String text) {
        return text.endsWith("/") ? text : text + "/";
    }

    /** Two are equal if their texts are. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Path that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text. */
    @Override
    public String toString() {
        return text;
    }
}

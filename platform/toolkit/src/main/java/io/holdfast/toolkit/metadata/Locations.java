package io.holdfast.toolkit.metadata;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where files lie, seen from the directory of the metadata: {@code name/of/file} below it, {@code
 * ../name/of/file} beside it. Nothing else is relative, so that a stored location cannot lead
 * anywhere else.
 */
final class Locations {
    private static final String UP = "../";

    private Locations() {}

    /**
     * The relative form of a location.
     *
     * @param directory the directory of the metadata
     * @param file the file
     * @param beside whether files beside the directory, below its parent, move with it
     * @return the relative form, or empty if the file does not move with the directory
     */
    static Optional<String> relative(URI directory, URI file, boolean beside) {
        if (directory.isOpaque() || file.isOpaque()) {
            return Optional.empty();
        }
        String base = prefix(directory);
        String parent = parent(base);
        String whole = text(file);
        String relative = null;
        if (whole.startsWith(base)) {
            relative = whole.substring(base.length());
        } else if (beside && !parent.isEmpty() && whole.startsWith(parent)) {
            relative = UP + whole.substring(parent.length());
        }
        return Optional.ofNullable(relative).filter(Locations::isPlain);
    }

    /**
     * Undoes {@link #relative}.
     *
     * @param directory the directory of the metadata
     * @param relative what was stored
     * @return the absolute location, or empty if {@code relative} is not a relative form
     */
    static Optional<URI> resolve(URI directory, String relative) {
        if (directory.isOpaque() || !isPlain(relative)) {
            return Optional.empty();
        }
        String base = prefix(directory);
        boolean up = relative.startsWith(UP);
        if (up) {
            base = parent(base);
        }
        return base.isEmpty()
                ? Optional.empty()
                : absolute(base + (up ? relative.substring(UP.length()) : relative));
    }

    /**
     * Reads an absolute location.
     *
     * @param text what was stored
     * @return the location, or empty if it is no absolute, normalized URI of a file
     */
    static Optional<URI> absolute(String text) {
        try {
            URI uri = new URI(text);
            boolean usable =
                    uri.isAbsolute()
                            && !uri.isOpaque()
                            && uri.getRawQuery() == null
                            && uri.getRawFragment() == null
                            && uri.normalize().equals(uri);
            return usable ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** At most one leading step up, then names only, also after decoding. */
    private static boolean isPlain(String relative) {
        String rest = relative.startsWith(UP) ? relative.substring(UP.length()) : relative;
        for (String part : rest.toLowerCase(Locale.ROOT).split("/", -1)) {
            String name = part.replace("%2e", ".");
            if (name.isEmpty()
                    || name.equals(".")
                    || name.equals("..")
                    || name.contains("%2f")
                    || name.contains("%5c")) {
                return false;
            }
        }
        return true;
    }

    private static String prefix(URI directory) {
        String text = text(directory);
        return text.endsWith("/") ? text : text + "/";
    }

    /** Without the last part; empty at the root, whose files are everything there is. */
    private static String parent(String prefix) {
        int slash = prefix.lastIndexOf('/', prefix.length() - 2);
        int root = prefix.length() - URI.create(prefix).getRawPath().length();
        return slash <= root ? "" : prefix.substring(0, slash + 1);
    }

    /** {@code file:/x} and {@code file:///x} are the same place, and equal as URIs. */
    private static String text(URI uri) {
        String text = uri.normalize().toString();
        String emptyAuthority = uri.getScheme() + ":///";
        return text.startsWith(emptyAuthority)
                ? uri.getScheme() + ":/" + text.substring(emptyAuthority.length())
                : text;
    }
}

package io.holdfast.api.serialization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says in words what stored descriptions describe, and where two of them differ. Trusts nothing in
 * them: texts have an end, however large a description is.
 */
final class TypeWords {
    private static final int MAX_LENGTH = 2_000;
    private static final int MAX_DIFFERENCES = 20;
    private static final String PRIMITIVE = "primitive-";

    private final StringBuilder text = new StringBuilder();

    private TypeWords() {}

    static String of(SerializerSnapshot written) {
        TypeWords words = new TypeWords();
        words.add(written, 0);
        return words.text.length() <= MAX_LENGTH
                ? words.text.toString()
                : words.text.substring(0, MAX_LENGTH) + "…";
    }

    /** The name of a class without its package, or whatever stands behind the colon. */
    static String simpleName(SerializerSnapshot written) {
        String name = written.name().substring(written.name().indexOf(':') + 1);
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }

    private void add(SerializerSnapshot written, int depth) {
        if (text.length() > MAX_LENGTH || depth > SerializerSnapshot.MAX_DEPTH) {
            text.append('…');
        } else if (StructSerializer.describes(written) && StructSerializer.names(written) != null) {
            text.append(simpleName(written));
            parts(written, StructSerializer.names(written), "(", ", ", ")", depth);
        } else if (written.name().startsWith("sealed:")) {
            text.append(simpleName(written));
            parts(written, List.of(), "{", " | ", "}", depth);
        } else if (written.name().startsWith("enum:")) {
            text.append(simpleName(written))
                    .append(Arrays.asList(EnumSerializer.storedNames(written)));
        } else {
            text.append(
                    written.name().startsWith(PRIMITIVE)
                            ? written.name().substring(PRIMITIVE.length())
                            : written.name());
            if (written.version() != 1) {
                text.append('#').append(written.version());
            }
            if (!written.nested().isEmpty()) {
                parts(written, List.of(), "<", ", ", ">", depth);
            }
        }
    }

    private void parts(
            SerializerSnapshot written,
            List<String> names,
            String begin,
            String between,
            String end,
            int depth) {
        text.append(begin);
        for (int i = 0; i < written.nested().size() && text.length() <= MAX_LENGTH; i++) {
            text.append(i == 0 ? "" : between);
            if (!names.isEmpty()) {
                text.append(names.get(i)).append(": ");
            }
            add(written.nested().get(i), depth + 1);
        }
        text.append(end);
    }

    static List<String> differences(SerializerSnapshot stored, SerializerSnapshot wanted) {
        List<String> found = new ArrayList<>();
        compare("", stored, wanted, found, 0);
        return found;
    }

    private static void compare(
            String path,
            SerializerSnapshot stored,
            SerializerSnapshot wanted,
            List<String> found,
            int depth) {
        if (found.size() >= MAX_DIFFERENCES
                || depth > SerializerSnapshot.MAX_DEPTH
                || stored.equals(wanted)) {
            return;
        }
        Optional<Map<String, SerializerSnapshot>> before = members(stored);
        Optional<Map<String, SerializerSnapshot>> after = members(wanted);
        if (before.isPresent() && after.isPresent()) {
            compareMembers(path, before.get(), after.get(), found, depth);
        } else if (stored.name().equals(wanted.name())
                && stored.version() == wanted.version()
                && Arrays.equals(stored.body(), wanted.body())
                && stored.nested().size() == wanted.nested().size()) {
            for (int i = 0; i < stored.nested().size(); i++) {
                compare(path, stored.nested().get(i), wanted.nested().get(i), found, depth + 1);
            }
        } else {
            found.add(prefix(path) + of(stored) + " becomes " + of(wanted));
        }
    }

    private static void compareMembers(
            String path,
            Map<String, SerializerSnapshot> stored,
            Map<String, SerializerSnapshot> wanted,
            List<String> found,
            int depth) {
        List<String> gone = new ArrayList<>(stored.keySet());
        gone.removeAll(wanted.keySet());
        List<String> added = new ArrayList<>(wanted.keySet());
        added.removeAll(stored.keySet());
        gone.sort(null);
        added.sort(null);
        gone.forEach(
                name -> found.add(member(path, name) + " (" + of(stored.get(name)) + ") goes"));
        added.forEach(
                name -> found.add(member(path, name) + " (" + of(wanted.get(name)) + ") is added"));
        for (String name : wanted.keySet().stream().filter(stored::containsKey).sorted().toList()) {
            compare(member(path, name), stored.get(name), wanted.get(name), found, depth + 1);
        }
    }

    private static String member(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String prefix(String path) {
        return path.isEmpty() ? "" : path + ": ";
    }

    private static Optional<Map<String, SerializerSnapshot>> members(SerializerSnapshot written) {
        List<String> names =
                StructSerializer.describes(written) ? StructSerializer.names(written) : null;
        if (names == null) {
            return Optional.empty();
        }
        Map<String, SerializerSnapshot> members = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            members.put(names.get(i), written.nested().get(i));
        }
        return Optional.of(members);
    }
}

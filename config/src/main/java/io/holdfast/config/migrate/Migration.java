package io.holdfast.config.migrate;

import io.holdfast.api.error.Problem;
import io.holdfast.config.file.FileFormat;
import io.holdfast.config.file.FlinkConfLine;
import io.holdfast.config.resolve.Difference;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A file turned into another.
 *
 * @param format of the new file
 * @param text the new file; it holds the secrets of the old one and must not be printed
 * @param shown the new file as it may be printed, with its secrets hidden
 * @param settings how many settings it has
 * @param presentKeys what keys of the old file are called now, where that is another name
 * @param changes what is different from the old file besides its form, in the order of lines
 * @param differences what does not come out the same when both are resolved; empty if nothing
 * @param problems what is wrong with the old file, and still is with the new one
 * @param warnings what is suspicious in the old file
 */
public record Migration(
        FileFormat format,
        String text,
        String shown,
        int settings,
        Map<String, String> presentKeys,
        List<Change> changes,
        List<Difference> differences,
        List<Problem> problems,
        List<Problem> warnings) {

    /** Refuses null parts and copies the lists. */
    public Migration {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(shown, "shown");
        presentKeys = Map.copyOf(presentKeys);
        changes = List.copyOf(changes);
        differences = List.copyOf(differences);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /**
     * What a key of the old file is called now.
     *
     * @param key a key of the old file
     * @return its present name, or the same key
     */
    public String presentKey(String key) {
        return presentKeys.getOrDefault(key, key);
    }

    /** Sorts of changes. */
    public enum Kind {
        /** A former key became the present one. */
        RENAMED,
        /** A former key stays, because another key of its option is in force. */
        STAYS,
        /** A legacy backend became a backend and a storage. */
        SPLIT,
        /** What was implied is said. */
        ADDED,
        /** A setting that was never in force became a comment. */
        COMMENTED,
        /** A line that was ignored became a comment. */
        IGNORED
    }

    /**
     * Something that is different from the old file besides its form.
     *
     * @param line of the old file, from 1; 0 if none
     * @param kind the sort
     * @param sentence what, without values that may be secret
     */
    public record Change(int line, Kind kind, String sentence) {
        /** Refuses null parts. */
        public Change {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(sentence, "sentence");
        }

        static Change ofIgnoredLine(FlinkConfLine line) {
            String key = line.seemingKey();
            return new Change(
                    line.number(),
                    Kind.IGNORED,
                    (key.isEmpty() ? "the line" : "the line of '" + key + "'")
                            + " was ignored and is now a comment");
        }

        static Change ofReplaced(String key, int line, int by) {
            return new Change(
                    line,
                    Kind.COMMENTED,
                    "'" + key + "' is set again in line " + by + "; this one is now a comment");
        }

        /** The line and the sentence. */
        @Override
        public String toString() {
            return line == 0 ? sentence : "line " + line + ": " + sentence;
        }
    }

    /** Numbers only: the text holds secrets. */
    @Override
    public String toString() {
        return "Migration[%d settings, %d changes, %d differences]"
                .formatted(settings, changes.size(), differences.size());
    }
}

package io.holdfast.config.migrate;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.Secret;
import io.holdfast.config.file.FileFormat;
import io.holdfast.config.layer.SecretKeys;
import io.holdfast.config.migrate.Draft.Note;
import io.holdfast.config.migrate.Draft.Pair;
import io.holdfast.config.migrate.Draft.Piece;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/** A draft as text: once to be written, once to be shown. Immutable. */
final class Rendering {
    private final Draft draft;
    private final Spelling spelling;
    private final Set<String> secretKeys = new HashSet<>();

    Rendering(FileFormat format, Draft draft, Collection<ConfigOption<?>> options) {
        this.draft = draft;
        this.spelling = new Spelling(format, draft.pairs().stream().map(Pair::key).toList());
        options.stream()
                .filter(option -> option.type().secret())
                .forEach(option -> secretKeys.addAll(option.allKeys()));
    }

    /** With all secrets. */
    String text() {
        return lines(
                piece ->
                        piece instanceof Note note
                                ? spelling.note(note.text())
                                : spelling.line((Pair) piece));
    }

    /** Without them. */
    String shown() {
        return lines(
                piece ->
                        piece instanceof Note note
                                ? spelling.note(note.shown())
                                : SecretKeys.withoutPasswords(spelling.line(masked((Pair) piece))));
    }

    private Pair masked(Pair pair) {
        boolean secret = secretKeys.contains(pair.key()) || SecretKeys.hides(pair.key());
        // What looks like a comment may be the rest of a password with a # in it.
        String comment = secret || SecretKeys.hides(pair.comment()) ? hidden(pair) : pair.comment();
        return new Pair(pair.key(), secret ? Secret.HIDDEN : pair.value(), comment, pair.line());
    }

    private static String hidden(Pair pair) {
        return pair.comment().isEmpty() ? "" : "# " + Secret.HIDDEN;
    }

    private String lines(Function<Piece, String> line) {
        StringBuilder text = new StringBuilder();
        draft.pieces().forEach(piece -> text.append(line.apply(piece)).append('\n'));
        return text.toString();
    }
}

package io.holdfast.config.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.scanner.ScannerImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.tokens.CommentToken;

/**
 * A comment or a blank line of a YAML file.
 *
 * @param line from 1
 * @param text the comment with its {@code #}; empty for a blank line
 * @param beside whether something stands before it on its line
 */
public record YamlComment(int line, String text, boolean beside) {
    /** Refuses null parts. */
    public YamlComment {
        Objects.requireNonNull(text, "text");
    }

    /**
     * The comments of a file.
     *
     * @param text a file that is correct YAML
     * @return in their order
     */
    public static List<YamlComment> of(String text) {
        LoadSettings settings = LoadSettings.builder().setParseComments(true).build();
        ScannerImpl scanner = new ScannerImpl(settings, new StreamReader(settings, text));
        List<YamlComment> comments = new ArrayList<>();
        while (scanner.hasNext()) {
            if (scanner.next() instanceof CommentToken token) {
                comments.add(of(token));
            }
        }
        return comments;
    }

    private static YamlComment of(CommentToken token) {
        int line = token.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        return token.getCommentType() == CommentType.BLANK_LINE
                ? new YamlComment(line, "", false)
                : new YamlComment(
                        line,
                        "#" + token.getValue(),
                        token.getCommentType() == CommentType.IN_LINE);
    }
}

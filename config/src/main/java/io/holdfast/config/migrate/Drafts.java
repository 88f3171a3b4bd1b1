package io.holdfast.config.migrate;

import io.holdfast.config.file.FileFormat;
import io.holdfast.config.file.FlinkConfLine;
import io.holdfast.config.file.YamlComment;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.migrate.Draft.Note;
import io.holdfast.config.migrate.Draft.Pair;
import io.holdfast.config.migrate.Migration.Change;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Makes drafts of old files. Stateless. */
final class Drafts {
    private Drafts() {}

    static Draft of(FileFormat format, String text, Layer layer, List<Change> changes) {
        return format == FileFormat.FLINK_CONF
                ? ofFlinkConf(text, changes)
                : ofYaml(YamlComment.of(text), layer, changes);
    }

    /**
     * Every line stays where it is. A line that Flink ignored becomes a comment, and so does a
     * setting that a later one with the same key replaced.
     */
    private static Draft ofFlinkConf(String text, List<Change> changes) {
        List<FlinkConfLine> lines = FlinkConfLine.of(text);
        Map<String, Integer> last = new HashMap<>();
        lines.forEach(line -> last.put(line.key(), line.number()));
        Draft draft = new Draft();
        for (FlinkConfLine line : lines) {
            switch (line.kind()) {
                case BLANK -> draft.add(Note.BLANK);
                case COMMENT -> draft.add(Note.of(line.comment()));
                case IGNORED -> {
                    draft.add(Note.ofLine(line.seemingKey(), line.asComment()));
                    changes.add(Change.ofIgnoredLine(line));
                }
                case SETTING -> {
                    Pair pair = new Pair(line.key(), line.value(), line.comment(), line.number());
                    if (last.get(line.key()) == line.number()) {
                        draft.add(pair);
                    } else {
                        draft.add(Note.ofLine(line.key(), line.asComment()));
                        changes.add(
                                Change.ofReplaced(line.key(), line.number(), last.get(line.key())));
                    }
                }
            }
        }
        return draft;
    }

    /** Settings in their order, flat; comments before the setting they stood before or beside. */
    private static Draft ofYaml(List<YamlComment> comments, Layer layer, List<Change> changes) {
        Set<Integer> linesOfSettings = new HashSet<>();
        Map<String, Entry> last = new HashMap<>();
        for (Entry entry : layer.entries()) {
            linesOfSettings.add(entry.origin().line());
            last.put(entry.key(), entry);
        }
        Map<Integer, String> beside = new HashMap<>();
        Draft draft = new Draft();
        Iterator<YamlComment> remaining = comments.iterator();
        YamlComment next = remaining.hasNext() ? remaining.next() : null;
        for (Entry entry : layer.entries()) {
            int line = entry.origin().line();
            while (next != null && next.line() <= line) {
                if (next.line() == line && next.beside()) {
                    beside.put(line, next.text());
                } else {
                    draft.add(Note.of(next.text()));
                }
                next = remaining.hasNext() ? remaining.next() : null;
            }
            String comment = Objects.requireNonNullElse(beside.remove(line), "");
            Pair pair = new Pair(entry.key(), entry.value(), comment, line);
            draft.add(pair);
            Entry winner = last.get(entry.key());
            if (winner != entry) {
                draft.comment(pair);
                changes.add(Change.ofReplaced(entry.key(), line, winner.origin().line()));
            }
        }
        while (next != null) {
            draft.add(Note.of(next.text()));
            next = remaining.hasNext() ? remaining.next() : null;
        }
        return draft;
    }
}

package io.holdfast.config.migrate;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ValueType;
import io.holdfast.api.error.Problem;
import io.holdfast.config.file.FileFormat;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.layer.Origin;
import io.holdfast.config.migrate.Migration.Change;
import io.holdfast.config.resolve.Comparison;
import io.holdfast.config.resolve.Resolution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Turns a file for Flink into one for this product, and says what it did and whether both mean the
 * same. Former keys get their present names; a legacy backend becomes a backend and a storage;
 * everything else, comments and order included, stays. No setting is ever dropped: keys are written
 * flat, so that a key may be the beginning of another.
 *
 * <p>Thread-safe if its functions are.
 */
public final class Migrator {
    private final Collection<ConfigOption<?>> options;
    private final Function<Layer, Resolution> before;
    private final Function<Layer, Resolution> after;

    /**
     * A migrator.
     *
     * @param options every option that is known
     * @param before resolves the old file, as the Flink did that it was written for
     * @param after resolves the new file, as whoever is going to read it
     */
    public Migrator(
            Collection<ConfigOption<?>> options,
            Function<Layer, Resolution> before,
            Function<Layer, Resolution> after) {
        this.options = List.copyOf(options);
        this.before = before;
        this.after = after;
    }

    /**
     * Turns a file into another.
     *
     * @param file the name of the old file, for origins
     * @param text its text
     * @param from its format, {@link FileFormat#FLINK_CONF} or {@link FileFormat#YAML}
     * @param to the format of the new file, {@link FileFormat#YAML} or {@link FileFormat#HOCON}
     * @return the new file and what there is to say about it
     * @throws io.holdfast.api.error.HoldfastException {@code CONFIG-1022} to {@code CONFIG-1025} if
     *     the old file is refused by its own parser; {@code CONFIG-1064} if there is a defect
     */
    public Migration migrate(Path file, String text, FileFormat from, FileFormat to) {
        requireFormats(from, to);
        Layer old = from.read(file, text, Level.CLUSTER);
        List<Change> changes = new ArrayList<>();
        Draft draft = Drafts.of(from, text, old, changes);
        requireComplete(old, draft);
        Renames renames = new Renames(options);
        renames.apply(draft, changes);
        Resolution meant = before.apply(old);
        Split split = new Split(draft, changes, meant);
        split.nameBackend();
        split.nameStorage(() -> after.apply(new Layer(Level.CLUSTER, entries(draft))));

        Rendering rendering = new Rendering(to, draft, options);
        String rendered = rendering.text();
        Layer fresh = to.read(file, rendered, Level.CLUSTER);
        requireComplete(fresh, draft);
        Resolution means = after.apply(fresh);
        Map<String, String> presentKeys = renames.presentKeys();
        changes.sort(Comparator.comparing(Change::line));
        return new Migration(
                to,
                rendered,
                rendering.shown(),
                draft.pairs().size(),
                presentKeys,
                changes,
                Comparison.of(meant, means, key -> presentKeys.getOrDefault(key, key)),
                means.problems(),
                old.warnings());
    }

    private static void requireFormats(FileFormat from, FileFormat to) {
        boolean readable = from == FileFormat.FLINK_CONF || from == FileFormat.YAML;
        boolean writable = to == FileFormat.YAML || to == FileFormat.HOCON;
        if (!readable || !writable) {
            throw Problem.user("CONFIG-1063", "There is no way from " + from + " to " + to + ".")
                    .with("possible", "from FLINK_CONF or YAML, to YAML or HOCON")
                    .advise("choose other files")
                    .exception();
        }
    }

    private static List<Entry> entries(Draft draft) {
        return draft.pairs().stream()
                .map(pair -> new Entry(pair.key(), pair.value(), Origin.ofFile("", pair.line())))
                .toList();
    }

    private static Map<String, String> texts(Collection<Entry> entries) {
        Map<String, String> texts = new TreeMap<>();
        entries.forEach(entry -> texts.put(entry.key(), ValueType.text(entry.value())));
        return texts;
    }

    /** Nobody may lose a setting; if that happens in spite of all tests, nothing is handed out. */
    private static void requireComplete(Layer layer, Draft draft) {
        if (!texts(layer.entries()).equals(texts(entries(draft)))) {
            throw Problem.bug("CONFIG-1064", "A setting would be lost or changed.")
                    .advise("report it, with the file if it is not secret")
                    .exception();
        }
    }
}

package io.holdfast.config.file;

import io.holdfast.api.config.ValueType;
import io.holdfast.api.error.Problem;
import io.holdfast.api.error.Problems;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Origin;
import io.holdfast.config.layer.SecretKeys;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.scanner.ScannerImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * One document of YAML 1.2 in its core schema, a mapping with text keys. Nested and flat keys may
 * be mixed; both become flat. No tags but those of the core schema, so nothing is ever instantiated
 * by name.
 */
final class YamlFile {
    // Aliases can make a small file large; no configuration has so many settings.
    private static final int MOST_NODES = 100_000;
    private static final int DEEPEST = 64;

    private static final String TAG_NOT_ALLOWED =
            "a value begins with a ! that makes it a tag; only tags of the core schema are allowed";

    private static final Set<Tag> SCALARS = Set.of(Tag.STR, Tag.BOOL, Tag.INT, Tag.FLOAT);

    private final String file;
    private final LoadSettings settings;
    private final Map<Tag, ConstructNode> constructors;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Deque<Node> path = new ArrayDeque<>();
    private int nodes;

    YamlFile(String file) {
        this.file = file;
        this.settings =
                LoadSettings.builder().setLabel(file).setSchema(new WithoutMergeKeys()).build();
        this.constructors = settings.getSchema().getSchemaTagConstructors();
    }

    /** The core schema of YAML 1.2 has no merge keys; {@code <<} is a key like others. */
    private static final class WithoutMergeKeys extends CoreSchema {
        private final ScalarResolver resolver = new CoreScalarResolver(false);

        @Override
        public ScalarResolver getScalarResolver() {
            return resolver;
        }
    }

    Parsed parsed(String text) {
        Optional<Node> root = compose(text);
        if (root.isPresent() && root.get() instanceof MappingNode mapping) {
            flatten("", mapping);
        } else if (root.isPresent() && !root.get().getTag().equals(Tag.NULL)) {
            problems.add(noSetting(root.get(), "the file is not a mapping of keys to values"));
        }
        if (!problems.isEmpty()) {
            throw Problems.together("CONFIG-1000", "'" + file + "'", problems);
        }
        return Parsed.of(entries);
    }

    private Optional<Node> compose(String text) {
        try {
            StreamReader reader = new StreamReader(settings, text);
            Parser parser = new ParserImpl(settings, new ScannerImpl(settings, reader));
            return new Composer(settings, new ShallowParser(parser, file, DEEPEST)).getSingleNode();
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            String complaint =
                    e.getProblem() + " " + Objects.requireNonNullElse(e.getContext(), "");
            throw broken(line, ParserReason.ofYaml(complaint));
        } catch (YamlEngineException e) {
            throw broken(0, ParserReason.ofYaml(String.valueOf(e.getMessage())));
        } catch (IllegalArgumentException e) {
            // Tags with escapes get past the library's parser and not past its nodes.
            throw broken(0, ParserReason.ofYaml("tag"));
        }
    }

    private RuntimeException broken(int line, String reason) {
        return Problem.user("CONFIG-1022", "'" + file + "' is not correct YAML.")
                .with("at", Origin.ofFile(file, line))
                .with("because", reason)
                .advise("correct the line; a blank must follow the colon after a key")
                .exception();
    }

    private void flatten(String prefix, MappingNode mapping) {
        if (!enter(mapping)) {
            return;
        }
        Map<String, Origin> seen = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node keyNode = tuple.getKeyNode();
            key(keyNode)
                    .map(prefix::concat)
                    .ifPresent(
                            key -> {
                                Origin first = seen.putIfAbsent(key, origin(keyNode));
                                if (first != null) {
                                    problems.add(twice(key, first, origin(keyNode)));
                                }
                                add(key, keyNode, tuple.getValueNode());
                            });
        }
        path.pop();
    }

    private void add(String key, Node keyNode, Node valueNode) {
        if (valueNode instanceof MappingNode nested) {
            flatten(key + ".", nested);
            return;
        }
        if (valueNode.getTag().equals(Tag.NULL)) {
            problems.add(noValue(key, keyNode));
            return;
        }
        Object value = value(valueNode);
        if (value != null) {
            entries.add(new Entry(key, value, origin(keyNode)));
        }
    }

    /** A text, boolean, number, list or map; null if a problem was noted instead. */
    private Object value(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar);
        }
        if (!enter((CollectionNode<?>) node)) {
            return null;
        }
        Object value = node instanceof SequenceNode list ? list(list) : map((MappingNode) node);
        path.pop();
        return value;
    }

    private Object scalar(ScalarNode scalar) {
        if (!SCALARS.contains(scalar.getTag())) {
            problems.add(noSetting(scalar, TAG_NOT_ALLOWED));
            return null;
        }
        if (scalar.getTag().equals(Tag.STR)) {
            return scalar.getValue();
        }
        try {
            return constructors.get(scalar.getTag()).construct(scalar);
        } catch (RuntimeException e) {
            problems.add(noSetting(scalar, "a value does not fit its tag"));
            return null;
        }
    }

    private List<Object> list(SequenceNode sequence) {
        List<Object> elements = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            add(element, elements::add);
        }
        return Collections.unmodifiableList(elements);
    }

    private Map<Object, Object> map(MappingNode mapping) {
        Map<Object, Object> entriesOfMap = new LinkedHashMap<>();
        Map<Object, Origin> seen = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node keyNode = tuple.getKeyNode();
            add(
                    keyNode,
                    key -> {
                        Origin first = seen.putIfAbsent(key, origin(keyNode));
                        if (first != null) {
                            problems.add(twice(ValueType.text(key), first, origin(keyNode)));
                        }
                        add(tuple.getValueNode(), value -> entriesOfMap.put(key, value));
                    });
        }
        return Collections.unmodifiableMap(entriesOfMap);
    }

    /** Within a list, nothing is a value like others. */
    private void add(Node node, Consumer<Object> container) {
        if (node.getTag().equals(Tag.NULL)) {
            container.accept(null);
            return;
        }
        Object value = value(node);
        if (value != null) {
            container.accept(value);
        }
    }

    /** A text; empty if a problem was noted instead. */
    private Optional<String> key(Node node) {
        if (node instanceof ScalarNode scalar && node.getTag().equals(Tag.STR)) {
            return Optional.of(scalar.getValue());
        }
        if (node.getTag().equals(Tag.NULL)) {
            // So it is in Flink, too.
            return Optional.of("null");
        }
        problems.add(noSetting(node, "a key is not text"));
        return Optional.empty();
    }

    /** Goes one level down, unless the node must not be read; then a problem is noted. */
    private boolean enter(CollectionNode<?> node) {
        nodes += 1 + node.getValue().size();
        Optional<String> obstacle = obstacle(node);
        obstacle.ifPresent(reason -> problems.add(noSetting(node, reason)));
        if (obstacle.isEmpty()) {
            path.push(node);
        }
        return obstacle.isEmpty();
    }

    private Optional<String> obstacle(CollectionNode<?> node) {
        if (!node.getTag().equals(Tag.MAP) && !node.getTag().equals(Tag.SEQ)) {
            return Optional.of(TAG_NOT_ALLOWED);
        }
        if (path.contains(node)) {
            return Optional.of("an alias points at what contains it");
        }
        if (path.size() == DEEPEST) {
            return Optional.of("there are more than " + DEEPEST + " levels");
        }
        return nodes > MOST_NODES
                ? Optional.of("there are more than " + MOST_NODES + " values")
                : Optional.empty();
    }

    private Origin origin(Node node) {
        return Origin.ofFile(file, node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0));
    }

    private Problem noSetting(Node node, String reason) {
        return Problem.user("CONFIG-1025", "'" + file + "' holds something that is no setting.")
                .with("at", origin(node))
                .with("because", reason)
                .advise("write keys with values, such as state.backend.type: rocksdb")
                .build();
    }

    private Problem noValue(String key, Node keyNode) {
        return Problem.user(
                        "CONFIG-1023", "The key '" + SecretKeys.shownKey(key) + "' has no value.")
                .with("at", origin(keyNode))
                .advise("give it a value, '' for an empty text, or remove the line")
                .build();
    }

    private Problem twice(String key, Origin first, Origin second) {
        return Problem.user(
                        "CONFIG-1024",
                        "The key '" + SecretKeys.shownKey(key) + "' stands twice in the file.")
                .with("first", first)
                .with("again", second)
                .advise("remove one of them")
                .build();
    }
}

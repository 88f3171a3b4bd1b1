package io.holdfast.config.file;

import io.holdfast.api.error.Problem;
import io.holdfast.api.error.Problems;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Origin;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
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

    List<Entry> entries(String text) {
        Optional<Node> root = compose(text);
        if (root.isPresent() && root.get() instanceof MappingNode mapping) {
            flatten("", mapping);
        } else if (root.isPresent()) {
            problems.add(noSetting(root.get(), "the file is not a mapping of keys to values"));
        }
        if (!problems.isEmpty()) {
            throw Problems.together("CONFIG-1000", "'" + file + "'", problems);
        }
        return entries;
    }

    private Optional<Node> compose(String text) {
        try {
            return new Compose(settings).composeReader(new StringReader(text));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw broken(line, e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw broken(0, e.getMessage(), e);
        }
    }

    private RuntimeException broken(int line, String reason, Exception cause) {
        return Problem.user("CONFIG-1022", "'" + file + "' is not correct YAML.")
                .with("at", Origin.ofFile(file, line))
                .with("because", reason)
                .advise("correct the line; a blank must follow the colon after a key")
                .exception(cause);
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
            problems.add(noSetting(scalar, notAllowed(scalar)));
            return null;
        }
        if (scalar.getTag().equals(Tag.STR)) {
            return scalar.getValue();
        }
        try {
            return constructors.get(scalar.getTag()).construct(scalar);
        } catch (RuntimeException e) {
            problems.add(noSetting(scalar, "a value does not fit its tag " + scalar.getTag()));
            return null;
        }
    }

    private static String notAllowed(Node node) {
        return "the tag " + node.getTag() + " is not allowed";
    }

    private List<Object> list(SequenceNode sequence) {
        List<Object> elements = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            if (element.getTag().equals(Tag.NULL)) {
                problems.add(noSetting(element, "an element of a list has no value"));
                continue;
            }
            Object value = value(element);
            if (value != null) {
                elements.add(value);
            }
        }
        return List.copyOf(elements);
    }

    private Map<String, Object> map(MappingNode mapping) {
        Map<String, Object> entriesOfMap = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Optional<String> key = key(tuple.getKeyNode());
            Object value = value(tuple.getValueNode());
            if (key.isPresent() && value != null) {
                entriesOfMap.put(key.get(), value);
            }
        }
        return entriesOfMap;
    }

    /** A text; empty if a problem was noted instead. */
    private Optional<String> key(Node node) {
        if (node instanceof ScalarNode scalar && node.getTag().equals(Tag.STR)) {
            return Optional.of(scalar.getValue());
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
            return Optional.of(notAllowed(node));
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
        return Problem.user("CONFIG-1023", "The key '" + key + "' has no value.")
                .with("at", origin(keyNode))
                .advise("give it a value, '' for an empty text, or remove the line")
                .build();
    }

    private Problem twice(String key, Origin first, Origin second) {
        return Problem.user("CONFIG-1024", "The key '" + key + "' stands twice in the file.")
                .with("first", first)
                .with("again", second)
                .advise("remove one of them")
                .build();
    }
}

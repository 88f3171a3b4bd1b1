package io.holdfast.config.file;

import io.holdfast.api.config.Secret;
import io.holdfast.api.config.ValueType;
import io.holdfast.api.error.Problem;
import io.holdfast.api.error.Problems;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts secrets in the place of references to them. A value may refer to an environment variable or
 * to a file, whole or in part:
 *
 * <pre>
 *   s3.secret-key: ${secret:env:S3_SECRET_KEY}
 *   db.password:   ${secret:file:/run/secrets/db}
 *   db.url:        jdbc:postgresql://db/jobs?password=${secret:env:DB_PASSWORD}
 * </pre>
 *
 * <p>A value with a reference in it becomes a {@link Secret}, whatever its key, and is never
 * printed. Of a file, one line feed at its end is dropped. {@code $${secret:} stands for the text
 * {@code ${secret:}. References work in every layer; a reference itself is no secret, so layers can
 * be kept and shown without harm, and the secrets are put in last. Thread-safe.
 */
public final class SecretReferences {
    private static final String OPENING = "${secret:";
    private static final Pattern REFERENCE =
            Pattern.compile("(\\$)?\\$\\{secret:(?:(env|file):([^}\\s]+)\\})?");
    private static final long LARGEST = 64 << 10;

    private final Map<String, String> environment;

    /**
     * References to these variables, and to files.
     *
     * @param environment such as {@link System#getenv()}
     */
    public SecretReferences(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * The layers with the secrets in them.
     *
     * @param layers the layers
     * @return the same layers in the same order; those without references are not copied
     * @throws io.holdfast.api.error.HoldfastException {@code CONFIG-1055} if a reference leads to
     *     nothing, or {@code CONFIG-1000} with several of them
     */
    public List<Layer> resolved(List<Layer> layers) {
        List<Problem> problems = new ArrayList<>();
        List<Layer> resolved = layers.stream().map(layer -> resolved(layer, problems)).toList();
        if (!problems.isEmpty()) {
            throw Problems.together("CONFIG-1000", "The configuration", problems);
        }
        return resolved;
    }

    private Layer resolved(Layer layer, List<Problem> problems) {
        if (layer.entries().stream().noneMatch(SecretReferences::refers)) {
            return layer;
        }
        List<Entry> entries =
                layer.entries().stream()
                        .map(entry -> refers(entry) ? resolved(entry, problems) : entry)
                        .toList();
        return new Layer(layer.level(), entries, layer.warnings());
    }

    private static boolean refers(Entry entry) {
        return !(entry.value() instanceof Secret)
                && ValueType.text(entry.value()).contains(OPENING);
    }

    private Entry resolved(Entry entry, List<Problem> problems) {
        String text = ValueType.text(entry.value());
        Matcher reference = REFERENCE.matcher(text);
        StringBuilder value = new StringBuilder();
        boolean secret = false;
        while (reference.find()) {
            if (reference.group(1) != null) {
                String literal = reference.group().substring(1);
                reference.appendReplacement(value, Matcher.quoteReplacement(literal));
                continue;
            }
            secret = true;
            Optional<String> found = found(entry, reference, problems);
            reference.appendReplacement(value, Matcher.quoteReplacement(found.orElse("")));
        }
        reference.appendTail(value);
        Object resolved = secret ? Secret.of(value.toString()) : value.toString();
        return new Entry(entry.key(), resolved, entry.origin());
    }

    private Optional<String> found(Entry entry, Matcher reference, List<Problem> problems) {
        String source = reference.group(2);
        if (source == null) {
            problems.add(
                    problem(entry, "is no reference to a secret that can be read")
                            .with("possible", "${secret:env:VARIABLE}, ${secret:file:/path}")
                            .advise("correct it; for the text ${secret: write $${secret:")
                            .build());
            return Optional.empty();
        }
        String name = reference.group(3);
        Optional<String> found =
                source.equals("env")
                        ? Optional.ofNullable(environment.get(name))
                        : ofFile(entry, name, problems);
        if (found.isEmpty() && source.equals("env")) {
            problems.add(
                    problem(entry, "refers to a secret that is not there")
                            .with("searched", "environment variable " + name)
                            .advise("set the variable, or correct its name")
                            .build());
        }
        return found;
    }

    private static Optional<String> ofFile(Entry entry, String name, List<Problem> problems) {
        String reason;
        try {
            Path file = Path.of(name);
            if (!Files.isRegularFile(file)) {
                reason = Files.exists(file) ? "it is no file" : "there is no such file";
            } else if (Files.size(file) > LARGEST) {
                reason = "it is larger than " + LARGEST + " bytes";
            } else {
                String text = Files.readString(file);
                return Optional.of(text.replaceFirst("\\r?\\n\\z", ""));
            }
        } catch (IOException | InvalidPathException e) {
            reason = "it cannot be read: " + e.getClass().getSimpleName();
        }
        problems.add(
                problem(entry, "refers to a secret that is not there")
                        .with("searched", "file " + name)
                        .with("because", reason)
                        .advise("correct the path, or the permissions of the file")
                        .build());
        return Optional.empty();
    }

    private static Problem.Builder problem(Entry entry, String what) {
        return Problem.user("CONFIG-1055", "The value of '" + entry.key() + "' " + what + ".")
                .with("set by", entry.origin());
    }
}

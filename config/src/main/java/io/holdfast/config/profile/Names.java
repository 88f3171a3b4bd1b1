package io.holdfast.config.profile;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What may be written where a backend or a storage is named.
 *
 * @param words names in small letters, compared in any case
 * @param factories class names of Flink's factories
 * @param interfaces class names of Flink that are the right type but cannot be made
 * @param classes other class names of Flink
 * @param installedToo whether installed modules are named as well
 * @param trimmed whether blanks around a name are dropped
 */
public record Names(
        Map<String, Meaning> words,
        Map<String, Meaning> factories,
        Set<String> interfaces,
        Set<String> classes,
        boolean installedToo,
        boolean trimmed) {

    /** What a class of Flink is to us. */
    public enum FlinkClass {
        /** Of the right type, but an interface or abstract. */
        NOT_INSTANTIABLE,
        /** Of another type. */
        NOT_A_FACTORY
    }

    /** Refuses null parts and copies them. */
    public Names {
        words = Map.copyOf(words);
        factories = Map.copyOf(factories);
        interfaces = Set.copyOf(interfaces);
        classes = Set.copyOf(classes);
    }

    /**
     * What a class of Flink is that is no factory with a meaning.
     *
     * @param className as it was written
     * @return what it is, or empty if Flink has no such class
     */
    public Optional<FlinkClass> flinkClass(String className) {
        Objects.requireNonNull(className, "className");
        if (interfaces.contains(className)) {
            return Optional.of(FlinkClass.NOT_INSTANTIABLE);
        }
        return classes.contains(className) || factories.containsKey(className)
                ? Optional.of(FlinkClass.NOT_A_FACTORY)
                : Optional.empty();
    }
}

package io.holdfast.api.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Starts the declaration of an option.
 *
 * <pre>{@code
 * static final ConfigOption<Integer> BLOCK_RESTART_INTERVAL =
 *         ConfigOptions.key("my.block.restart-interval")
 *                 .intType()
 *                 .defaultValue(16)
 *                 .withDescription("Entries between two restart points of a block.");
 * }</pre>
 */
public final class ConfigOptions {
    private ConfigOptions() {}

    /**
     * Names the option.
     *
     * @param key lower-case words, dots for levels, dashes between words
     * @return the next step
     */
    public static Typeless key(String key) {
        return new Typeless(Objects.requireNonNull(key, "key"));
    }

    /** A key that still needs a type. Immutable. */
    public static final class Typeless {
        private final String key;

        private Typeless(String key) {
            this.key = key;
        }

        /**
         * {@code true} or {@code false}, in any case.
         *
         * @return the next step
         */
        public Typed<Boolean> booleanType() {
            return new Typed<>(key, ValueType.ofBoolean());
        }

        /**
         * A whole number of 32 bits.
         *
         * @return the next step
         */
        public Typed<Integer> intType() {
            return new Typed<>(key, ValueType.ofInt());
        }

        /**
         * A whole number of 64 bits.
         *
         * @return the next step
         */
        public Typed<Long> longType() {
            return new Typed<>(key, ValueType.ofLong());
        }

        /**
         * A floating point number.
         *
         * @return the next step
         */
        public Typed<Double> doubleType() {
            return new Typed<>(key, ValueType.ofDouble());
        }

        /**
         * Any text, taken as it is.
         *
         * @return the next step
         */
        public Typed<String> stringType() {
            return new Typed<>(key, ValueType.ofString());
        }

        /**
         * The name of a constant, in any case.
         *
         * @param constants the enum
         * @param <E> the enum
         * @return the next step
         */
        public <E extends Enum<E>> Typed<E> enumType(Class<E> constants) {
            return new Typed<>(key, ValueType.ofEnum(constants));
        }

        /**
         * A length of time: digits, optional blanks, unit.
         *
         * @return the next step
         */
        public Typed<Duration> durationType() {
            return new Typed<>(key, ValueType.ofDuration());
        }

        /**
         * An amount of memory, see {@link MemorySize}.
         *
         * @return the next step
         */
        public Typed<MemorySize> memoryType() {
            return new Typed<>(key, ValueType.ofMemorySize());
        }

        /**
         * A text that is never printed.
         *
         * @return the next step
         */
        public Typed<Secret> secretType() {
            return new Typed<>(key, ValueType.ofSecret());
        }

        /**
         * Texts by name: {@code a:1,b:2} under the key itself, or {@code 1} under {@code key.a} and
         * so on.
         *
         * @return the next step
         */
        public Typed<Map<String, String>> mapType() {
            return new Typed<>(key, ValueType.ofMap());
        }
    }

    /**
     * A key with a type; a default, or the decision for none, ends the declaration. Immutable.
     *
     * @param <T> the class of the values
     */
    public static final class Typed<T> {
        private final String key;
        private final ValueType<T> type;

        private Typed(String key, ValueType<T> type) {
            this.key = key;
            this.type = type;
        }

        /**
         * Makes it a list: {@code a;b} or {@code [a, b]} as text, or a list of a typed file.
         *
         * @return the next step
         */
        public TypedList<T> asList() {
            return new TypedList<>(key, ValueType.listOf(type));
        }

        /**
         * The value that holds where none is configured.
         *
         * @param value not null
         * @return the option
         */
        public ConfigOption<T> defaultValue(T value) {
            return ConfigOption.of(key, type, Objects.requireNonNull(value, "value"));
        }

        /**
         * Nothing holds where nothing is configured.
         *
         * @return the option
         */
        public ConfigOption<T> noDefaultValue() {
            return ConfigOption.of(key, type, null);
        }
    }

    /**
     * A key with a list type. Immutable.
     *
     * @param <E> the class of the elements
     */
    public static final class TypedList<E> {
        private final String key;
        private final ValueType<List<E>> type;

        private TypedList(String key, ValueType<List<E>> type) {
            this.key = key;
            this.type = type;
        }

        /**
         * The elements that hold where none are configured.
         *
         * @param elements none of them null
         * @return the option
         */
        @SafeVarargs
        @SuppressWarnings("varargs")
        public final ConfigOption<List<E>> defaultValues(E... elements) {
            return ConfigOption.of(key, type, List.of(elements));
        }

        /**
         * Nothing holds where nothing is configured.
         *
         * @return the option
         */
        public ConfigOption<List<E>> noDefaultValue() {
            return ConfigOption.of(key, type, null);
        }
    }
}

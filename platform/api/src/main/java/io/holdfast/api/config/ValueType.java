package io.holdfast.api.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The type of an option: turns what was configured into a value. Immutable.
 *
 * <p>What was configured is text, or what a typed file delivers ({@link Boolean}, {@link Number},
 * {@link List}, {@link Map}), or a value that was set in code. Text is taken literally: nothing is
 * trimmed unless a type says so.
 *
 * @param <T> the class of the values
 */
public final class ValueType<T> {
    private final String name;
    private final List<String> choices;
    private final Kind kind;
    private final Function<Object, T> reader;

    // What YAML would take for a number, a boolean or nothing.
    private static final Pattern NOT_TEXT =
            Pattern.compile(
                    "[-+]?\\d+|0o[0-7]+|0x[0-9a-fA-F]+"
                            + "|[-+]?(\\.\\d+|\\d+(\\.\\d*)?)([eE][-+]?\\d+)?"
                            + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)"
                            + "|true|True|TRUE|false|False|FALSE|null|Null|NULL|~");

    // What ends or begins something else within the brackets of a list.
    private static final Pattern NOT_PLAIN =
            Pattern.compile("^[-]{3}|^[.]{3}|^[#&*!|>'\"%@`]|^-(\\s|$)|[,?:\\[\\]{}]|\\s#");

    private enum Kind {
        PLAIN,
        LIST,
        MAP,
        SECRET
    }

    private ValueType(String name, Kind kind, List<String> choices, Function<Object, T> reader) {
        this.name = name;
        this.kind = kind;
        this.choices = choices;
        this.reader = reader;
    }

    private static <T> ValueType<T> plain(String name, Function<Object, T> reader) {
        return new ValueType<>(name, Kind.PLAIN, List.of(), reader);
    }

    static ValueType<Boolean> ofBoolean() {
        return new ValueType<>(
                "boolean", Kind.PLAIN, List.of("true", "false"), ValueType::readBoolean);
    }

    static ValueType<Integer> ofInt() {
        return plain(
                "integer (32 bits)",
                raw -> readWhole(raw, Integer.MIN_VALUE, Integer.MAX_VALUE).intValue());
    }

    static ValueType<Long> ofLong() {
        return plain("integer (64 bits)", raw -> readWhole(raw, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    static ValueType<Double> ofDouble() {
        return plain("number", ValueType::readDouble);
    }

    static ValueType<String> ofString() {
        return plain("text", ValueType::text);
    }

    static ValueType<Duration> ofDuration() {
        return plain(
                "duration such as 500 ms, 10 s, 5 min, 2 h or 1 d",
                raw -> raw instanceof Duration d ? d : DurationText.parse(text(raw)));
    }

    static ValueType<MemorySize> ofMemorySize() {
        return plain(
                "memory size such as 4096, 64 kb, 20 mb or 2 gb",
                raw -> raw instanceof MemorySize m ? m : MemorySize.parse(text(raw)));
    }

    static ValueType<Secret> ofSecret() {
        return new ValueType<>("secret", Kind.SECRET, List.of(), ValueType::readSecret);
    }

    static <E extends Enum<E>> ValueType<E> ofEnum(Class<E> constants) {
        List<String> names = Arrays.stream(constants.getEnumConstants()).map(Enum::name).toList();
        return new ValueType<>(
                "one of " + String.join(", ", names),
                Kind.PLAIN,
                names,
                raw -> readEnum(raw, constants));
    }

    static ValueType<Map<String, String>> ofMap() {
        return new ValueType<>("map such as a:1,b:2", Kind.MAP, List.of(), ValueType::readMap);
    }

    static <E> ValueType<List<E>> listOf(ValueType<E> element) {
        return new ValueType<>(
                "list such as a;b, each " + element.name,
                Kind.LIST,
                element.choices,
                raw -> readElements(raw).stream().map(element::read).toList());
    }

    /**
     * What to write for a value of this type.
     *
     * @return a noun phrase without article, with examples where they help
     */
    public String name() {
        return name;
    }

    /**
     * The words that are possible, where they are few.
     *
     * @return all of them, or an empty list if the values are not enumerable
     */
    public List<String> choices() {
        return choices;
    }

    /**
     * Whether values are secrets and must never be printed.
     *
     * @return whether text configured for this type is to be hidden
     */
    public boolean secret() {
        return kind == Kind.SECRET;
    }

    /**
     * Whether values are lists.
     *
     * @return true for lists of any element
     */
    public boolean list() {
        return kind == Kind.LIST;
    }

    /**
     * Whether a value may also be spread over keys below the option's own.
     *
     * @return true for maps: {@code a.b.x: 1} is the entry {@code x} of the map {@code a.b}
     */
    public boolean map() {
        return kind == Kind.MAP;
    }

    /**
     * Turns what was configured into a value.
     *
     * @param configured text, a boolean, a number, a list, a map, a secret or a value of this type
     * @return the value
     * @throws IllegalArgumentException if it is not of this type; the message is a clause that says
     *     why, and contains no part of a secret
     */
    public T read(Object configured) {
        if (configured instanceof Secret hidden && kind != Kind.SECRET) {
            try {
                return reader.apply(hidden.reveal());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("the secret given for it is none");
            }
        }
        return reader.apply(configured);
    }

    /**
     * The text of a configured value, of any type, as it is written in a file. A secret gives
     * {@value Secret#HIDDEN}.
     *
     * @param value text, a boolean, a number, a list, a map or a typed value
     * @return its text
     */
    public static String text(Object value) {
        if (value instanceof Duration duration) {
            return DurationText.format(duration);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Collection<?> elements) {
            return "[" + joined(elements.stream().map(ValueType::element)) + "]";
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(e -> quoted(e.getKey()) + ":" + quoted(e.getValue()))
                    .collect(Collectors.joining(","));
        }
        if (value instanceof Double number && (number.isInfinite() || number.isNaN())) {
            return number.isNaN() ? ".nan" : number > 0 ? ".inf" : "-.inf";
        }
        return String.valueOf(value);
    }

    /** An element of a list as one line of YAML has it. */
    private static String element(Object value) {
        if (value instanceof Map<?, ?> map) {
            return "{"
                    + joined(
                            map.entrySet().stream()
                                    .map(e -> element(e.getKey()) + ": " + element(e.getValue())))
                    + "}";
        }
        return value instanceof String plain && mustBeQuoted(plain)
                ? "'" + plain.replace("'", "''") + "'"
                : text(value);
    }

    private static boolean mustBeQuoted(String plain) {
        return plain.isEmpty()
                || !plain.equals(plain.strip())
                || NOT_TEXT.matcher(plain).matches()
                || NOT_PLAIN.matcher(plain).find();
    }

    private static String joined(Stream<String> parts) {
        return parts.collect(Collectors.joining(", "));
    }

    private static String quoted(Object value) {
        return ListText.quote(text(value), ",;:[]{}");
    }

    static int leadingDigits(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static boolean readBoolean(Object raw) {
        return switch (text(raw).toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("it is neither true nor false");
        };
    }

    private static Long readWhole(Object raw, long min, long max) {
        BigInteger number;
        try {
            number = new BigInteger(text(raw));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("it is not a whole number");
        }
        if (number.compareTo(BigInteger.valueOf(min)) < 0
                || number.compareTo(BigInteger.valueOf(max)) > 0) {
            throw new IllegalArgumentException("it is not between " + min + " and " + max);
        }
        return number.longValueExact();
    }

    private static Double readDouble(Object raw) {
        try {
            return raw instanceof Number n ? n.doubleValue() : Double.valueOf(text(raw));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("it is not a number");
        }
    }

    private static Secret readSecret(Object raw) {
        if (raw instanceof Secret secret) {
            return secret;
        }
        String value = text(raw);
        if (value.equals(Secret.HIDDEN)) {
            throw new IllegalArgumentException(
                    Secret.HIDDEN + " is how a secret is printed, not the secret");
        }
        return Secret.of(value);
    }

    private static <E extends Enum<E>> E readEnum(Object raw, Class<E> constants) {
        String written = text(raw);
        return Arrays.stream(constants.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(written))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no such value"));
    }

    private static List<?> readElements(Object raw) {
        if (raw instanceof Collection<?> elements) {
            return elements.stream().map(element -> element == null ? "null" : element).toList();
        }
        String written = text(raw).strip();
        boolean bracketed = written.startsWith("[") && written.endsWith("]");
        String inner = bracketed ? written.substring(1, written.length() - 1) : written;
        if (inner.isBlank()) {
            return List.of();
        }
        return ListText.cut(inner, bracketed ? ',' : ';', bracketed ? "," : ";").stream()
                .map(ListText::unquote)
                .toList();
    }

    private static Map<String, String> readMap(Object raw) {
        Map<String, String> entries = new LinkedHashMap<>();
        if (raw instanceof Map<?, ?> map) {
            map.forEach((key, value) -> entries.put(text(key), ofString().read(value)));
        } else if (!text(raw).isBlank()) {
            for (String pair : ListText.cut(text(raw), ',', ",:")) {
                List<String> halves = ListText.cut(pair, ':', ",:");
                if (halves.size() != 2) {
                    throw new IllegalArgumentException(
                            "'" + pair + "' is not one key and one value with ':' between them");
                }
                entries.put(ListText.unquote(halves.get(0)), ListText.unquote(halves.get(1)));
            }
        }
        return Map.copyOf(entries);
    }
}

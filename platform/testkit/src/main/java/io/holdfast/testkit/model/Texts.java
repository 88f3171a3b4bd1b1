package io.holdfast.testkit.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Contents of states as text that can be compared, and texts to store. */
final class Texts {
    static final String NOTHING = "nothing";

    private static final int LONGEST = 60;

    /** More than 16 bits can count. */
    private static final int HUGE = 70_000;

    private Texts() {}

    /** Lists, maps and single things; nothing, empty lists and empty maps are the same. */
    static String of(Object content) {
        if (content instanceof Iterable<?> iterable) {
            List<String> elements = new ArrayList<>();
            iterable.forEach(each -> elements.add(brief(each)));
            return elements.isEmpty() ? NOTHING : elements.toString();
        }
        if (content instanceof Map<?, ?> map) {
            Map<String, String> entries = new TreeMap<>();
            map.forEach((key, value) -> entries.put(brief(key), brief(value)));
            return entries.isEmpty() ? NOTHING : entries.toString();
        }
        return content == null ? NOTHING : brief(content);
    }

    private static String brief(Object content) {
        String text = content instanceof Collection<?> all ? of(all) : String.valueOf(content);
        return text.length() <= LONGEST
                ? text
                : "%s... of %d, hash %x"
                        .formatted(text.substring(0, 10), text.length(), text.hashCode());
    }

    /** A text to store: some are empty, odd or huge. */
    static String number(int number) {
        return switch (number) {
            case 0 -> "";
            case 1 -> "\0";
            case 2 -> "\u00e9\ud83d\ude00";
            case 3 -> ",,,,";
            case 99 -> "x".repeat(HUGE);
            default -> "text " + number;
        };
    }
}

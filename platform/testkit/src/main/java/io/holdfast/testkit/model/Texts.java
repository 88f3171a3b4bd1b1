package io.holdfast.testkit.model;

/** Texts to store, and contents as text for people. */
final class Texts {
    private static final int LONGEST = 60;

    /** More than 16 bits can count. */
    private static final int HUGE = 70_000;

    private Texts() {}

    /** Anything, shortened. */
    static String brief(Object content) {
        String text = String.valueOf(content);
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

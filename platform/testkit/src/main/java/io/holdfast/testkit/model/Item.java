package io.holdfast.testkit.model;

/**
 * What a state holds one or several of, with all that any version of the program knows of it.
 *
 * @param number tells it apart, as far as a type has room for it
 * @param text null where a type has none
 * @param weight null where a type has none
 */
record Item(long number, String text, Integer weight) {
    private static final int COMBINED = 30_011;
    private static final int LONGEST = 100;

    /**
     * What an item and one that is added to it become. Associative, as merging combines in any
     * nesting, but not commutative.
     */
    Item with(Item other) {
        String joined = text == null || other.text == null ? null : text + other.text;
        return new Item(
                Math.floorMod(number + other.number, COMBINED),
                joined != null && joined.length() > LONGEST ? joined.substring(0, LONGEST) : joined,
                weight == null ? other.weight : weight);
    }

    /** Numbers, texts and weights, whichever there are. */
    @Override
    public String toString() {
        return (text == null ? "" : Texts.brief(text) + " ")
                + number
                + (weight == null ? "" : " of weight " + weight);
    }
}

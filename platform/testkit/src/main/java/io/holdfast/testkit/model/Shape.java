package io.holdfast.testkit.model;

import io.holdfast.api.serialization.FormerlyNamed;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import java.util.List;
import java.util.function.Function;

/**
 * What an item is in one version of the program.
 *
 * @param name says what that is
 * @param serializer its serializer
 * @param width the larger, the larger numbers it can hold; what is stored of a smaller one it takes
 *     over, but not what is stored of a larger one
 * @param of makes it of an item
 * @param item the item that is left of it
 * @param <T> its type
 */
record Shape<T>(
        String name,
        Serializer<T> serializer,
        int width,
        Function<Item, T> of,
        Function<T, Item> item) {

    /** Numbers that become wider. */
    static final List<Shape<?>> NUMBERS =
            List.of(
                    new Shape<>(
                            "short",
                            Serializers.SHORT,
                            0,
                            item -> (short) item.number(),
                            number -> new Item(number, null, null)),
                    new Shape<>(
                            "int",
                            Serializers.INTEGER,
                            1,
                            item -> (int) item.number(),
                            number -> new Item(number, null, null)),
                    new Shape<>(
                            "long",
                            Serializers.LONG,
                            2,
                            Item::number,
                            number -> new Item(number, null, null)));

    /** Texts; the number is lost. */
    static final List<Shape<?>> TEXTS =
            List.of(
                    new Shape<>(
                            "text",
                            Serializers.STRING,
                            0,
                            Item::text,
                            text -> new Item(0, text, null)));

    /** As the first version has it. */
    @FormerlyNamed({"Second", "Third", "Fourth", "Fifth"})
    record First(int number, @FormerlyNamed("label") String text) {}

    /** Has a component more, and another order. */
    @FormerlyNamed({"First", "Third", "Fourth", "Fifth"})
    record Second(@FormerlyNamed("label") String text, int number, Integer weight) {}

    /** Has a wider number, and its text is called otherwise. */
    @FormerlyNamed({"First", "Second", "Fourth", "Fifth"})
    record Third(long number, @FormerlyNamed("text") String label, Integer weight) {}

    /** Has no text any more. */
    @FormerlyNamed({"First", "Second", "Third", "Fifth"})
    record Fourth(Integer weight, long number) {}

    /** Is no record any more. */
    @FormerlyNamed({"First", "Second", "Third", "Fourth"})
    static final class Fifth {
        long number;

        @FormerlyNamed("label")
        String text;

        private static Fifth of(Item item) {
            Fifth made = new Fifth();
            made.number = item.number();
            made.text = item.text();
            return made;
        }
    }

    /** Records that gain, lose, rename, widen and reorder components, and become a class. */
    static final List<Shape<?>> RECORDS =
            List.of(
                    new Shape<>(
                            "record First",
                            Serializers.forClass(First.class),
                            1,
                            item -> new First((int) item.number(), item.text()),
                            first -> new Item(first.number, first.text, null)),
                    new Shape<>(
                            "record Second",
                            Serializers.forClass(Second.class),
                            1,
                            item -> new Second(item.text(), (int) item.number(), item.weight()),
                            second -> new Item(second.number, second.text, second.weight)),
                    new Shape<>(
                            "record Third",
                            Serializers.forClass(Third.class),
                            2,
                            item -> new Third(item.number(), item.text(), item.weight()),
                            third -> new Item(third.number, third.label, third.weight)),
                    new Shape<>(
                            "record Fourth",
                            Serializers.forClass(Fourth.class),
                            2,
                            item -> new Fourth(item.weight(), item.number()),
                            fourth -> new Item(fourth.number, null, fourth.weight)),
                    new Shape<>(
                            "class Fifth",
                            Serializers.forClass(Fifth.class),
                            2,
                            Fifth::of,
                            fifth -> new Item(fifth.number, fifth.text, null)));

    /** Whether it is a record, not a class without an equality. */
    boolean isRecord() {
        return name.startsWith("record");
    }

    /** What this version keeps of an item. */
    Item keep(Item whole) {
        return item.apply(of.apply(whole));
    }

    /** A number larger than what narrower ones could hold. */
    long widest() {
        return width == 0 ? 0 : width == 1 ? 1L << 20 : 1L << 40;
    }
}

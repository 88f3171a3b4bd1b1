package io.holdfast.testkit.model;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import java.util.ArrayList;
import java.util.List;

/**
 * What a state holds, in each version of the program: an item, or a list of items that is changed
 * in place.
 *
 * @param name says what
 * @param shapes an item in each version
 * @param isList whether it is a list of those
 */
record ContentType(String name, List<Shape<?>> shapes, boolean isList) {
    private static final ContentType NUMBER = new ContentType("a number", Shape.NUMBERS, false);
    private static final ContentType TEXT = new ContentType("a text", Shape.TEXTS, false);
    private static final ContentType RECORD = new ContentType("a record", Shape.RECORDS, false);

    /** What can be an element of a list or a value of a map. */
    static final List<ContentType> SINGLE = List.of(NUMBER, TEXT, RECORD);

    /** What can be a key of a map: what has an equality. */
    static final List<ContentType> KEYS =
            List.of(
                    NUMBER,
                    new ContentType(
                            "a record",
                            Shape.RECORDS.stream().filter(Shape::isRecord).toList(),
                            false));

    /** What can be a value, a combination or an accumulator. */
    static final List<ContentType> ANY =
            List.of(
                    new ContentType("a list of numbers", Shape.NUMBERS, true),
                    new ContentType("a list of records", Shape.RECORDS, true),
                    NUMBER,
                    RECORD);

    @SuppressWarnings("unchecked") // whoever has the serializer has stored() and items() too
    private Shape<Object> shape(int version) {
        return (Shape<Object>) shapes.get(version);
    }

    @SuppressWarnings("unchecked")
    Serializer<Object> serializer(int version) {
        Serializer<Object> one = shape(version).serializer();
        return isList ? (Serializer<Object>) (Serializer<?>) Serializers.list(one) : one;
    }

    /** Whether a version takes over what another one stored. */
    boolean takesOver(int version, int stored) {
        return shapes.get(version).width() >= shapes.get(stored).width();
    }

    String describe(int version) {
        return (isList ? "lists of " : "") + shapes.get(version).name();
    }

    /** Items as they are stored, in objects of their own. */
    Object stored(int version, List<Item> items) {
        Shape<Object> shape = shape(version);
        if (!isList) {
            return shape.of().apply(items.get(0));
        }
        List<Object> all = new ArrayList<>();
        items.forEach(item -> all.add(shape.of().apply(item)));
        return all;
    }

    /** The items of what is stored. */
    List<Item> items(int version, Object stored) {
        Shape<Object> shape = shape(version);
        if (!isList) {
            return List.of(shape.item().apply(stored));
        }
        List<Item> items = new ArrayList<>();
        ((List<?>) stored).forEach(each -> items.add(shape.item().apply(each)));
        return items;
    }

    /** Combines what is stored; a list is added to in place. */
    @SuppressWarnings("unchecked")
    Object combine(int version, Object first, Object second) {
        if (isList) {
            ((List<Object>) first).addAll((List<Object>) second);
            return first;
        }
        Item combined = items(version, first).get(0).with(items(version, second).get(0));
        return stored(version, List.of(combined));
    }

    /** The same of items. */
    List<Item> combined(int version, List<Item> first, List<Item> second) {
        if (!isList) {
            return keep(version, List.of(first.get(0).with(second.get(0))));
        }
        List<Item> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** What a version keeps of items. */
    List<Item> keep(int version, List<Item> items) {
        Shape<?> shape = shapes.get(version);
        return items.stream().map(shape::keep).toList();
    }

    /** Where nothing was added to yet; an empty list, or an item. */
    List<Item> beginning() {
        return isList ? List.of() : List.of(new Item(0, "", null));
    }

    long widest(int version) {
        return shapes.get(version).widest();
    }
}

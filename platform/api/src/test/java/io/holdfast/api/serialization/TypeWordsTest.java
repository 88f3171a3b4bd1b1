package io.holdfast.api.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TypeWordsTest {
    enum Color {
        RED,
        GREEN
    }

    sealed interface Shape {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    record Part(int count, List<String> tags) {}

    record Whole(long id, Part part, Map<Color, Shape> shapes) {}

    private static SerializerSnapshot of(Class<?> type) {
        return Serializers.forClass(type).snapshot();
    }

    private static SerializerSnapshot record(String names, SerializerSnapshot... parts) {
        return new SerializerSnapshot(
                "record:shop.Order", 1, names.getBytes(StandardCharsets.UTF_8), List.of(parts));
    }

    @Test
    void aDescriptionIsWords() {
        assertThat(Serializers.describe(of(Whole.class)))
                .isEqualTo(
                        "Whole(id: long, part: Part(count: integer, tags: list<string>),"
                                + " shapes: map<Color[RED, GREEN], Shape{Circle(radius: double) |"
                                + " Square(side: double)}>)");
        assertThat(Serializers.describe(new SerializerSnapshot("x", 3, new byte[0], List.of())))
                .isEqualTo("x#3");
    }

    @Test
    void wordsOfAHostileDescriptionHaveAnEnd() {
        SerializerSnapshot wide = Serializers.LONG.snapshot();
        for (int i = 0; i < 40; i++) {
            wide = SerializerSnapshot.of("map", wide, wide);
        }
        assertThat(Serializers.describe(wide)).hasSizeLessThan(5_000);
    }

    @Test
    void differencesAreToldByMember() {
        SerializerSnapshot number = Serializers.LONG.snapshot();
        SerializerSnapshot text = Serializers.STRING.snapshot();
        SerializerSnapshot stored = SerializerSnapshot.of("list", record("id\nname", number, text));
        SerializerSnapshot wanted =
                SerializerSnapshot.of("list", record("id\nprice", text, number));
        assertThat(Serializers.differences(stored, wanted))
                .containsExactly(
                        "name (string) goes", "price (long) is added", "id: long becomes string");
        assertThat(Serializers.differences(stored, stored)).isEmpty();
        assertThat(Serializers.differences(number, text)).containsExactly("long becomes string");
    }

    @Test
    void aTreePrintsWithItsName() throws Exception {
        Serializer<Part> parts = Serializers.forClass(Part.class);
        byte[] bytes = Bytes.of(parts, new Part(1, List.of("a")));
        Object tree = Bytes.read(Serializers.generic(parts.snapshot()).orElseThrow(), bytes);
        assertThat(tree).hasToString("Part{count=1, tags=[a]}");
        Serializer<Shape> shapes = Serializers.forClass(Shape.class);
        assertThat(
                        Bytes.read(
                                Serializers.generic(shapes.snapshot()).orElseThrow(),
                                Bytes.of(shapes, new Square(2))))
                .hasToString("Square{side=2.0}");
    }
}

package io.holdfast.api.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stored values are read by their description alone, and a hostile one takes no memory. */
class GenericReaderTest {

    static List<Samples.Sample> samples() {
        return Samples.all();
    }

    private static Serializer<Object> reader(SerializerSnapshot written) {
        return Serializers.generic(written).orElseThrow();
    }

    private static SerializerSnapshot stored(SerializerSnapshot snapshot) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        snapshot.writeTo(new DataOutputStream(bytes));
        return SerializerSnapshot.readFrom(
                new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    @ParameterizedTest
    @MethodSource("samples")
    @SuppressWarnings("unchecked")
    void everyValueIsReadAsATree(Samples.Sample sample) throws IOException {
        Serializer<Object> serializer = (Serializer<Object>) sample.serializer();
        byte[] bytes = Bytes.of(serializer, sample.value());
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));

        Object tree = reader(stored(serializer.snapshot())).read(in);

        assertThat(tree).isEqualTo(sample.tree());
        assertThat(in.available()).as("bytes behind the value").isZero();
    }

    @Test
    void theReaderKnowsFixedLengths() {
        record Point(int x, long y) {}
        assertThat(reader(Serializers.forClass(Point.class).snapshot()).fixedLength())
                .isEqualTo(12);
        assertThat(reader(Serializers.STRING.snapshot()).fixedLength())
                .isEqualTo(Serializer.VARIABLE_LENGTH);
    }

    @Test
    void aValueWithATimeIsReadWithIt() throws IOException {
        SerializerSnapshot number = Serializers.LONG.snapshot();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(1_700_000_000_000L);
        out.writeLong(7);
        Serializer<Object> timed = reader(SerializerSnapshot.of("timed", number));

        assertThat(Bytes.read(timed, bytes.toByteArray()))
                .isEqualTo(Map.of("time", 1_700_000_000_000L, "value", 7L));
        assertThat(timed.fixedLength()).isEqualTo(16);
        assertThat(
                        reader(SerializerSnapshot.of("timed", Serializers.STRING.snapshot()))
                                .fixedLength())
                .isEqualTo(Serializer.VARIABLE_LENGTH);
    }

    @Test
    @SuppressWarnings("unchecked")
    void aValueWithATimeMayBeNullWhereItsDescriptionSaysSo() throws IOException {
        Serializer<Object> timed =
                reader(SerializerSnapshot.of("timed-or-null", Serializers.BOOLEAN.snapshot()));
        byte[] absent = {0, 0, 0, 0, 0, 0, 0, 5, 1};
        byte[] present = {0, 0, 0, 0, 0, 0, 0, 6, 0, 1};

        assertThat((Map<String, Object>) Bytes.read(timed, absent))
                .containsEntry("time", 5L)
                .containsEntry("value", null);
        assertThat(Bytes.read(timed, present)).isEqualTo(Map.of("time", 6L, "value", true));
        assertThat(timed.fixedLength()).isEqualTo(Serializer.VARIABLE_LENGTH);
    }

    @Test
    void theReaderSaysThatItDoesNotWrite() {
        assertThatThrownBy(() -> Bytes.of(reader(Serializers.LONG.snapshot()), 1L))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("long");
    }

    @Test
    void whatIsNotOfThisPackageIsNotKnown() {
        SerializerSnapshot foreign = SerializerSnapshot.named("com.example.Secret");
        SerializerSnapshot known = Serializers.LONG.snapshot();
        for (SerializerSnapshot unknown :
                List.of(
                        foreign,
                        SerializerSnapshot.of("list", foreign),
                        SerializerSnapshot.of("map", known, foreign),
                        SerializerSnapshot.of("list"),
                        SerializerSnapshot.of("list", known, known),
                        SerializerSnapshot.of("map", known),
                        SerializerSnapshot.of("timed"),
                        SerializerSnapshot.of("timed", foreign),
                        SerializerSnapshot.of("timed-or-null", known, known),
                        new SerializerSnapshot("long", 2, new byte[0], List.of()),
                        new SerializerSnapshot("list", 2, new byte[0], List.of(known)),
                        SerializerSnapshot.named("primitive-string"),
                        SerializerSnapshot.named("primitive-int"),
                        SerializerSnapshot.of("record:Two", known, known),
                        record("a\na", known, known),
                        record("a\nb", known),
                        SerializerSnapshot.of("enum:E", known))) {
            assertThat(Serializers.generic(unknown)).as("%s", unknown).isEmpty();
        }
    }

    private static SerializerSnapshot record(String names, SerializerSnapshot... parts) {
        return new SerializerSnapshot(
                "record:R", 1, names.getBytes(StandardCharsets.UTF_8), List.of(parts));
    }

    @Test
    void aDescriptionThatIsTooDeepOrTooLargeIsNotKnown() {
        SerializerSnapshot deep = Serializers.LONG.snapshot();
        for (int i = 0; i < 100; i++) {
            deep = SerializerSnapshot.of("list", deep);
        }
        SerializerSnapshot wide = Serializers.LONG.snapshot();
        for (int i = 0; i < 40; i++) {
            wide = SerializerSnapshot.of("map", wide, wide);
        }

        assertThat(Serializers.generic(deep)).isEmpty();
        assertThat(Serializers.generic(wide)).as("2 to the 40 parts").isEmpty();
    }

    @Test
    void elementsWithoutBytesAreNotBelieved() {
        SerializerSnapshot nothings = SerializerSnapshot.of("list", record(""));

        assertThatThrownBy(() -> Bytes.read(reader(nothings), new byte[] {0x7f, -1, -1, -1}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("2147483647");
    }

    @Test
    @SuppressWarnings("unchecked")
    void damagedBytesAreAnIoExceptionOrAnotherValue() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        for (Samples.Sample sample : Samples.all()) {
            Serializer<Object> typed = (Serializer<Object>) sample.serializer();
            Serializer<Object> generic = reader(typed.snapshot());
            for (int i = 0; i < 300; i++) {
                byte[] bytes = new byte[random.nextInt(1, 40)];
                random.nextBytes(bytes);
                for (Serializer<Object> reader : List.of(typed, generic)) {
                    try {
                        assertThat(Collections.singletonList(Bytes.read(reader, bytes))).hasSize(1);
                    } catch (IOException expected) {
                        assertThat(expected).as("seed %d", seed).isNotNull();
                    }
                }
            }
        }
    }
}

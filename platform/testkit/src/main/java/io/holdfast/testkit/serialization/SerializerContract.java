package io.holdfast.testkit.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.serialization.Compatibility;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every serializer must do. Extend it, and give values that differ from each other and have
 * {@code equals}.
 *
 * @param <T> type of the values
 */
public abstract class SerializerContract<T> {

    /** For subclasses. */
    protected SerializerContract() {}

    /**
     * The serializer that is tested.
     *
     * @return a new one
     */
    protected abstract Serializer<T> serializer();

    /**
     * Values, made anew by each call.
     *
     * @return two or more, none equal to another
     */
    protected abstract List<T> values();

    private static <T> byte[] bytes(Serializer<T> serializer, List<T> values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (T value : values) {
            serializer.write(value, out);
        }
        return bytes.toByteArray();
    }

    private static DataInputStream input(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    /** Several values stand behind each other without anything between them. */
    @Test
    protected void valuesAreReadAsTheyWereWritten() throws IOException {
        Serializer<T> serializer = serializer();
        DataInputStream in = input(bytes(serializer, values()));
        for (T value : values()) {
            assertThat(serializer.read(in)).isEqualTo(value);
        }
        assertThat(in.available()).isZero();
    }

    /** Lengths that are announced are kept. */
    @Test
    protected void everyValueIsAsLongAsAnnounced() throws IOException {
        Serializer<T> serializer = serializer();
        for (T value : values()) {
            int length = bytes(serializer, List.of(value)).length;
            assertThat(serializer.fixedLength()).isIn(Serializer.VARIABLE_LENGTH, length);
        }
    }

    /** A copy is equal; what it is written as, too. */
    @Test
    protected void aCopyIsEqual() throws IOException {
        Serializer<T> serializer = serializer();
        for (T value : values()) {
            T copy = serializer.copy(value);
            assertThat(copy).isEqualTo(value);
            assertThat(bytes(serializer, List.of(copy)))
                    .isEqualTo(bytes(serializer, List.of(value)));
        }
    }

    /** A duplicate reads and writes the same. */
    @Test
    protected void aDuplicateWritesTheSame() throws IOException {
        Serializer<T> serializer = serializer();
        Serializer<T> duplicate = serializer.duplicate();
        byte[] bytes = bytes(serializer, values());
        assertThat(bytes(duplicate, values())).isEqualTo(bytes);
        assertThat(duplicate.read(input(bytes))).isEqualTo(values().get(0));
        assertThat(duplicate.snapshot()).isEqualTo(serializer.snapshot());
    }

    /** Its own description, once stored, is taken as it is. */
    @Test
    protected void itsOwnDescriptionFitsAsItIs() throws IOException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        serializer().snapshot().writeTo(new DataOutputStream(stored));
        SerializerSnapshot read = SerializerSnapshot.readFrom(input(stored.toByteArray()));
        assertThat(read).isEqualTo(serializer().snapshot());
        assertThat(serializer().compatibilityWith(read)).isInstanceOf(Compatibility.AsIs.class);
    }

    /** What somebody else wrote is refused with a reason. */
    @Test
    protected void aForeignDescriptionIsRefused() {
        SerializerSnapshot foreign = SerializerSnapshot.named("of-nobody");
        assertThat(serializer().compatibilityWith(foreign))
                .isInstanceOfSatisfying(
                        Compatibility.Incompatible.class,
                        verdict ->
                                assertThat(((Compatibility.Incompatible<?>) verdict).reason())
                                        .contains("of-nobody"));
    }

    /** Bytes that end early are an IOException, whatever is missing. */
    @Test
    protected void bytesThatEndEarlyAreRefused() throws IOException {
        Serializer<T> serializer = serializer();
        for (T value : values()) {
            byte[] whole = bytes(serializer, List.of(value));
            for (int length = 0; length < whole.length; length++) {
                byte[] part = java.util.Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> serializer.read(input(part)))
                        .as("%d of %d bytes", length, whole.length)
                        .isInstanceOf(IOException.class);
            }
        }
    }
}

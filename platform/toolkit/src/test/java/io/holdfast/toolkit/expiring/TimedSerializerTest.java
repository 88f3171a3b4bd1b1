package io.holdfast.toolkit.expiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;
import java.io.IOException;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored with times can be read by its description alone, as everything else can. */
class TimedSerializerTest {

    private static Object generic(TimedSerializer<String> serializer, Timed<String> timed)
            throws IOException {
        BytesOutput bytes = new BytesOutput(16);
        serializer.write(timed, bytes);
        Serializer<Object> reader = Serializers.generic(serializer.snapshot()).orElseThrow();
        BytesInput in = new BytesInput().wrap(bytes.array(), 0, bytes.length());
        Object tree = reader.read(in);
        assertThat(in.remaining()).as("bytes behind the value").isZero();
        return tree;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void valuesAndTimesAreReadWithoutTheEngine(boolean mayBeNull) throws IOException {
        TimedSerializer<String> serializer =
                new TimedSerializer<>(Serializers.STRING, mayBeNull, () -> 0);

        assertThat(generic(serializer, new Timed<>(42, "text")))
                .isEqualTo(Map.of("time", 42L, "value", "text"));
    }

    @Test
    void aNullIsReadWithItsTime() throws IOException {
        TimedSerializer<String> serializer =
                new TimedSerializer<>(Serializers.STRING, true, () -> 0);

        assertThat(generic(serializer, new Timed<>(Long.MIN_VALUE, null)))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("time", Long.MIN_VALUE)
                .containsEntry("value", null);
    }

    @Test
    void theDescriptionKnowsTheLength() {
        TimedSerializer<Long> serializer = new TimedSerializer<>(Serializers.LONG, false, () -> 0);

        assertThat(Serializers.generic(serializer.snapshot()).orElseThrow().fixedLength())
                .isEqualTo(serializer.fixedLength())
                .isEqualTo(16);
    }
}

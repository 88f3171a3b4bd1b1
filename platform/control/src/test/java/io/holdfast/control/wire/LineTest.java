package io.holdfast.control.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a line says is what was said. */
class LineTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "with blanks",
                "tab\tand\nlines\r\n",
                "back\\slash",
                "\\t is no tab",
                "\\",
                "äöü 漢字 🙂"
            })
    void aFieldOfAnyLettersComesBack(String field) throws IOException {
        Line line = Line.of("tag", field, "behind");
        assertThat(line.text()).doesNotContain("\n", "\r");
        assertThat(Line.parse(line.text())).isEqualTo(line);
        assertThat(Line.parse(line.text()).field(0)).isEqualTo(field);
    }

    @Test
    void aLineWithoutFieldsHasNone() throws IOException {
        assertThat(Line.parse("end")).isEqualTo(new Line("end", List.of()));
        assertThat(Line.parse("end").from(0)).isEmpty();
        assertThatThrownBy(() -> Line.parse("end").field(0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'end' has no field 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag\t\\x", "tag\tends with \\"})
    void aBackslashThatMeansNothingIsRefused(String text) {
        assertThatThrownBy(() -> Line.parse(text)).isInstanceOf(IOException.class);
    }

    @Test
    void whatStrangersWriteIsCut() {
        assertThat(Line.of("module", "x".repeat(1_000_000)).text()).hasSizeLessThan(4000);
    }
}

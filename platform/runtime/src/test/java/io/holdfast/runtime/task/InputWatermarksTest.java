package io.holdfast.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The lowest channel decides. */
final class InputWatermarksTest {

    @Test
    void theLowestChannelDecides() {
        InputWatermarks watermarks = new InputWatermarks(2);

        assertThat(watermarks.advance(0, 10)).isFalse();
        assertThat(watermarks.advance(1, 5)).isTrue();
        assertThat(watermarks.current()).isEqualTo(5);
        assertThat(watermarks.advance(0, 20)).isFalse();
        assertThat(watermarks.advance(1, 15)).isTrue();
        assertThat(watermarks.current()).isEqualTo(15);
        assertThat(watermarks.advance(1, Long.MAX_VALUE)).isTrue();
        assertThat(watermarks.current()).isEqualTo(20);
    }

    @Test
    void aRestoredWatermarkIsNotTakenBack() {
        InputWatermarks watermarks = new InputWatermarks(1);
        watermarks.restore(100);

        assertThat(watermarks.advance(0, 50)).isFalse();
        assertThat(watermarks.current()).isEqualTo(100);
        assertThat(watermarks.advance(0, 101)).isTrue();
    }
}

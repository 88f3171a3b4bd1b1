package io.holdfast.backend.rocksdb.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ListGuardTest {
    private static final int LIMIT = 1 << 29;
    private static final byte[] LIST = {1, 2, 3};

    private final ListGuard guard = new ListGuard(LIMIT);

    @Test
    void aListIsMeasuredForEverySixtyFourthOfTheLimit() {
        int measured = 0;
        for (long bytes = 0; bytes < 10L * LIMIT; bytes += 1_000) {
            measured += guard.mustMeasure(LIST, 3, 1_000) ? 1 : 0;
        }
        assertThat(measured).isBetween(600, 680);
    }

    @Test
    void aListFoundFullIsMeasuredAtEachAddUntilItIsNot() {
        guard.measured(LIST, 3, LIMIT + 1L);
        assertThat(guard.mustMeasure(LIST, 3, 1)).isTrue();
        assertThat(guard.mustMeasure(LIST, 2, 1)).as("another list").isFalse();

        guard.measured(LIST, 3, 10);
        assertThat(guard.mustMeasure(LIST, 3, 1)).isFalse();
    }

    @Test
    void noPatternOfAddingRunsBesideTheMeasuring() {
        // One list gets large elements, always right after another one got small ones.
        long unmeasured = 0;
        long longest = 0;
        for (long bytes = 0; bytes < 100L * LIMIT; bytes += (1 << 20) + 64) {
            unmeasured += 1 << 20;
            guard.mustMeasure(new byte[] {9}, 1, 64);
            if (guard.mustMeasure(LIST, 3, 1 << 20)) {
                unmeasured = 0;
            }
            longest = Math.max(longest, unmeasured);
        }
        assertThat(longest).isLessThan(LIMIT / 4);
    }
}

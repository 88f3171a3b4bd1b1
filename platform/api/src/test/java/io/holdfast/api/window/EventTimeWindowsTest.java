package io.holdfast.api.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.error.HoldfastException;
import java.time.Duration;
import java.util.Collection;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EventTimeWindowsTest {

    @Test
    void aTumblingWindowHoldsItsFirstMillisecondAndNotItsEnd() {
        WindowAssigner<TimeWindow> windows = EventTimeWindows.tumbling(Duration.ofSeconds(10));
        assertThat(windows.assign(10_000)).containsExactly(new TimeWindow(10_000, 20_000));
        assertThat(windows.assign(19_999)).containsExactly(new TimeWindow(10_000, 20_000));
        assertThat(windows.assign(20_000)).containsExactly(new TimeWindow(20_000, 30_000));
    }

    @Test
    void timesBefore1970HaveWindowsToo() {
        assertThat(EventTimeWindows.tumbling(Duration.ofMillis(10)).assign(-1))
                .containsExactly(new TimeWindow(-10, 0));
    }

    @Test
    void slidingWindowsAreAllThatHoldTheRecord() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 1_000; i++) {
            long slide = random.nextLong(1, 20);
            long size = slide + random.nextLong(50);
            long time = random.nextLong(-1_000, 1_000);
            Collection<TimeWindow> windows =
                    EventTimeWindows.sliding(Duration.ofMillis(size), Duration.ofMillis(slide))
                            .assign(time);
            assertThat(windows)
                    .as("seed %d size %d slide %d time %d", seed, size, slide, time)
                    .doesNotHaveDuplicates()
                    .allMatch(window -> window.start() <= time && time < window.end())
                    .allMatch(window -> Math.floorMod(window.start(), slide) == 0)
                    .hasSize(expected(size, slide, time));
        }
    }

    private static int expected(long size, long slide, long time) {
        int count = 0;
        for (long start = time - size + 1; start <= time; start++) {
            count += Math.floorMod(start, slide) == 0 ? 1 : 0;
        }
        return count;
    }

    @Test
    void sessionsMeetWhereTheyShareAMillisecondOnly() {
        WindowAssigner.Merging<TimeWindow> sessions =
                EventTimeWindows.session(Duration.ofMillis(10));
        TimeWindow first = sessions.assign(0).iterator().next();
        assertThat(sessions.meet(first, sessions.assign(9).iterator().next())).isTrue();
        assertThat(sessions.meet(first, sessions.assign(10).iterator().next())).isFalse();
        assertThat(sessions.merge(first, new TimeWindow(9, 19))).isEqualTo(new TimeWindow(0, 19));
    }

    @Test
    void windowsThatLeaveOutRecordsOrHaveNoLengthAreRefused() {
        assertThatThrownBy(
                        () ->
                                EventTimeWindows.sliding(
                                        Duration.ofSeconds(1), Duration.ofSeconds(2)))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("PT1S")
                .hasMessageContaining("PT2S");
        assertThatThrownBy(() -> EventTimeWindows.session(Duration.ZERO))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("gap");
    }
}

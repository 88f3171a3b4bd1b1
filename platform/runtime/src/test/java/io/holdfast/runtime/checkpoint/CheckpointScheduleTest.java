package io.holdfast.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.config.CheckpointingMode;
import io.holdfast.api.config.ExternalizedCheckpointRetention;
import io.holdfast.spi.snapshot.SnapshotKind;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckpointScheduleTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();

    private static CheckpointSchedule schedule(Duration interval, Duration minPause) {
        CheckpointSchedule schedule =
                new CheckpointSchedule(
                        new CheckpointSettings(
                                interval,
                                Duration.ofSeconds(60),
                                minPause,
                                2,
                                0,
                                1,
                                SnapshotKind.FULL,
                                CheckpointingMode.EXACTLY_ONCE,
                                ExternalizedCheckpointRetention.NO_EXTERNALIZED_CHECKPOINTS));
        schedule.started(START);
        return schedule;
    }

    /** So many seconds after the start; the clock's numbers turn negative on the way. */
    private static long at(int seconds) {
        return START + Duration.ofSeconds(seconds).toNanos();
    }

    private static Optional<Duration> seconds(int seconds) {
        return Optional.of(Duration.ofSeconds(seconds));
    }

    @Test
    void aPeriodicOneIsDueOneIntervalAfterTheStartOfTheOneBefore() {
        CheckpointSchedule schedule = schedule(INTERVAL, Duration.ZERO);
        assertThat(schedule.untilPeriodic(at(4), 0)).isEqualTo(seconds(6));
        assertThat(schedule.takeDue(at(9), 0)).isEmpty();
        assertThat(schedule.takeDue(at(12), 0))
                .hasValueSatisfying(order -> assertThat(order.isSavepoint()).isFalse());
        assertThat(schedule.takeDue(at(12), 1)).isEmpty();
        assertThat(schedule.untilPeriodic(at(13), 1)).isEqualTo(seconds(9));
    }

    @Test
    void onesThatWereMissedAreNotMadeUpFor() {
        CheckpointSchedule schedule = schedule(INTERVAL, Duration.ZERO);
        assertThat(schedule.takeDue(at(35), 0)).isPresent();
        assertThat(schedule.untilPeriodic(at(35), 0)).isEqualTo(seconds(10));
    }

    @Test
    void thePauseIsCountedFromTheEndOfTheLastOneHoweverLongThatTakes() {
        CheckpointSchedule schedule = schedule(INTERVAL, Duration.ofSeconds(7));
        assertThat(schedule.takeDue(at(10), 0)).isPresent();
        assertThat(schedule.untilPeriodic(at(30), 1)).as("while one is open").isEmpty();
        assertThat(schedule.takeDue(at(30), 1)).isEmpty();
        schedule.ended(at(30));
        assertThat(schedule.untilPeriodic(at(31), 0)).isEqualTo(seconds(6));
        assertThat(schedule.takeDue(at(37), 0)).isPresent();
    }

    @Test
    void aPauseThatIsOverBeforeTheIntervalChangesNothing() {
        CheckpointSchedule schedule = schedule(INTERVAL, Duration.ofSeconds(7));
        assertThat(schedule.takeDue(at(10), 0)).isPresent();
        schedule.ended(at(11));
        assertThat(schedule.untilPeriodic(at(12), 0)).isEqualTo(seconds(8));
    }

    @Test
    void whatWasAskedForComesFirstAndMovesNoPeriodicOne() {
        CheckpointSchedule schedule = schedule(INTERVAL, Duration.ofSeconds(7));
        CheckpointOrder first = CheckpointOrder.checkpoint(StopMode.NONE);
        CheckpointOrder second = CheckpointOrder.checkpoint(StopMode.DRAIN);
        schedule.ask(first);
        schedule.ask(second);
        assertThat(schedule.takeDue(at(3), 1)).containsSame(first);
        assertThat(schedule.takeDue(at(3), 2)).containsSame(second);
        assertThat(schedule.untilPeriodic(at(3), 0)).isEqualTo(seconds(7));
    }

    @Test
    void whatIsWithdrawnIsNotDueAnyMore() {
        CheckpointSchedule schedule = schedule(INTERVAL, Duration.ZERO);
        CheckpointOrder order = CheckpointOrder.checkpoint(StopMode.NONE);
        schedule.ask(order);
        assertThat(schedule.withdraw()).containsExactly(order);
        assertThat(schedule.withdraw()).isEmpty();
        assertThat(schedule.takeDue(at(3), 0)).isEmpty();
    }

    @Test
    void withoutAnIntervalOnlyWhatWasAskedForIsDue() {
        CheckpointSchedule schedule = schedule(Duration.ZERO, Duration.ZERO);
        assertThat(schedule.untilPeriodic(at(1000), 0)).isEmpty();
        assertThat(schedule.takeDue(at(1000), 0)).isEmpty();
        schedule.ask(CheckpointOrder.checkpoint(StopMode.NONE));
        assertThat(schedule.takeDue(at(1000), 0)).isPresent();
    }

    @Test
    void anIntervalWithoutEndIsNeverOver() {
        CheckpointSchedule schedule = schedule(Duration.ofSeconds(Long.MAX_VALUE), Duration.ZERO);
        assertThat(schedule.takeDue(at(1_000_000_000), 0)).isEmpty();
    }

    @Test
    void noMoreBeginThanMayBeOpenAtOnce() {
        CheckpointSchedule schedule = schedule(INTERVAL, Duration.ZERO);
        assertThat(schedule.hasFreeSlot(1)).isTrue();
        assertThat(schedule.hasFreeSlot(2)).isFalse();
    }
}

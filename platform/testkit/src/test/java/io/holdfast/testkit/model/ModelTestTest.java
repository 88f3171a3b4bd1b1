package io.holdfast.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdfast.testkit.reference.Bug;
import io.holdfast.testkit.reference.ReferenceStateBackend;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The model test finds bugs, and tells them so that a reader can follow. */
class ModelTestTest {
    private static final int SEQUENCES = 2_000;

    /** Whether a bug is found must not be a matter of luck: always the same sequences. */
    private static final long FIRST_SEED = 20_261_128;

    /** What the story of a bug cannot do without. */
    private static final Map<Bug, String> NEEDED =
            Map.of(
                    Bug.MAP_KEYS_NOT_MIGRATED, "let map keys have version",
                    Bug.SWEEP_GOES_BY_ANOTHER_MOMENT, "turn the clock back",
                    Bug.NO_TIME_BEFORE_THE_FIRST, "of event time");

    @ParameterizedTest
    @EnumSource(
            value = Bug.class,
            names = {
                "MERGE_LOSES_SOURCE",
                "LIVE_SNAPSHOT",
                "SHARED_MUTABLE_VALUE",
                "DROPPED_TIMERS",
                "UNKNOWN_STATES_DROPPED",
                "KEY_GROUP_BORDER",
                "NARROW_KEY_GROUP",
                "ABORT_UNDOES",
                "MIGRATION_SKIPPED",
                "INCREMENT_ON_INCOMPLETE",
                "INCREMENT_MISSES_CHANGES",
                "SWEEP_TAKES_LISTS",
                "MAP_KEYS_NOT_MIGRATED",
                "SWEEP_GOES_BY_ANOTHER_MOMENT",
                "NO_TIME_BEFORE_THE_FIRST"
            })
    void bugsAreFoundAndToldInFewSteps(Bug bug) {
        ModelTest test =
                new ModelTest(() -> new ReferenceStateBackend(bug), SEQUENCES, () -> FIRST_SEED);

        Throwable failure = catchThrowable(test::run);

        assertThat(failure).as("%s within %d sequences", bug, SEQUENCES).isNotNull();
        Matcher told =
                Pattern.compile(
                                "of (\\d+) steps:\n((?:  step \\d+: .*\n)+)Repeat it with -Dtest.seed=")
                        .matcher(failure.getMessage());
        assertThat(told.find()).as(failure.getMessage()).isTrue();
        assertThat(Integer.parseInt(told.group(1))).as(told.group(2)).isLessThanOrEqualTo(12);
        assertThat(failure.getMessage()).contains(NEEDED.getOrDefault(bug, ""));
    }

    @Test
    void theSameSeedTakesTheSameSteps() {
        assertThat(Step.random(new java.util.SplittableRandom(5), 100))
                .isEqualTo(Step.random(new java.util.SplittableRandom(5), 100))
                .isNotEqualTo(Step.random(new java.util.SplittableRandom(6), 100));
    }
}

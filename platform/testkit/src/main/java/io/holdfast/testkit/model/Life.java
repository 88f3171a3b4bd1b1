package io.holdfast.testkit.model;

import io.holdfast.api.state.StateTtlConfig;
import io.holdfast.api.state.StateTtlConfig.StateVisibility;
import io.holdfast.api.state.StateTtlConfig.UpdateType;
import io.holdfast.api.state.TtlTimeCharacteristic;
import io.holdfast.testkit.model.Model.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of what a state holds as time passes, at one moment.
 *
 * @param config the state's time to live, if it has one
 * @param now the moment, in milliseconds
 */
record Life(Optional<StateTtlConfig> config, long now) {
    /** The times to live that a program can have; few, so that they come again. */
    static final List<Optional<StateTtlConfig>> CONFIGS = configs();

    /** Of what is stored without a time to live. */
    static final long NO_TIME = Long.MAX_VALUE;

    /** What a watermark is before the first one. */
    static final long NOT_BEGUN = Long.MIN_VALUE;

    private static final int SHORT_MILLIS = 60;
    private static final int LONG_MILLIS = 210;

    /** Amounts of time to pass: some end a life, some do not quite. */
    static final List<Integer> PAUSES =
            List.of(
                    1,
                    SHORT_MILLIS / 2,
                    SHORT_MILLIS - 1,
                    SHORT_MILLIS,
                    SHORT_MILLIS + 1,
                    LONG_MILLIS / 2,
                    LONG_MILLIS - 1,
                    LONG_MILLIS);

    private static List<Optional<StateTtlConfig>> configs() {
        List<Optional<StateTtlConfig>> configs = new ArrayList<>();
        for (int millis : new int[] {SHORT_MILLIS, LONG_MILLIS}) {
            for (UpdateType update : UpdateType.values()) {
                for (StateVisibility visibility : StateVisibility.values()) {
                    StateTtlConfig.Builder builder =
                            StateTtlConfig.newBuilder(Duration.ofMillis(millis))
                                    .setUpdateType(update)
                                    .setStateVisibility(visibility);
                    configs.add(Optional.of(builder.build()));
                    builder.cleanupFullSnapshot();
                    configs.add(Optional.of(builder.build()));
                    builder.cleanupIncrementally(1 + configs.size() % 3, configs.size() % 4 == 0);
                    configs.add(Optional.of(builder.build()));
                }
            }
        }
        List<Optional<StateTtlConfig>> byProcessingTime = List.copyOf(configs);
        for (Optional<StateTtlConfig> config : byProcessingTime) {
            // What is seen when it is over is so by either time: it need not be tried with both.
            config.filter(each -> !isExpiredSeen(each))
                    .ifPresent(each -> configs.add(Optional.of(byEventTime(each))));
        }
        for (int count = configs.size(); count > 0; count--) {
            configs.add(Optional.empty());
        }
        return List.copyOf(configs);
    }

    private static StateTtlConfig byEventTime(StateTtlConfig config) {
        return new StateTtlConfig(
                config.timeToLive(),
                config.updateType(),
                config.stateVisibility(),
                TtlTimeCharacteristic.EVENT_TIME,
                config.cleanUp());
    }

    /** Whether the watermark is its clock. */
    static boolean isByEventTime(Optional<StateTtlConfig> config) {
        return config.map(StateTtlConfig::timeCharacteristic).orElse(null)
                == TtlTimeCharacteristic.EVENT_TIME;
    }

    static String describe(Optional<StateTtlConfig> config) {
        return config.map(
                        each ->
                                "%s ms%s%s%s%s%s"
                                        .formatted(
                                                each.timeToLive().toMillis(),
                                                isByEventTime(config) ? " of event time" : "",
                                                each.updateType() == UpdateType.ON_READ_AND_WRITE
                                                        ? ", renewed by reading"
                                                        : "",
                                                isExpiredSeen(each) ? ", seen when over" : "",
                                                each.cleanUp().fullSnapshot()
                                                        ? ", cut from snapshots"
                                                        : "",
                                                each.cleanUp()
                                                        .incremental()
                                                        .map(more -> ", swept by " + more.entries())
                                                        .orElse("")))
                .orElse("ever");
    }

    private static boolean isExpiredSeen(StateTtlConfig config) {
        return config.stateVisibility() == StateVisibility.RETURN_EXPIRED_IF_NOT_CLEANED_UP;
    }

    /** Whether it is over for sure. */
    boolean isExpired(Unit unit) {
        return config.isPresent()
                && unit.time() != NO_TIME
                && unit.time() != NOT_BEGUN
                && now != NOT_BEGUN
                && unit.time() + config.get().timeToLive().toMillis() <= now;
    }

    /**
     * What was stored before time began, which counts from then on; a state that was not used then
     * learns later of it, so that only it knows whether that is over.
     *
     * @param beginning when time began at the earliest
     */
    Unit counted(Unit unit, long beginning) {
        return config.isPresent()
                        && now != NOT_BEGUN
                        && unit.time() == NOT_BEGUN
                        && beginning + config.get().timeToLive().toMillis() <= now
                ? unit.mayBeGone(true)
                : unit;
    }

    /** Whether readers and functions get it. */
    boolean isSeen(Unit unit) {
        return !isExpired(unit) || isExpiredSeen(config.get());
    }

    /** Whether snapshots may leave it out. */
    boolean isLeftOut(Unit unit) {
        return isExpired(unit) && config.get().cleanUp().fullSnapshot();
    }

    /** What is stored now. */
    Unit stored(List<Item> items) {
        return new Unit(items, config.isPresent() ? now : NO_TIME);
    }

    /** What was stored by an earlier program, with other items, when it is taken over now. */
    Unit takenOver(Unit unit, List<Item> items) {
        long time = unit.time() == NO_TIME ? now : unit.time();
        return new Unit(
                items, config.isPresent() ? time : NO_TIME, unit.mayBeGone(), unit.mayBeCut());
    }

    /** What is left of something by reading it: null if it is over. */
    Unit read(Unit unit) {
        if (isExpired(unit)) {
            return null;
        }
        boolean renewed =
                config.map(StateTtlConfig::updateType).orElse(null) == UpdateType.ON_READ_AND_WRITE;
        boolean lastRead = mayHaveBeenTheLastRead(unit);
        return renewed && now != unit.time()
                ? new Unit(unit.items(), now, lastRead, false)
                : unit.mayBeGone(lastRead);
    }

    /** Whether it may have been read only because it was still there. */
    boolean mayHaveBeenTheLastRead(Unit unit) {
        return unit.mayBeGone()
                && unit.time() == NOT_BEGUN
                && config.filter(Life::isExpiredSeen).isPresent();
    }

    /** What is over and may have been cleaned up. */
    Unit cleaned(Unit unit) {
        return isExpired(unit) ? unit.mayBeGone(true) : unit;
    }
}

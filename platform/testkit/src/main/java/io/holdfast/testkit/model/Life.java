package io.holdfast.testkit.model;

import io.holdfast.api.state.StateTtlConfig;
import io.holdfast.api.state.StateTtlConfig.StateVisibility;
import io.holdfast.api.state.StateTtlConfig.UpdateType;
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
        for (int count = configs.size(); count > 0; count--) {
            configs.add(Optional.empty());
        }
        return List.copyOf(configs);
    }

    static String describe(Optional<StateTtlConfig> config) {
        return config.map(
                        each ->
                                "%s ms%s%s%s%s"
                                        .formatted(
                                                each.timeToLive().toMillis(),
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

    boolean isExpired(Unit unit) {
        return config.isPresent()
                && unit.time() != NO_TIME
                && unit.time() + config.get().timeToLive().toMillis() <= now;
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
        return new Unit(items, config.isPresent() ? now : NO_TIME, false);
    }

    /** What was stored by an earlier program, with other items, when it is taken over now. */
    Unit takenOver(Unit unit, List<Item> items) {
        long time = unit.time() == NO_TIME ? now : unit.time();
        return new Unit(items, config.isPresent() ? time : NO_TIME, unit.mayBeGone());
    }

    /** What is left of something by reading it: null if it is over. */
    Unit read(Unit unit) {
        if (isExpired(unit)) {
            return null;
        }
        boolean renewed =
                config.map(StateTtlConfig::updateType).orElse(null) == UpdateType.ON_READ_AND_WRITE;
        return new Unit(unit.items(), renewed ? now : unit.time(), false);
    }

    /** What is over and may have been cleaned up. */
    Unit cleaned(Unit unit) {
        return isExpired(unit) ? new Unit(unit.items(), unit.time(), true) : unit;
    }
}

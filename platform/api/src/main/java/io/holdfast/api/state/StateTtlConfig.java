package io.holdfast.api.state;

import io.holdfast.api.error.Problem;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How long what is stored in a keyed state lives: a value, an element of a list, an entry of a map,
 * a combination or an accumulator. Immutable. A state gets it by {@code withTimeToLive} of its
 * descriptor; it may be given to a state that has content already, taken away, and changed.
 *
 * @param timeToLive how long something lives after it was stored, in whole milliseconds, positive
 * @param updateType what begins this time anew
 * @param stateVisibility what readers see of what has expired
 * @param timeCharacteristic the clock
 * @param cleanUp when what has expired is removed, beside when it is met in reading
 */
public record StateTtlConfig(
        Duration timeToLive,
        UpdateType updateType,
        StateVisibility stateVisibility,
        TtlTimeCharacteristic timeCharacteristic,
        CleanUp cleanUp) {

    private static final int BACKGROUND_ENTRIES = 32;

    /** What begins the time anew. */
    public enum UpdateType {
        /** Writing. */
        ON_CREATE_AND_WRITE,
        /** Reading, too. */
        ON_READ_AND_WRITE
    }

    /** What readers see of what has expired. */
    public enum StateVisibility {
        /** What is there, until it is removed: at the latest when it was read once. */
        RETURN_EXPIRED_IF_NOT_CLEANED_UP,
        /** Nothing. */
        NEVER_RETURN_EXPIRED
    }

    /**
     * When what has expired is removed, beside when it is met in reading.
     *
     * @param fullSnapshot whether snapshots leave it out that write all entries
     * @param incremental how many entries are looked at for what is done with the state; empty for
     *     none
     * @param background how many entries are looked at between two batches of records, so that
     *     state is freed that is never touched again; 0 for none
     */
    public record CleanUp(boolean fullSnapshot, Optional<Incremental> incremental, int background) {
        /** Refuses null and negative numbers. */
        public CleanUp {
            Objects.requireNonNull(incremental, "incremental");
            if (background < 0) {
                throw unusable("background clean-up of " + background + " entries", "0 or more");
            }
        }
    }

    /**
     * Looking at some entries for what is done with a state.
     *
     * @param entries how many for each access, 1 or more
     * @param perRecord whether also for each record, though the state is not touched
     */
    public record Incremental(int entries, boolean perRecord) {
        /** Refuses numbers below 1. */
        public Incremental {
            if (entries < 1) {
                throw unusable("incremental clean-up of " + entries + " entries", "1 or more");
            }
        }
    }

    /** Refuses null and times that are not positive. */
    public StateTtlConfig {
        Objects.requireNonNull(timeToLive, "timeToLive");
        Objects.requireNonNull(updateType, "updateType");
        Objects.requireNonNull(stateVisibility, "stateVisibility");
        Objects.requireNonNull(timeCharacteristic, "timeCharacteristic");
        Objects.requireNonNull(cleanUp, "cleanUp");
        if (timeToLive.compareTo(Duration.ofMillis(1)) < 0
                || timeToLive.compareTo(Duration.ofMillis(Long.MAX_VALUE)) > 0) {
            throw unusable("a time to live of " + timeToLive, "1 millisecond or more");
        }
    }

    private static RuntimeException unusable(String what, String possible) {
        return Problem.user("STATE-3024", "State cannot have " + what + ".")
                .with("possible", possible)
                .advise("correct the StateTtlConfig; a state that lives for ever needs none")
                .exception();
    }

    /**
     * Begins a configuration: writing begins the time anew, nobody sees what has expired, the clock
     * is the machine's, and the background is cleaned up.
     *
     * @param timeToLive how long something lives, positive
     * @return the choices
     */
    public static Builder newBuilder(Duration timeToLive) {
        return new Builder(timeToLive);
    }

    /** Choices, each of which may be left out. */
    public static final class Builder {
        private final Duration timeToLive;
        private UpdateType updateType = UpdateType.ON_CREATE_AND_WRITE;
        private StateVisibility visibility = StateVisibility.NEVER_RETURN_EXPIRED;
        private TtlTimeCharacteristic characteristic = TtlTimeCharacteristic.PROCESSING_TIME;
        private boolean fullSnapshot;
        private Optional<Incremental> incremental = Optional.empty();
        private int background = BACKGROUND_ENTRIES;

        private Builder(Duration timeToLive) {
            this.timeToLive = timeToLive;
        }

        /**
         * Chooses what begins the time anew.
         *
         * @param chosen the choice
         * @return this
         */
        public Builder setUpdateType(UpdateType chosen) {
            updateType = chosen;
            return this;
        }

        /**
         * Only writing begins the time anew.
         *
         * @return this
         */
        public Builder updateTtlOnCreateAndWrite() {
            return setUpdateType(UpdateType.ON_CREATE_AND_WRITE);
        }

        /**
         * Reading begins the time anew, too.
         *
         * @return this
         */
        public Builder updateTtlOnReadAndWrite() {
            return setUpdateType(UpdateType.ON_READ_AND_WRITE);
        }

        /**
         * Chooses what readers see of what has expired.
         *
         * @param chosen the choice
         * @return this
         */
        public Builder setStateVisibility(StateVisibility chosen) {
            visibility = chosen;
            return this;
        }

        /**
         * Readers may see what has expired, once.
         *
         * @return this
         */
        public Builder returnExpiredIfNotCleanedUp() {
            return setStateVisibility(StateVisibility.RETURN_EXPIRED_IF_NOT_CLEANED_UP);
        }

        /**
         * Readers never see what has expired.
         *
         * @return this
         */
        public Builder neverReturnExpired() {
            return setStateVisibility(StateVisibility.NEVER_RETURN_EXPIRED);
        }

        /**
         * Chooses the clock.
         *
         * @param chosen the choice
         * @return this
         */
        public Builder setTtlTimeCharacteristic(TtlTimeCharacteristic chosen) {
            characteristic = chosen;
            return this;
        }

        /**
         * The clock is the machine's.
         *
         * @return this
         */
        public Builder useProcessingTime() {
            return setTtlTimeCharacteristic(TtlTimeCharacteristic.PROCESSING_TIME);
        }

        /**
         * The clock is the operator's watermark.
         *
         * @return this
         */
        public Builder useEventTime() {
            return setTtlTimeCharacteristic(TtlTimeCharacteristic.EVENT_TIME);
        }

        /**
         * Snapshots that write all entries leave out what has expired. The working state stays as
         * it is.
         *
         * @return this
         */
        public Builder cleanupFullSnapshot() {
            fullSnapshot = true;
            return this;
        }

        /**
         * Looks at some entries, in turn, for what is done with the state.
         *
         * @param entries how many for each access, 1 or more
         * @param perRecord whether also for each record, though the state is not touched
         * @return this
         */
        public Builder cleanupIncrementally(int entries, boolean perRecord) {
            incremental = Optional.of(new Incremental(entries, perRecord));
            return this;
        }

        /**
         * Looks at entries, in turn, while the operator waits for records, and at some between two
         * batches of them. On unless disabled.
         *
         * @param entries how many between two batches, 1 or more
         * @return this
         */
        public Builder cleanupInBackground(int entries) {
            background = entries;
            return this;
        }

        /**
         * Leaves what nobody touches, unless another way of cleaning up is chosen.
         *
         * @return this
         */
        public Builder disableCleanupInBackground() {
            background = 0;
            return this;
        }

        /**
         * Checks the choices.
         *
         * @return the configuration
         * @throws io.holdfast.api.error.HoldfastException STATE-3024 if a number is out of range
         */
        public StateTtlConfig build() {
            return new StateTtlConfig(
                    timeToLive,
                    updateType,
                    visibility,
                    characteristic,
                    new CleanUp(fullSnapshot, incremental, background));
        }
    }
}

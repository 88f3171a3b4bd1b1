package io.holdfast.toolkit.expiring;

import io.holdfast.api.state.StateTtlConfig;
import io.holdfast.api.state.StateTtlConfig.StateVisibility;
import io.holdfast.api.state.StateTtlConfig.UpdateType;
import io.holdfast.spi.state.Expiry;
import java.io.DataInput;
import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * Decides about the values of one state: when they were stored, and whether they have expired.
 *
 * @param <T> type of the values
 */
final class Lifetime<T> implements Expiry<Timed<T>> {
    /** What a clock says that has not begun: a watermark before the first one. */
    private static final long NOT_BEGUN = Long.MIN_VALUE;

    private final LongSupplier clock;
    private final long millis;
    private final boolean renewedByReading;
    private final boolean expiredIsSeen;
    private final boolean leftOutOfSnapshots;

    /** What the clock said first: what was stored before counts as stored then. */
    private long beginning = NOT_BEGUN;

    Lifetime(StateTtlConfig config, LongSupplier clock) {
        this.clock = clock;
        this.millis = config.timeToLive().toMillis();
        this.renewedByReading = config.updateType() == UpdateType.ON_READ_AND_WRITE;
        this.expiredIsSeen =
                config.stateVisibility() == StateVisibility.RETURN_EXPIRED_IF_NOT_CLEANED_UP;
        this.leftOutOfSnapshots = config.cleanUp().fullSnapshot();
    }

    /** The time of now. */
    long time() {
        long time = clock.getAsLong();
        if (beginning == NOT_BEGUN) {
            beginning = time;
        }
        return time;
    }

    /** A value as it is stored now. */
    Timed<T> stored(T value) {
        return new Timed<>(time(), value);
    }

    boolean isExpired(Timed<T> timed, long now) {
        return isExpired(timed.time(), now, beginning);
    }

    private boolean isExpired(long stored, long now, long begun) {
        if (now == NOT_BEGUN) {
            return false;
        }
        long since = stored == NOT_BEGUN ? begun : stored;
        long end = since + millis;
        return (end < since ? Long.MAX_VALUE : end) <= now;
    }

    /** Whether readers and functions get a value. */
    boolean isSeen(Timed<T> timed, long now) {
        return expiredIsSeen || !isExpired(timed, now);
    }

    /**
     * What to store in the place of a value that was read and has not expired; null for nothing.
     */
    Timed<T> renewed(Timed<T> timed, long now) {
        return renewedByReading && now != timed.time() ? new Timed<>(now, timed.value()) : null;
    }

    boolean isRenewedByReading() {
        return renewedByReading;
    }

    @Override
    public boolean leftOutOfSnapshots() {
        return leftOutOfSnapshots;
    }

    @Override
    public Expiry.Cut<Timed<T>> now() {
        long now = time();
        long begun = beginning;
        return new Expiry.Cut<>() {
            @Override
            public boolean drops(Timed<T> timed) {
                return isExpired(timed.time(), now, begun);
            }

            @Override
            public boolean dropsStored(DataInput stored) throws IOException {
                return isExpired(stored.readLong(), now, begun);
            }
        };
    }
}

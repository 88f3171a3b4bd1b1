package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.spi.state.StateBackend;
import io.holdfast.testkit.state.MapStateContract;
import io.holdfast.testkit.state.TimerContract;
import org.junit.jupiter.api.Nested;

/** What holds with usual sizes must hold where hardly anything fits into memory. */
class SmallLimitsContractsTest {
    private static final Limits TINY = new Limits(1 << 20, 3, 2, 2, 3);

    @Nested
    class Maps extends MapStateContract {
        @Override
        protected StateBackend backend() {
            return new SmallBackend(TINY);
        }
    }

    @Nested
    class Timers extends TimerContract {
        @Override
        protected StateBackend backend() {
            return new SmallBackend(TINY);
        }
    }
}

package io.holdfast.testkit.state;

import io.holdfast.spi.state.StateBackend;
import org.junit.jupiter.api.Nested;

/**
 * All promises of a state backend. Extend it, give the backend, add nothing:
 *
 * <pre>{@code
 * class MyStateBackendTest extends StateBackendContracts {
 *     @Override
 *     protected StateBackend backend() {
 *         return new MyStateBackendFactory().create(new Configuration());
 *     }
 * }
 * }</pre>
 */
public abstract class StateBackendContracts {

    /** For subclasses. */
    protected StateBackendContracts() {}

    /**
     * The backend under test.
     *
     * @return a backend ready to open keyed backends; asked for once for each test
     */
    protected abstract StateBackend backend();

    /**
     * Number of random sequences, see {@link StateModelContract#sequences()}.
     *
     * @return 1 or more
     */
    protected int modelSequences() {
        return StateModelContract.SEQUENCES;
    }

    @Nested
    class Values extends ValueStateContract {
        @Override
        protected StateBackend backend() {
            return StateBackendContracts.this.backend();
        }
    }

    @Nested
    class Lists extends ListStateContract {
        @Override
        protected StateBackend backend() {
            return StateBackendContracts.this.backend();
        }
    }

    @Nested
    class Maps extends MapStateContract {
        @Override
        protected StateBackend backend() {
            return StateBackendContracts.this.backend();
        }
    }

    @Nested
    class Reducing extends ReducingStateContract {
        @Override
        protected StateBackend backend() {
            return StateBackendContracts.this.backend();
        }
    }

    @Nested
    class Aggregating extends AggregatingStateContract {
        @Override
        protected StateBackend backend() {
            return StateBackendContracts.this.backend();
        }
    }

    @Nested
    class Merging extends MergingContract {
        @Override
        protected StateBackend backend() {
            return StateBackendContracts.this.backend();
        }
    }

    @Nested
    class KeyIsolation extends KeyIsolationContract {
        @Override
        protected StateBackend backend() {
            return StateBackendContracts.this.backend();
        }
    }

    @Nested
    class Keys extends KeysContract {
        @Override
        protected StateBackend backend() {
            return StateBackendContracts.this.backend();
        }
    }

    @Nested
    class Timers extends TimerContract {
        @Override
        protected StateBackend backend() {
            return StateBackendContracts.this.backend();
        }
    }

    @Nested
    class Snapshots extends SnapshotContract {
        @Override
        protected StateBackend backend() {
            return StateBackendContracts.this.backend();
        }
    }

    @Nested
    class Increments extends IncrementalContract {
        @Override
        protected StateBackend backend() {
            return StateBackendContracts.this.backend();
        }
    }

    @Nested
    class Restoring extends RestoreContract {
        @Override
        protected StateBackend backend() {
            return StateBackendContracts.this.backend();
        }
    }

    @Nested
    class Rescaling extends RescaleContract {
        @Override
        protected StateBackend backend() {
            return StateBackendContracts.this.backend();
        }
    }

    @Nested
    class HandOver extends HandOverContract {
        @Override
        protected StateBackend backend() {
            return StateBackendContracts.this.backend();
        }
    }

    @Nested
    class Evolution extends EvolutionContract {
        @Override
        protected StateBackend backend() {
            return StateBackendContracts.this.backend();
        }
    }

    @Nested
    class TimeToLive extends TtlContract {
        @Override
        protected StateBackend backend() {
            return StateBackendContracts.this.backend();
        }
    }

    @Nested
    class TimeToLiveCleanUp extends TtlCleanUpContract {
        @Override
        protected StateBackend backend() {
            return StateBackendContracts.this.backend();
        }
    }

    @Nested
    class Refusals extends RefusalContract {
        @Override
        protected StateBackend backend() {
            return StateBackendContracts.this.backend();
        }
    }

    @Nested
    class Closing extends CloseContract {
        @Override
        protected StateBackend backend() {
            return StateBackendContracts.this.backend();
        }
    }

    @Nested
    class Canonical extends CanonicalContract {
        @Override
        protected StateBackend backend() {
            return StateBackendContracts.this.backend();
        }
    }

    @Nested
    class Model extends StateModelContract {
        @Override
        protected StateBackend backend() {
            return StateBackendContracts.this.backend();
        }

        @Override
        protected int sequences() {
            return modelSequences();
        }
    }
}

package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.holdfast.spi.state.StateBackend;
import io.holdfast.testkit.reference.Bug;
import io.holdfast.testkit.reference.ReferenceStateBackend;
import io.holdfast.testkit.state.AggregatingStateContract;
import io.holdfast.testkit.state.CanonicalContract;
import io.holdfast.testkit.state.CloseContract;
import io.holdfast.testkit.state.EvolutionContract;
import io.holdfast.testkit.state.HandOverContract;
import io.holdfast.testkit.state.IncrementalContract;
import io.holdfast.testkit.state.KeyIsolationContract;
import io.holdfast.testkit.state.KeysContract;
import io.holdfast.testkit.state.ListStateContract;
import io.holdfast.testkit.state.MapStateContract;
import io.holdfast.testkit.state.MergingContract;
import io.holdfast.testkit.state.ReducingStateContract;
import io.holdfast.testkit.state.RefusalContract;
import io.holdfast.testkit.state.RescaleContract;
import io.holdfast.testkit.state.RestoreContract;
import io.holdfast.testkit.state.SnapshotContract;
import io.holdfast.testkit.state.StateModelContract;
import io.holdfast.testkit.state.SwitchContract;
import io.holdfast.testkit.state.TimerContract;
import io.holdfast.testkit.state.TtlCleanUpContract;
import io.holdfast.testkit.state.ValueStateContract;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The contracts are worth something: each of these planted bugs is found by the contract that
 * stands for it. Each nested class is a contract over a backend with a bug, and must fail.
 */
class PlantedBugsTest {
    /** Of random ones, for a bug that one of some hundreds finds. */
    private static final int ENOUGH_SEQUENCES = 10_000;

    static final class ClearForgotten extends ValueStateContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.CLEAR_FORGOTTEN);
        }
    }

    static final class ListForgetsOrder extends ListStateContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.LIST_FORGETS_ORDER);
        }
    }

    static final class NullMapValueIsAbsent extends MapStateContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.NULL_MAP_VALUE_IS_ABSENT);
        }
    }

    static final class NullAdded extends ReducingStateContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.NULL_ADDED);
        }
    }

    static final class ReduceSwapsArguments extends ReducingStateContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.REDUCE_SWAPS_ARGUMENTS);
        }
    }

    static final class SharedAccumulator extends AggregatingStateContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.SHARED_ACCUMULATOR);
        }
    }

    static final class MergeLosesSource extends MergingContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.MERGE_LOSES_SOURCE);
        }
    }

    static final class NamespaceIgnored extends KeyIsolationContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.NAMESPACE_IGNORED);
        }
    }

    static final class KeysRepeated extends KeysContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.KEYS_REPEATED);
        }
    }

    static final class TimersUnsigned extends TimerContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.TIMERS_UNSIGNED);
        }
    }

    static final class TimerTwice extends TimerContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.TIMER_TWICE);
        }
    }

    static final class LiveSnapshot extends SnapshotContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.LIVE_SNAPSHOT);
        }
    }

    static final class SharedMutableValue extends SnapshotContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.SHARED_MUTABLE_VALUE);
        }
    }

    static final class StreamLeftOpen extends SnapshotContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.STREAM_LEFT_OPEN);
        }
    }

    static final class DroppedTimers extends RestoreContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.DROPPED_TIMERS);
        }
    }

    static final class UnknownStatesDropped extends RestoreContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.UNKNOWN_STATES_DROPPED);
        }
    }

    static final class ShortRead extends RestoreContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.SHORT_READ);
        }
    }

    static final class KeyGroupBorder extends RescaleContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.KEY_GROUP_BORDER);
        }
    }

    static final class NarrowKeyGroup extends RescaleContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.NARROW_KEY_GROUP);
        }
    }

    static final class MigrationSkipped extends EvolutionContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.MIGRATION_SKIPPED);
        }
    }

    static final class KindIgnored extends EvolutionContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.KIND_IGNORED);
        }
    }

    static final class DamageIsEmptiness extends RefusalContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.DAMAGE_IS_EMPTINESS);
        }
    }

    static final class ForeignKeyAccepted extends RefusalContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.FOREIGN_KEY_ACCEPTED);
        }
    }

    static final class OpenAfterClose extends CloseContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.OPEN_AFTER_CLOSE);
        }
    }

    static final class ThreadLeft extends CloseContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.THREAD_LEFT);
        }
    }

    static final class PrivateListLayout extends CanonicalContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.PRIVATE_LIST_LAYOUT);
        }
    }

    static final class IncrementOnIncomplete extends IncrementalContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.INCREMENT_ON_INCOMPLETE);
        }
    }

    static final class IncrementMissesChanges extends IncrementalContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.INCREMENT_MISSES_CHANGES);
        }
    }

    static final class SweepTakesLists extends TtlCleanUpContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.SWEEP_TAKES_LISTS);
        }
    }

    static final class AbortUndoes extends StateModelContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.ABORT_UNDOES);
        }
    }

    static final class MapKeysNotMigrated extends EvolutionContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.MAP_KEYS_NOT_MIGRATED);
        }
    }

    static final class SweepGoesByAnotherMoment extends StateModelContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.SWEEP_GOES_BY_ANOTHER_MOMENT);
        }

        @Override
        protected int sequences() {
            return ENOUGH_SEQUENCES;
        }
    }

    static final class NoTimeBeforeTheFirst extends StateModelContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.NO_TIME_BEFORE_THE_FIRST);
        }

        @Override
        protected int sequences() {
            return ENOUGH_SEQUENCES;
        }
    }

    static final class DroppedTimersAtHandOver extends HandOverContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.DROPPED_TIMERS);
        }
    }

    static final class UnknownStatesDroppedAtHandOver extends HandOverContract {
        @Override
        protected StateBackend backend() {
            return new ReferenceStateBackend(Bug.UNKNOWN_STATES_DROPPED);
        }
    }

    /** State does not move from a backend whose layout only it can read. */
    static final class PrivateListLayoutMoves extends SwitchContract {
        @Override
        protected StateBackend firstBackend() {
            return new ReferenceStateBackend();
        }

        @Override
        protected StateBackend secondBackend() {
            return new ReferenceStateBackend(Bug.PRIVATE_LIST_LAYOUT);
        }
    }

    static Stream<Class<?>> contractsOverBugs() {
        return Arrays.stream(PlantedBugsTest.class.getDeclaredClasses())
                .filter(type -> type.getSuperclass().getSimpleName().endsWith("Contract"))
                .sorted(Comparator.comparing(Class::getSimpleName));
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("contractsOverBugs")
    void theContractNamedForABugFindsIt(Class<?> contract) {
        FirstFailure first = new FirstFailure();
        LauncherFactory.create()
                .execute(
                        LauncherExecutionRequestBuilder.request(
                                        LauncherDiscoveryRequestBuilder.request()
                                                .selectors(selectClass(contract))
                                                .build())
                                .listeners(first)
                                .cancellationToken(first.token)
                                .build());

        assertThat(first.failure.get())
                .as("a failure of %s", contract.getSuperclass().getSimpleName())
                .isNotNull();
        System.out.printf(
                "%s: found by %s.%s%n",
                contract.getSimpleName(),
                contract.getSuperclass().getSimpleName(),
                first.failure.get());
    }

    @Test
    void everyBugIsPlanted() {
        Set<Bug> planted = EnumSet.of(Bug.NONE);
        contractsOverBugs()
                .forEach(
                        type ->
                                Arrays.stream(Bug.values())
                                        .filter(
                                                bug ->
                                                        bug.name()
                                                                .replace("_", "")
                                                                .equalsIgnoreCase(
                                                                        type.getSimpleName()))
                                        .forEach(planted::add));

        assertThat(planted).containsExactlyInAnyOrder(Bug.values());
    }

    /** Remembers the first test that failed, and ends the run. */
    private static final class FirstFailure implements TestExecutionListener {
        private final AtomicReference<String> failure = new AtomicReference<>();
        private final CancellationToken token = CancellationToken.create();

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED
                    && failure.compareAndSet(null, nameOf(test))) {
                token.cancel();
            }
        }

        private static String nameOf(TestIdentifier test) {
            return test.getSource()
                    .filter(MethodSource.class::isInstance)
                    .map(source -> ((MethodSource) source).getMethodName())
                    .orElse(test.getDisplayName());
        }
    }
}

package io.holdfast.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.config.CheckpointingMode;
import io.holdfast.api.config.ExternalizedCheckpointRetention;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.runtime.checkpoint.CheckpointStatistics.Status;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.storage.StoredCheckpoint;
import io.holdfast.toolkit.metadata.CheckpointMetadata;
import io.holdfast.toolkit.metadata.CheckpointMetadataFormat;
import io.holdfast.toolkit.metadata.OperatorMetadata;
import io.holdfast.toolkit.metadata.OperatorSnapshot;
import io.holdfast.toolkit.metadata.OperatorStateHandle;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class CheckpointCoordinatorTest {
    private static final URI SAVEPOINT = URI.create("memory:///savepoints/sp/");
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final ManualThreads threads = new ManualThreads();
    private final MemoryStore store = new MemoryStore();
    private final List<Problem> failures = new ArrayList<>();
    private List<FakeTask> tasks = FakeTask.tasks(2);
    private Settings settings = new Settings();
    private CheckpointCoordinator coordinator;

    /** Settings of one test. */
    private static final class Settings {
        Duration interval = INTERVAL;
        Duration minPause = Duration.ZERO;
        int maxConcurrent = 1;
        int tolerable;
        int retained = 1;
        SnapshotKind kind = SnapshotKind.FULL;
        ExternalizedCheckpointRetention retention =
                ExternalizedCheckpointRetention.NO_EXTERNALIZED_CHECKPOINTS;

        CheckpointSettings build() {
            return new CheckpointSettings(
                    interval,
                    TIMEOUT,
                    minPause,
                    maxConcurrent,
                    tolerable,
                    retained,
                    kind,
                    CheckpointingMode.EXACTLY_ONCE,
                    retention);
        }
    }

    private void start() {
        open();
        start(Optional.empty());
    }

    private void open() {
        coordinator =
                new CheckpointCoordinator(
                        "job",
                        "test job",
                        settings.build(),
                        store,
                        store.published(),
                        threads,
                        failures::add);
    }

    private void start(Optional<RestorePoint> from) {
        tasks = FakeTask.tasks(2);
        coordinator.start(List.of(FakeTask.layout(2)), tasks, from);
        threads.settle();
    }

    private FakeTask source() {
        return tasks.get(0);
    }

    private Barrier lastBarrier() {
        return source().barriers.get(source().barriers.size() - 1);
    }

    private void acknowledge(FakeTask task, Barrier barrier) throws IOException {
        coordinator.acknowledge(
                task, barrier.checkpointId(), task.snapshot(barrier), SnapshotTimings.NONE);
        threads.step();
    }

    private void acknowledgeAll(Barrier barrier) throws IOException {
        for (FakeTask task : tasks) {
            acknowledge(task, barrier);
        }
    }

    /** Lets the next periodic checkpoint happen. */
    private long complete() throws IOException {
        threads.advance(INTERVAL).settle();
        Barrier barrier = lastBarrier();
        acknowledgeAll(barrier);
        threads.settle();
        return barrier.checkpointId();
    }

    private void decline(Barrier barrier) {
        coordinator.decline(tasks.get(1), barrier.checkpointId(), new IOException("disk full"));
        threads.step();
    }

    private List<Long> publishedIds() {
        return store.published().stream()
                .map(stored -> CheckpointRestore.metadata(stored).checkpointId())
                .toList();
    }

    private static Problem problemOf(CompletableFuture<?> result) {
        assertThat(result).isCompletedExceptionally();
        try {
            result.join();
            throw new AssertionError("completed");
        } catch (CompletionException e) {
            return ((HoldfastException) e.getCause()).problem();
        }
    }

    @Test
    void aCheckpointIsCompleteOnceAllTasksDeliveredAndItsMetadataAreStored() throws Exception {
        start();
        assertThat(source().barriers).isEmpty();
        threads.advance(INTERVAL).settle();
        Barrier barrier = lastBarrier();
        assertThat(barrier.checkpointId()).isEqualTo(1);
        assertThat(barrier.kind()).isEqualTo(SnapshotKind.FULL);
        assertThat(barrier.stop()).isEqualTo(StopMode.NONE);
        assertThat(tasks.get(1).barriers).as("barriers of a task that is no source").isEmpty();

        acknowledgeAll(barrier);
        assertThat(source().told).as("before the metadata are stored").isEmpty();
        assertThat(coordinator.retained()).isEmpty();
        threads.settle();

        assertThat(source().told).containsExactly("completed 1");
        assertThat(tasks.get(1).told).containsExactly("completed 1");
        assertThat(coordinator.retained()).isEqualTo(store.published());
        CheckpointMetadata metadata = CheckpointRestore.metadata(store.published().get(0));
        assertThat(metadata.jobName()).isEqualTo("test job");
        assertThat(metadata.operators().get(0).subtasks())
                .hasSize(2)
                .noneMatch(OperatorSnapshot::isEmpty);
    }

    @Test
    void periodicCheckpointsStartOneIntervalApart() throws Exception {
        start();
        threads.advance(INTERVAL).settle();
        acknowledgeAll(lastBarrier());
        threads.advance(Duration.ofSeconds(3)).settle();
        threads.advance(Duration.ofSeconds(6)).settle();
        assertThat(source().barriers).hasSize(1);
        threads.advance(Duration.ofSeconds(1)).settle();
        assertThat(source().barriers).hasSize(2);
    }

    @Test
    void withoutAnIntervalThereAreNoPeriodicCheckpoints() {
        settings.interval = Duration.ZERO;
        start();
        threads.advance(Duration.ofDays(1)).settle();
        assertThat(source().barriers).isEmpty();
    }

    @Test
    void noMoreCheckpointsRunAtOnceThanAllowed() throws Exception {
        settings.maxConcurrent = 2;
        start();
        for (int i = 0; i < 5; i++) {
            threads.advance(INTERVAL).settle();
        }
        assertThat(source().barriers).extracting(Barrier::checkpointId).containsExactly(1L, 2L);

        acknowledgeAll(source().barriers.get(0));
        threads.settle();
        assertThat(source().barriers)
                .as("the one that was due takes the free slot at once")
                .extracting(Barrier::checkpointId)
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void theMinimalPauseIsCountedFromTheEndOfTheLastCheckpoint() throws Exception {
        settings.minPause = Duration.ofSeconds(8);
        settings.maxConcurrent = 4;
        start();
        threads.advance(INTERVAL).settle();
        threads.advance(Duration.ofSeconds(15)).settle();
        assertThat(source().barriers).as("no overlap with a pause").hasSize(1);
        acknowledgeAll(lastBarrier());
        threads.settle();
        threads.advance(Duration.ofMillis(7_999)).settle();
        assertThat(source().barriers).hasSize(1);
        threads.advance(Duration.ofMillis(1)).settle();
        assertThat(source().barriers).hasSize(2);
    }

    @Test
    void aSavepointWaitsForAFreeSlotAndNotForThePause() throws Exception {
        settings.minPause = Duration.ofHours(1);
        start();
        threads.advance(INTERVAL).settle();
        CompletableFuture<CompletedCheckpoint> savepoint =
                coordinator.savepoint(SAVEPOINT, StopMode.NONE).toCompletableFuture();
        threads.settle();
        assertThat(source().barriers).hasSize(1);

        acknowledgeAll(lastBarrier());
        threads.settle();
        assertThat(lastBarrier().checkpointId()).isEqualTo(2);
        assertThat(lastBarrier().kind()).isEqualTo(SnapshotKind.CANONICAL);
        acknowledgeAll(lastBarrier());
        threads.settle();
        assertThat(savepoint.join().stored().directory()).contains(SAVEPOINT);
        assertThat(store.files.keySet())
                .filteredOn(file -> file.getPath().startsWith("/savepoints"))
                .hasSize(3);
    }

    @Test
    void aSavepointNeitherTakesThePlaceOfCheckpointsNorMakesTasksCommit() throws Exception {
        start();
        complete();
        coordinator.savepoint(SAVEPOINT, StopMode.NONE);
        threads.settle();
        acknowledgeAll(lastBarrier());
        threads.settle();
        assertThat(source().told).containsExactly("completed 1");
        assertThat(publishedIds()).containsExactly(1L);
        assertThat(coordinator.retained()).hasSize(1);
        assertThat(coordinator.overview().completed()).isEqualTo(2);
    }

    @Test
    void onlyTheNewestCheckpointsAreRetained() throws Exception {
        settings.retained = 2;
        start();
        for (int i = 0; i < 5; i++) {
            complete();
        }
        assertThat(publishedIds()).containsExactly(5L, 4L);
        assertThat(coordinator.retained()).isEqualTo(store.published());
        assertThat(store.unreferenced()).isEmpty();
    }

    @Test
    void theOldCheckpointStaysUntilTheNewOneIsDurable() throws Exception {
        start();
        complete();
        threads.advance(INTERVAL).settle();
        acknowledgeAll(lastBarrier());
        store.fail(MemoryStore.Step.PUBLISH);
        threads.settle();
        assertThat(publishedIds()).containsExactly(1L);
        assertThat(store.missing()).isEmpty();
        assertThat(coordinator.retained()).hasSize(1);
    }

    @Test
    void aDeclinedCheckpointLeavesNothingAndIsCountedWithItsCause() throws Exception {
        settings.tolerable = 1;
        start();
        threads.advance(INTERVAL).settle();
        acknowledge(source(), lastBarrier());
        decline(lastBarrier());
        threads.settle();

        assertThat(store.files).isEmpty();
        assertThat(source().told).containsExactly("aborted 1");
        CheckpointOverview overview = coordinator.overview();
        assertThat(overview.aborted()).containsExactly(Map.entry(AbortCause.DECLINED, 1L));
        assertThat(overview.failed()).isEqualTo(1);
        assertThat(overview.failuresInARow()).isEqualTo(1);
        assertThat(overview.lastFailure().orElseThrow().problem().summary())
                .isEqualTo(
                        "Checkpoint 1 was declined by task-1 (subtask 1): IOException: disk full");
        assertThat(overview.recent().get(0).status()).isEqualTo(Status.ABORTED);
        assertThat(failures).isEmpty();
    }

    @Test
    void tooManyFailuresInARowAreReported() throws Exception {
        settings.tolerable = 2;
        start();
        for (int i = 0; i < 2; i++) {
            threads.advance(INTERVAL).settle();
            decline(lastBarrier());
        }
        complete();
        for (int i = 0; i < 2; i++) {
            threads.advance(INTERVAL).settle();
            decline(lastBarrier());
        }
        assertThat(failures).as("a success starts the count again").isEmpty();
        threads.advance(INTERVAL).settle();
        decline(lastBarrier());
        assertThat(failures).singleElement().extracting(Problem::code).isEqualTo("JOB-6101");
    }

    @Test
    void aFailedSavepointFailsItsCallerAndNotTheJob() throws Exception {
        start();
        CompletableFuture<CompletedCheckpoint> savepoint =
                coordinator.savepoint(SAVEPOINT, StopMode.NONE).toCompletableFuture();
        threads.settle();
        decline(lastBarrier());
        threads.settle();
        assertThat(problemOf(savepoint).code()).isEqualTo("JOB-6101");
        assertThat(failures).isEmpty();
        assertThat(coordinator.overview().failed()).isEqualTo(1);
    }

    @Test
    void aCheckpointThatIsTooSlowIsGivenUpAndNamesWhoItWaitedFor() throws Exception {
        start();
        threads.advance(INTERVAL).settle();
        acknowledge(source(), lastBarrier());
        threads.advance(TIMEOUT).settle();
        assertThat(failures).hasSize(1);
        assertThat(failures.get(0).toString())
                .contains("JOB-6102")
                .contains("not complete after PT1M")
                .contains("task-1 (2)")
                .doesNotContain("task-0");
        assertThat(source().told).first().isEqualTo("aborted 1");
        assertThat(store.files).isEmpty();
    }

    @Test
    void whatComesAfterAnAbortIsRefusedAndLeavesNothing() throws Exception {
        settings.tolerable = 9;
        start();
        threads.advance(INTERVAL).settle();
        Barrier barrier = lastBarrier();
        Map<String, OperatorSnapshot> written = tasks.get(0).snapshot(barrier);
        decline(barrier);
        coordinator.acknowledge(source(), 1, written, SnapshotTimings.NONE);
        threads.settle();

        assertThatThrownBy(() -> tasks.get(1).snapshot(barrier))
                .isInstanceOf(IOException.class)
                .hasMessage("checkpoint 1 was aborted");
        assertThat(store.files).isEmpty();
        complete();
        assertThat(source().told).containsExactly("aborted 1", "completed 2");
    }

    @Test
    void aStreamThatIsFinishedWhileItsCheckpointIsAbortedIsRemoved() throws Exception {
        settings.tolerable = 9;
        start();
        threads.advance(INTERVAL).settle();
        var out = lastBarrier().sink().create(SnapshotScope.SHARED);
        out.write(1);
        decline(lastBarrier());
        assertThatThrownBy(out::finish).hasMessage("checkpoint 1 was aborted");
        threads.settle();
        assertThat(store.files).isEmpty();
    }

    @Test
    void acknowledgingTwiceChangesNothing() throws Exception {
        start();
        threads.advance(INTERVAL).settle();
        Barrier barrier = lastBarrier();
        Map<String, OperatorSnapshot> snapshot = source().snapshot(barrier);
        coordinator.acknowledge(source(), 1, snapshot, SnapshotTimings.NONE);
        coordinator.acknowledge(source(), 1, snapshot, SnapshotTimings.NONE);
        threads.settle();
        assertThat(coordinator.overview().inProgress().get(0).acknowledged()).isEqualTo(1);
        acknowledge(tasks.get(1), barrier);
        threads.settle();
        coordinator.acknowledge(source(), 1, snapshot, SnapshotTimings.NONE);
        threads.settle();
        assertThat(publishedIds()).containsExactly(1L);
        assertThat(store.missing()).isEmpty();
    }

    @Test
    void aTaskMayNotDeliverStateOfOperatorsItDoesNotHave() {
        start();
        threads.advance(INTERVAL).settle();
        coordinator.acknowledge(
                source(), 1, Map.of("other", OperatorSnapshot.EMPTY), SnapshotTimings.NONE);
        threads.settle();
        assertThat(failures).singleElement().extracting(Problem::code).isEqualTo("JOB-6104");
        assertThat(coordinator.overview().aborted()).containsOnlyKeys(AbortCause.INVALID);
    }

    @Test
    void aTimeoutWhileMetadataAreBeingStoredTakesTheCheckpointBackWhenTheStorageAnswers()
            throws Exception {
        settings.tolerable = 9;
        start();
        threads.advance(INTERVAL).settle();
        acknowledgeAll(lastBarrier());
        threads.advance(TIMEOUT);
        assertThat(source().told).containsExactly("aborted 1");
        assertThat(coordinator.overview().aborted()).containsOnlyKeys(AbortCause.TIMED_OUT);
        assertThat(source().barriers).as("its slot is not free yet").hasSize(1);

        threads.settle();
        assertThat(publishedIds()).doesNotContain(1L);
        assertThat(coordinator.retained()).isEmpty();
        assertThat(store.files).isEmpty();
        assertThat(lastBarrier().checkpointId()).isEqualTo(2);
    }

    @Test
    void aStorageThatHangsCountsAsOneFailureForEachTimeout() throws Exception {
        settings.tolerable = 3;
        start();
        threads.advance(INTERVAL);
        assertThat(threads.blocking()).as("the storage was asked").isEqualTo(1);
        threads.advance(TIMEOUT.multipliedBy(3));
        assertThat(failures).isEmpty();
        assertThat(coordinator.overview().failuresInARow()).isEqualTo(3);
        assertThat(threads.blocking())
                .as("calls of the storage do not pile up; the other one tells who asked")
                .isLessThanOrEqualTo(2);
        threads.advance(TIMEOUT);
        assertThat(failures).hasSize(1);
        assertThat(failures.get(0).summary()).contains("has not answered for another PT1M");

        threads.settle();
        complete();
        assertThat(store.unreferenced()).isEmpty();
    }

    @Test
    void aStorageThatCannotBeginACheckpointFailsIt() throws Exception {
        store.fail(MemoryStore.Step.BEGIN);
        start();
        threads.advance(INTERVAL).settle();
        assertThat(source().barriers).isEmpty();
        assertThat(failures).hasSize(1);
        assertThat(failures.get(0).summary())
                .isEqualTo(
                        "Checkpoint 1 could not be begun: IOException: No space left on device"
                                + " (BEGIN)");
        store.heal();
        complete();
        assertThat(source().told).as("never heard of 1").containsExactly("completed 2");
    }

    @Test
    void aStorageThatCannotStoreMetadataFailsTheCheckpoint() throws Exception {
        start();
        threads.advance(INTERVAL).settle();
        store.fail(MemoryStore.Step.PUBLISH);
        acknowledgeAll(lastBarrier());
        threads.settle();
        assertThat(source().told).containsExactly("aborted 1");
        assertThat(failures).singleElement().extracting(Problem::code).isEqualTo("JOB-6103");
        assertThat(store.files).isEmpty();
    }

    @Test
    void whatCannotBeRemovedIsTriedAgain() throws Exception {
        start();
        complete();
        store.fail(MemoryStore.Step.DISCARD_CHECKPOINT);
        complete();
        assertThat(publishedIds()).containsExactly(2L, 1L);
        store.heal();
        complete();
        assertThat(publishedIds()).containsExactly(3L);
        assertThat(store.unreferenced()).isEmpty();
    }

    @Test
    void aCheckpointThatCannotBeRemovedKeepsTheFilesItRefersTo() throws Exception {
        settings.kind = SnapshotKind.INCREMENTAL;
        start();
        complete();
        store.fail(MemoryStore.Step.DISCARD_CHECKPOINT);
        threads.advance(INTERVAL).settle();
        for (FakeTask task : tasks) {
            coordinator.acknowledge(task, 2, task.snapshot(lastBarrier(), 1), SnapshotTimings.NONE);
        }
        threads.settle();
        assertThat(publishedIds()).containsExactly(2L, 1L);
        assertThat(store.missing()).isEmpty();
        store.heal();
        complete();
        assertThat(publishedIds()).containsExactly(3L);
        assertThat(store.unreferenced()).isEmpty();
    }

    @Test
    void removalsThatHangAreReportedInsteadOfCheckpointingOnForEver() throws Exception {
        settings.tolerable = 9;
        start();
        complete();
        threads.advance(INTERVAL).settle();
        acknowledgeAll(lastBarrier());
        threads.storage(0); // Stores metadata; now the first call that waits is a removal.
        for (int i = 0; i < 150; i++) {
            threads.advance(INTERVAL).settleBehind(1);
            if (!coordinator.overview().inProgress().isEmpty()) {
                acknowledgeAll(lastBarrier());
                threads.settleBehind(1);
            }
        }
        assertThat(coordinator.overview().completed()).isBetween(100L, 103L);
        assertThat(coordinator.overview().lastFailure().orElseThrow().problem().summary())
                .contains("removed nothing for PT1M");
        threads.settle();
        assertThat(store.metadata()).hasSize(1);
    }

    @Test
    void aLaterCheckpointThatCompletesFirstReplacesTheEarlierOne() throws Exception {
        settings.maxConcurrent = 2;
        start();
        threads.advance(INTERVAL).settle();
        threads.advance(INTERVAL).settle();
        Barrier first = source().barriers.get(0);
        Barrier second = source().barriers.get(1);
        acknowledge(source(), first);
        acknowledgeAll(second);
        threads.settle();
        assertThat(source().told).containsExactly("aborted 1", "completed 2");
        assertThat(coordinator.overview().failuresInARow()).isZero();
        assertThatThrownBy(() -> tasks.get(1).snapshot(second))
                .hasMessage("checkpoint 2 is complete");
        assertThat(publishedIds()).containsExactly(2L);
        assertThat(store.unreferenced()).isEmpty();
    }

    @Test
    void sharedFilesLiveAsLongAsACheckpointRefersToThem() throws Exception {
        settings.kind = SnapshotKind.INCREMENTAL;
        settings.retained = 2;
        start();
        for (int i = 0; i < 6; i++) {
            threads.advance(INTERVAL).settle();
            for (FakeTask task : tasks) {
                coordinator.acknowledge(
                        task,
                        lastBarrier().checkpointId(),
                        task.snapshot(lastBarrier(), i > 1 ? 1 : 0),
                        SnapshotTimings.NONE);
            }
            threads.settle();
            assertThat(store.missing()).isEmpty();
            assertThat(store.unreferenced()).isEmpty();
        }
        assertThat(publishedIds()).containsExactly(6L, 5L);
        CheckpointStatistics last = coordinator.overview().lastCompleted().orElseThrow();
        assertThat(last.newBytes()).isPositive().isLessThan(last.totalBytes());
    }

    @Test
    void aFileThatARunningCheckpointMayReferToIsNotRemovedYet() throws Exception {
        settings.kind = SnapshotKind.INCREMENTAL;
        settings.maxConcurrent = 2;
        start();
        complete();
        threads.advance(INTERVAL).settle();
        threads.advance(INTERVAL).settle();
        Barrier second = source().barriers.get(1);
        Barrier third = source().barriers.get(2);
        // The third builds on the first; the second, which completes earlier, does not need it.
        List<Map<String, OperatorSnapshot>> thirds =
                List.of(source().snapshot(third), tasks.get(1).snapshot(third));
        for (FakeTask task : tasks) {
            coordinator.acknowledge(task, 2, task.snapshot(second, 1), SnapshotTimings.NONE);
        }
        threads.settle();
        assertThat(publishedIds()).containsExactly(2L);
        for (int i = 0; i < 2; i++) {
            coordinator.acknowledge(tasks.get(i), 3, thirds.get(i), SnapshotTimings.NONE);
        }
        threads.settle();
        assertThat(publishedIds()).containsExactly(3L);
        assertThat(store.missing()).isEmpty();
        assertThat(store.unreferenced()).isEmpty();
    }

    @Test
    void aCheckpointThatRefersToARemovedFileIsRefused() throws Exception {
        settings.kind = SnapshotKind.INCREMENTAL;
        start();
        complete();
        FakeTask forgetful = tasks.get(1);
        threads.advance(INTERVAL).settle();
        Map<String, OperatorSnapshot> outdated = forgetful.snapshot(lastBarrier());
        decline(lastBarrier());
        threads.advance(INTERVAL).settle();
        for (FakeTask task : tasks) {
            coordinator.acknowledge(task, 3, task.snapshot(lastBarrier(), 1), SnapshotTimings.NONE);
        }
        threads.settle();
        failures.clear();
        threads.advance(INTERVAL).settle();
        coordinator.acknowledge(
                source(), 4, source().snapshot(lastBarrier()), SnapshotTimings.NONE);
        coordinator.acknowledge(forgetful, 4, outdated, SnapshotTimings.NONE);
        threads.settle();
        assertThat(failures).singleElement().extracting(Problem::code).isEqualTo("JOB-6106");
        assertThat(publishedIds()).containsExactly(3L);
        assertThat(store.missing()).isEmpty();
    }

    @Test
    void afterAStopNothingElseIsTriggered() throws Exception {
        start();
        complete();
        CompletableFuture<CompletedCheckpoint> stop =
                coordinator.savepoint(SAVEPOINT, StopMode.DRAIN).toCompletableFuture();
        CompletableFuture<CompletedCheckpoint> behind =
                coordinator.checkpoint(StopMode.NONE).toCompletableFuture();
        threads.settle();
        assertThat(lastBarrier().stop()).isEqualTo(StopMode.DRAIN);
        threads.advance(INTERVAL.multipliedBy(2)).settle();
        assertThat(source().barriers).hasSize(2);

        acknowledgeAll(lastBarrier());
        threads.settle();
        assertThat(stop.join().id()).isEqualTo(2);
        assertThat(CheckpointRestore.metadata(stop.join().stored()).drained()).isTrue();
        assertThat(source().told).containsExactly("completed 1", "completed 2");
        assertThat(problemOf(behind).summary()).contains("the job stops");
        CompletableFuture<CompletedCheckpoint> late =
                coordinator.checkpoint(StopMode.NONE).toCompletableFuture();
        threads.advance(INTERVAL.multipliedBy(9)).settle();
        assertThat(problemOf(late).code()).isEqualTo("JOB-6109");
        assertThat(source().barriers).hasSize(2);
    }

    @Test
    void aStopThatFailsLetsTheJobGoOn() throws Exception {
        start();
        CompletableFuture<CompletedCheckpoint> stop =
                coordinator.savepoint(SAVEPOINT, StopMode.SUSPEND).toCompletableFuture();
        threads.settle();
        decline(lastBarrier());
        threads.settle();
        assertThat(stop).isCompletedExceptionally();
        complete();
        assertThat(source().told).containsExactly("aborted 1", "completed 2");
    }

    @Test
    void aJobThatStoppedWithASavepointGoesOnFromThereAndNotFromBefore() throws Exception {
        settings.kind = SnapshotKind.INCREMENTAL;
        settings.retained = 2;
        start();
        complete();
        coordinator.savepoint(SAVEPOINT, StopMode.SUSPEND);
        threads.settle();
        acknowledgeAll(lastBarrier());
        threads.settle();
        assertThat(source().told).containsExactly("completed 1", "completed 2");

        // The process dies before the job has ended.
        open();
        RestorePoint latest = restoreLatest().orElseThrow();
        assertThat(latest.metadata().checkpointId()).isEqualTo(2);
        assertThat(latest.metadata().files())
                .allMatch(file -> file.file().getPath().startsWith(SAVEPOINT.getPath()));
        start(Optional.of(latest));
        threads.advance(INTERVAL).settle();
        assertThat(lastBarrier().kind()).isEqualTo(SnapshotKind.FULL);
        acknowledgeAll(lastBarrier());
        threads.settle();
        complete();
        complete();
        assertThat(publishedIds()).containsExactly(5L, 4L);
        assertThat(store.metadata()).contains(SAVEPOINT.resolve("_metadata"));
        assertThat(store.missing()).isEmpty();
        assertThat(store.unreferenced()).isEmpty();
    }

    @Test
    void aStopWhoseSavepointCannotBecomeTheNewestCheckpointFails() throws Exception {
        start();
        complete();
        CompletableFuture<CompletedCheckpoint> stop =
                coordinator.savepoint(SAVEPOINT, StopMode.SUSPEND).toCompletableFuture();
        threads.settle();
        store.fail(MemoryStore.Step.BEGIN);
        acknowledgeAll(lastBarrier());
        threads.settle();
        assertThat(problemOf(stop).code()).isEqualTo("JOB-6103");
        assertThat(source().told).containsExactly("completed 1", "aborted 2");
        assertThat(store.metadata()).hasSize(1);
        assertThat(store.unreferenced()).isEmpty();
    }

    @Test
    void theLastCheckpointOfADrainedJobIsAnOrdinaryOne() throws Exception {
        settings.interval = Duration.ZERO;
        start();
        CompletableFuture<CompletedCheckpoint> last =
                coordinator.checkpoint(StopMode.DRAIN).toCompletableFuture();
        threads.settle();
        acknowledgeAll(lastBarrier());
        threads.settle();
        assertThat(last.join().stored()).isEqualTo(store.published().get(0));
        assertThat(coordinator.retained()).hasSize(1);
        assertThat(source().told).containsExactly("completed 1");
    }

    @Test
    void aRestartGivesUpWhatIsUnderWayAndIdsGoOn() throws Exception {
        start();
        complete();
        threads.advance(INTERVAL).settle();
        List<FakeTask> old = tasks;
        Barrier barrier = lastBarrier();
        acknowledge(source(), barrier);
        CompletableFuture<Void> suspended = coordinator.suspend().toCompletableFuture();
        threads.settle();
        assertThat(suspended).isCompleted();
        assertThat(coordinator.overview().aborted()).containsOnlyKeys(AbortCause.SUSPENDED);

        start(restoreLatest());
        coordinator.acknowledge(old.get(1), 2, Map.of(), SnapshotTimings.NONE);
        threads.settle();
        assertThat(complete()).isEqualTo(3);
        assertThat(old.get(0).told).containsExactly("completed 1");
        assertThat(publishedIds()).containsExactly(3L);
        assertThat(store.unreferenced()).isEmpty();
    }

    @Test
    void aRestartWaitsForACheckpointThatIsBeingStored() throws Exception {
        start();
        threads.advance(INTERVAL).settle();
        acknowledgeAll(lastBarrier());
        CompletableFuture<Void> suspended = coordinator.suspend().toCompletableFuture();
        threads.step();
        assertThat(suspended).isNotCompleted();
        threads.settle();
        assertThat(suspended).isCompleted();
        assertThat(coordinator.retained()).hasSize(1);
        assertThat(source().told).as("the tasks are gone").isEmpty();
        assertThat(restoreLatest().orElseThrow().metadata().checkpointId()).isEqualTo(1);
    }

    @Test
    void aRestartWaitsForAStorageThatHangsNoLongerThanTheTimeout() throws Exception {
        start();
        threads.advance(INTERVAL).settle();
        acknowledgeAll(lastBarrier());
        CompletableFuture<Void> suspended = coordinator.suspend().toCompletableFuture();
        threads.advance(TIMEOUT);
        threads.storage(threads.blocking() - 1); // Tells the caller; the storage itself hangs.
        assertThat(suspended).isCompleted();
        assertThat(coordinator.retained()).isEmpty();
        start(Optional.empty());
        threads.settle();
        assertThat(publishedIds()).as("what was stored too late is taken back").isEmpty();
        complete();
        assertThat(publishedIds()).containsExactly(2L);
    }

    @Test
    void theFirstCheckpointAfterARestoreFromElsewhereIsFullAndRefersToNothingOfIt()
            throws Exception {
        settings.kind = SnapshotKind.INCREMENTAL;
        start();
        coordinator.savepoint(SAVEPOINT, StopMode.NONE);
        threads.settle();
        acknowledgeAll(lastBarrier());
        threads.settle();
        coordinator.suspend();
        RestorePoint savepoint =
                new CheckpointRestore(new CheckpointVerifier(store, Runnable::run, 1))
                        .named(store, SAVEPOINT.toString());
        start(Optional.of(savepoint));
        threads.advance(INTERVAL).settle();
        assertThat(lastBarrier().kind()).isEqualTo(SnapshotKind.FULL);
        acknowledgeAll(lastBarrier());
        threads.settle();
        threads.advance(INTERVAL).settle();
        assertThat(lastBarrier().kind()).isEqualTo(SnapshotKind.INCREMENTAL);

        coordinator.acknowledge(
                source(),
                lastBarrier().checkpointId(),
                Map.of(
                        FakeTask.OPERATOR,
                        savepoint.metadata().operators().get(0).subtasks().get(0)),
                SnapshotTimings.NONE);
        acknowledge(tasks.get(1), lastBarrier());
        threads.settle();
        assertThat(failures).singleElement().extracting(Problem::code).isEqualTo("JOB-6106");
        assertThat(store.missing()).isEmpty();
    }

    @Test
    void aNewProcessTakesOverTheCheckpointsOfTheLast() throws Exception {
        settings.kind = SnapshotKind.INCREMENTAL;
        settings.retained = 3;
        start();
        for (int i = 0; i < 4; i++) {
            complete();
        }
        settings.retained = 1;
        open();
        start(restoreLatest());
        assertThat(complete()).isEqualTo(5);
        assertThat(publishedIds()).containsExactly(5L);
        assertThat(store.unreferenced()).isEmpty();
    }

    /** A process dies in the middle of its third checkpoint. */
    private Set<URI> leftByADeadProcess() throws Exception {
        settings.kind = SnapshotKind.INCREMENTAL;
        settings.retained = 2;
        start();
        complete();
        complete();
        threads.advance(INTERVAL).settle();
        tasks.get(0).snapshot(lastBarrier());
        store.takenOver();
        Set<URI> left = store.unreferenced();
        assertThat(left).isNotEmpty();
        return left;
    }

    @Test
    void sharedFilesOfACheckpointThatADeadProcessNeverPublishedAreSwept() throws Exception {
        leftByADeadProcess();
        open();
        start(restoreLatest());

        assertThat(store.unreferenced()).isEmpty();
        complete();
        assertThat(store.unreferenced()).isEmpty();
        assertThat(store.missing()).isEmpty();
    }

    @Test
    void aSweepThatFailsIsTriedAgain() throws Exception {
        Set<URI> left = leftByADeadProcess();
        store.fail(MemoryStore.Step.SWEEP);
        open();
        start(restoreLatest());
        assertThat(store.unreferenced()).isEqualTo(left);

        store.heal();
        complete();
        assertThat(store.unreferenced()).isEmpty();
    }

    @Test
    void nothingIsSweptWhileMetadataCannotBeRead() throws Exception {
        Set<URI> left = leftByADeadProcess();
        store.damage(MemoryStore.JOB.resolve("chk-1/_metadata"));
        open();
        start(restoreLatest());

        assertThat(store.files.keySet()).containsAll(left);
    }

    @Test
    void filesOfADisownedCheckpointAreNotSwept() throws Exception {
        leftByADeadProcess();
        StoredCheckpoint named = store.published().get(1);
        List<URI> files =
                CheckpointRestore.metadata(named).files().map(StreamHandle.InFile::file).toList();
        open();
        start(
                Optional.of(
                        new CheckpointRestore(new CheckpointVerifier(store, Runnable::run, 1))
                                .named(store, named.pointer())));
        complete();
        complete();
        complete();

        assertThat(store.files.keySet()).containsAll(files);
    }

    @Test
    void damagedCheckpointsAreTheFirstToGo() throws Exception {
        settings.retained = 2;
        start();
        complete();
        complete();
        store.damage(fileOf(2));
        open();
        RestorePoint point =
                new CheckpointRestore(new CheckpointVerifier(store, Runnable::run, 1))
                        .latest(store.published(), true)
                        .orElseThrow();
        start(Optional.of(point));
        assertThat(complete()).isEqualTo(3);
        assertThat(publishedIds()).containsExactly(3L, 1L);
    }

    @Test
    void aNewProcessDoesNotPassOverACheckpointWhoseMetadataCannotBeRead() throws Exception {
        settings.retained = 2;
        start();
        complete();
        complete();
        store.damage(MemoryStore.JOB.resolve("chk-2/_metadata"));
        open();
        assertThat(coordinator.retained()).isEqualTo(store.published()).hasSize(2);
        assertThatThrownBy(this::restoreLatest).hasMessageContaining("chk-2/ is damaged");
    }

    private URI fileOf(long id) {
        return store.files.keySet().stream()
                .filter(file -> file.getPath().contains("chk-" + id + "/f"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void filesOutsideOfTheJobsDirectoryAreNotRemovedBecauseMetadataNameThem() throws Exception {
        settings.kind = SnapshotKind.INCREMENTAL;
        start();
        complete();
        StoredCheckpoint stored = store.published().get(0);
        URI victim = URI.create("memory:///home/victim");
        store.files.put(victim, new byte[] {1});
        CheckpointMetadata metadata = CheckpointRestore.metadata(stored);
        var crafted = new StreamHandle.InFile(victim, 1, 0, SnapshotScope.SHARED);
        var operator =
                new OperatorMetadata(
                        "x",
                        "x",
                        1,
                        1,
                        List.of(
                                new OperatorSnapshot(
                                        List.of(),
                                        Optional.of(new OperatorStateHandle(List.of(), crafted)))));
        List<OperatorMetadata> operators = new ArrayList<>(metadata.operators());
        operators.add(operator);
        store.files.put(
                stored.directory().orElseThrow().resolve("_metadata"),
                CheckpointMetadataFormat.encode(
                        new CheckpointMetadata(
                                1,
                                metadata.kind(),
                                false,
                                metadata.triggeredAt(),
                                metadata.completedAt(),
                                "job",
                                "test job",
                                operators),
                        stored.directory()));
        start();
        complete();
        assertThat(publishedIds()).containsExactly(2L);
        assertThat(store.files).containsKey(victim);
        assertThat(store.unreferenced()).containsExactly(victim);
    }

    @Test
    void closingWhileMetadataAreBeingStoredTakesTheCheckpointBack() throws Exception {
        settings.retention = ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION;
        start();
        complete();
        threads.advance(INTERVAL).settle();
        acknowledgeAll(lastBarrier());
        CompletableFuture<Void> closed = coordinator.close(JobEnd.CANCELLED).toCompletableFuture();
        threads.step();
        assertThat(closed).as("the storage is still at work").isNotCompleted();
        threads.settle();
        assertThat(closed).isCompleted();
        assertThat(publishedIds()).containsExactly(1L);
        assertThat(store.unreferenced()).isEmpty();
        assertThat(coordinator.overview().aborted()).containsOnlyKeys(AbortCause.CLOSED);
    }

    @Test
    void retentionDecidesWhatIsLeftWhenTheJobEnds() throws Exception {
        Map<ExternalizedCheckpointRetention, List<JobEnd>> keeping =
                Map.of(
                        ExternalizedCheckpointRetention.NO_EXTERNALIZED_CHECKPOINTS,
                        List.of(JobEnd.SUSPENDED),
                        ExternalizedCheckpointRetention.DELETE_ON_CANCELLATION,
                        List.of(JobEnd.SUSPENDED, JobEnd.FAILED),
                        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION,
                        List.of(JobEnd.values()));
        for (ExternalizedCheckpointRetention retention : ExternalizedCheckpointRetention.values()) {
            for (JobEnd end : JobEnd.values()) {
                store.files.clear();
                settings = new Settings();
                settings.kind = SnapshotKind.INCREMENTAL;
                settings.retained = 2;
                settings.retention = retention;
                start();
                complete();
                complete();
                complete();
                CompletableFuture<Void> closed = coordinator.close(end).toCompletableFuture();
                threads.settle();
                assertThat(closed).isCompleted();
                boolean kept = keeping.get(retention).contains(end);
                assertThat(publishedIds())
                        .as("%s, %s", retention, end)
                        .isEqualTo(kept ? List.of(3L, 2L) : List.of());
                assertThat(store.unreferenced()).isEmpty();
            }
        }
    }

    @Test
    void savepointsStayWhateverTheRetention() throws Exception {
        start();
        coordinator.savepoint(SAVEPOINT, StopMode.SUSPEND);
        threads.settle();
        acknowledgeAll(lastBarrier());
        threads.settle();
        coordinator.close(JobEnd.FINISHED);
        threads.settle();
        assertThat(store.metadata()).containsExactly(SAVEPOINT.resolve("_metadata"));
        assertThat(store.missing()).isEmpty();
    }

    @Test
    void requestsOfAJobThatDoesNotRunAreRefused() {
        start();
        coordinator.suspend();
        CompletableFuture<CompletedCheckpoint> refused =
                coordinator.savepoint(SAVEPOINT, StopMode.NONE).toCompletableFuture();
        threads.settle();
        assertThat(problemOf(refused).summary()).contains("the job is not running");
    }

    @Test
    void tasksAndOperatorsMustFit() {
        start();
        assertThatThrownBy(
                        () ->
                                coordinator.start(
                                        List.of(FakeTask.layout(3)),
                                        FakeTask.tasks(2),
                                        Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not all subtasks of operator op belong to a task");
    }

    @Test
    void statisticsTellWhatACheckpointCost() throws Exception {
        start();
        threads.advance(INTERVAL).settle();
        Barrier barrier = lastBarrier();
        threads.advance(Duration.ofMillis(30));
        coordinator.acknowledge(
                source(),
                1,
                source().snapshot(barrier),
                new SnapshotTimings(
                        Duration.ofMillis(1), Duration.ofMillis(9), Duration.ofMillis(3)));
        coordinator.acknowledge(
                tasks.get(1),
                1,
                tasks.get(1).snapshot(barrier),
                new SnapshotTimings(
                        Duration.ofMillis(4), Duration.ofMillis(2), Duration.ofMillis(3)));
        threads.advance(Duration.ofMillis(20));
        assertThat(coordinator.overview().inProgress())
                .singleElement()
                .extracting(CheckpointStatistics::status)
                .isEqualTo(Status.IN_PROGRESS);
        threads.settle();

        CheckpointOverview overview = coordinator.overview();
        CheckpointStatistics statistics = overview.lastCompleted().orElseThrow();
        assertThat(statistics.timings())
                .isEqualTo(
                        new SnapshotTimings(
                                Duration.ofMillis(4), Duration.ofMillis(9), Duration.ofMillis(3)));
        assertThat(statistics.publish()).isEqualTo(Duration.ofMillis(20));
        assertThat(statistics.duration()).isEqualTo(Duration.ofMillis(50));
        assertThat(statistics.totalBytes())
                .isEqualTo(
                        store.files.entrySet().stream()
                                .filter(file -> !file.getKey().getPath().endsWith("_metadata"))
                                .mapToLong(file -> file.getValue().length)
                                .sum())
                .isPositive();
        assertThat(overview.triggered()).isEqualTo(1);
        assertThat(overview.completed()).isEqualTo(1);
        assertThat(overview.recent()).containsExactly(statistics);
        assertThat(overview.inProgress()).isEmpty();
    }

    private CompletableFuture<CheckpointCoordinator.Turn> turn() {
        CompletableFuture<CheckpointCoordinator.Turn> turn =
                coordinator.turn().toCompletableFuture();
        threads.settle();
        return turn;
    }

    @Test
    void whoeverSendsAnotherCutHasItsTurnWhenNoCheckpointIsUnderWay() throws Exception {
        start();
        threads.advance(INTERVAL).settle();
        CompletableFuture<CheckpointCoordinator.Turn> turn = turn();
        assertThat(turn).as("while checkpoint 1 is under way").isNotDone();
        acknowledgeAll(lastBarrier());
        threads.settle();

        assertThat(turn.join().cut()).as("after checkpoint 1").isEqualTo(2);
        threads.advance(INTERVAL).settle();
        assertThat(source().barriers).as("meanwhile no checkpoint begins").hasSize(1);
        turn.join().close();
        threads.settle();
        assertThat(lastBarrier().checkpointId()).as("the one that was due").isEqualTo(3);
    }

    @Test
    void turnsComeOneAfterTheOtherAndBeforeWhatIsDue() throws Exception {
        start();
        CheckpointCoordinator.Turn first = turn().join();
        CompletableFuture<CheckpointCoordinator.Turn> second = turn();
        CompletableFuture<CompletedCheckpoint> savepoint =
                coordinator.savepoint(SAVEPOINT, StopMode.NONE).toCompletableFuture();
        threads.settle();
        assertThat(second).isNotDone();

        first.close();
        first.close();
        threads.settle();
        assertThat(second.join().cut()).isGreaterThan(first.cut());
        assertThat(source().barriers).isEmpty();
        second.join().close();
        threads.settle();
        acknowledgeAll(lastBarrier());
        threads.settle();
        assertThat(savepoint).isCompleted();
    }

    @Test
    void aTurnEndsWithTheTasks() throws Exception {
        start();
        CheckpointCoordinator.Turn held = turn().join();
        CompletableFuture<CheckpointCoordinator.Turn> waiting = turn();
        coordinator.suspend();
        threads.settle();
        assertThat(problemOf(waiting).summary()).contains("restarted");
        assertThat(problemOf(turn()).summary()).contains("not running");

        start(Optional.empty());
        held.close();
        complete();
        CheckpointCoordinator.Turn next = turn().join();
        held.close();
        threads.advance(INTERVAL).settle();
        assertThat(source().barriers).as("a turn of earlier tasks ends no later one").hasSize(1);
        next.close();
    }

    @Test
    void whatHangsInTheStorageIsWaitedForUntilItsTimeout() {
        start();
        threads.advance(INTERVAL).settle();
        CompletableFuture<CheckpointCoordinator.Turn> turn = turn();
        threads.advance(TIMEOUT).settle();
        assertThat(turn).isCompleted();
    }

    private Optional<RestorePoint> restoreLatest() throws Exception {
        return new CheckpointRestore(new CheckpointVerifier(store, Runnable::run, 1))
                .latest(coordinator.retained(), false);
    }
}

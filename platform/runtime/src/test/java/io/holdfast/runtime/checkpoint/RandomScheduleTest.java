package io.holdfast.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.config.CheckpointingMode;
import io.holdfast.api.config.ExternalizedCheckpointRetention;
import io.holdfast.api.error.Problem;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.storage.StoredCheckpoint;
import io.holdfast.toolkit.metadata.CheckpointMetadata;
import io.holdfast.toolkit.metadata.OperatorSnapshot;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Random schedules of everything that can happen, in every order the threads could bring about,
 * with a storage that fails now and then and processes that die, against what must hold at every
 * moment.
 */
class RandomScheduleTest {
    private static final int RUNS = Integer.getInteger("test.schedules", 1_000);
    private static final int STEPS = 120;
    private static final long SEED = Long.getLong("test.seed", 20_260_201);

    /** Things worth having seen, so that the schedules do not pass by being dull. */
    private enum Seen {
        COMPLETED,
        COMPLETED_WITH_FILES_OF_EARLIER,
        ABORTED_AFTER_PARTIAL_DELIVERY,
        TIMED_OUT_WHILE_STORING,
        STORAGE_FAILED,
        DELIVERED_TOO_LATE,
        SUBSUMED,
        SAVEPOINT,
        STOPPED,
        RESTARTED,
        PROCESS_DIED,
        CLOSED,
        TOO_MANY_FAILURES
    }

    private final Map<Seen, Integer> seen = new EnumMap<>(Seen.class);

    @Test
    void everyRetainedCheckpointIsWholeAndNothingElseStays() {
        for (int i = 0; i < RUNS; i++) {
            long seed = SEED + i;
            try {
                new Run(seed).all();
            } catch (Exception | AssertionError e) {
                throw new AssertionError("-Dtest.schedules=1 -Dtest.seed=" + seed, e);
            }
        }
        for (Seen each : Seen.values()) {
            assertThat(seen.getOrDefault(each, 0))
                    .as("%s in %s", each, seen)
                    .isGreaterThan(RUNS / 100);
        }
    }

    /** One schedule. */
    private final class Run {
        private final SplittableRandom random;
        private final MemoryStore store = new MemoryStore();
        private final CheckpointSettings settings;
        private final int parallelism;
        private final List<CompletableFuture<CompletedCheckpoint>> asked = new ArrayList<>();
        private final Set<Long> delivered = new HashSet<>();
        private ManualThreads threads = new ManualThreads();
        private CheckpointCoordinator coordinator;
        private List<FakeTask> tasks = List.of();

        /** Barriers each task has still to answer. */
        private final Map<FakeTask, List<Barrier>> unanswered = new HashMap<>();

        /** Answers that are under way. */
        private final List<Runnable> answers = new ArrayList<>();

        private final Map<FakeTask, Integer> barriersSeen = new HashMap<>();
        private long lastCommitted;
        private int savepoints;
        private int takenOver;
        private boolean restart;

        Run(long seed) {
            random = new SplittableRandom(seed);
            parallelism = 1 + random.nextInt(3);
            settings =
                    new CheckpointSettings(
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(5),
                            Duration.ofMillis(random.nextInt(4) == 0 ? 700 : 0),
                            1 + random.nextInt(4),
                            random.nextInt(4),
                            1 + random.nextInt(3),
                            random.nextInt(4) == 0 ? SnapshotKind.FULL : SnapshotKind.INCREMENTAL,
                            CheckpointingMode.EXACTLY_ONCE,
                            ExternalizedCheckpointRetention.values()[random.nextInt(3)]);
        }

        void all() throws Exception {
            process();
            for (int i = 0; i < STEPS; i++) {
                step();
                check();
            }
            calmDown();
        }

        private void saw(Seen what) {
            seen.merge(what, 1, Integer::sum);
        }

        /** A process begins, with whatever the last one left. */
        private void process() throws Exception {
            threads = new ManualThreads();
            coordinator =
                    new CheckpointCoordinator(
                            "job",
                            "test job",
                            settings,
                            store,
                            store.published(),
                            threads,
                            this::tooManyFailures);
            takenOver = coordinator.retained().size();
            startJob(store.published());
        }

        private void tooManyFailures(Problem problem) {
            saw(Seen.TOO_MANY_FAILURES);
            restart = true;
        }

        private void startJob(List<StoredCheckpoint> candidates) throws Exception {
            Optional<RestorePoint> from =
                    new CheckpointRestore(new CheckpointVerifier(store, Runnable::run, 1))
                            .latest(candidates, false);
            long id = from.map(point -> point.metadata().checkpointId()).orElse(0L);
            assertThat(id)
                    .as("restored, of what was committed")
                    .isGreaterThanOrEqualTo(lastCommitted);
            tasks = FakeTask.tasks(parallelism);
            from.ifPresent(this::resume);
            unanswered.clear();
            barriersSeen.clear();
            tasks.forEach(task -> unanswered.put(task, new ArrayList<>()));
            restart = false;
            coordinator.start(List.of(FakeTask.layout(parallelism)), tasks, from);
            threads.step();
        }

        private void resume(RestorePoint point) {
            for (int i = 0; i < parallelism; i++) {
                tasks.get(i).restore(point.metadata().operators().get(0).subtasks().get(i));
            }
        }

        private void step() throws Exception {
            if (restart) {
                restartJob();
                return;
            }
            switch (random.nextInt(20)) {
                case 0, 1, 2 -> advance(Duration.ofMillis(200 + random.nextInt(900)));
                case 3, 4, 5, 6 -> storageAnswers();
                case 7, 8, 9, 10 -> taskTakesSnapshot();
                case 11, 12, 13, 14 -> answerArrives();
                case 15 -> taskDeclines();
                case 16 -> rare();
                case 17 -> storageFailsOrHeals();
                default -> threads.step();
            }
            forwardBarriers();
        }

        private void rare() throws Exception {
            switch (random.nextInt(8)) {
                case 0 -> askFor(coordinator.checkpoint(StopMode.NONE).toCompletableFuture());
                case 1 -> {
                    saw(Seen.SAVEPOINT);
                    StopMode stop = random.nextInt(4) == 0 ? StopMode.SUSPEND : StopMode.NONE;
                    URI directory = URI.create("memory:///savepoints/sp-" + savepoints++ + "/");
                    askFor(coordinator.savepoint(directory, stop).toCompletableFuture());
                }
                case 2 -> advance(Duration.ofSeconds(6));
                case 3 -> restart = random.nextBoolean();
                case 4 -> {
                    if (random.nextInt(3) == 0) {
                        processDies();
                    }
                }
                default -> advance(Duration.ofSeconds(1));
            }
        }

        private void askFor(CompletableFuture<CompletedCheckpoint> result) {
            asked.add(result);
            threads.step();
        }

        private void advance(Duration time) {
            boolean storing =
                    coordinator.overview().inProgress().stream()
                            .anyMatch(each -> each.acknowledged() == each.tasks());
            long before = count(AbortCause.TIMED_OUT);
            threads.advance(time);
            if (storing && count(AbortCause.TIMED_OUT) > before) {
                saw(Seen.TIMED_OUT_WHILE_STORING);
            }
        }

        private long count(AbortCause cause) {
            return coordinator.overview().aborted().getOrDefault(cause, 0L);
        }

        private void storageAnswers() {
            threads.step();
            if (threads.blocking() > 0) {
                threads.storage(random.nextInt(threads.blocking()));
            }
        }

        /** Barriers of the source travel to the other tasks. */
        private void forwardBarriers() {
            List<Barrier> sent = tasks.get(0).barriers;
            for (FakeTask task : tasks) {
                int from = barriersSeen.getOrDefault(task, 0);
                unanswered.get(task).addAll(sent.subList(from, sent.size()));
                barriersSeen.put(task, sent.size());
            }
        }

        private Optional<FakeTask> busyTask() {
            List<FakeTask> busy =
                    tasks.stream().filter(task -> !unanswered.get(task).isEmpty()).toList();
            return busy.isEmpty()
                    ? Optional.empty()
                    : Optional.of(busy.get(random.nextInt(busy.size())));
        }

        /** Tasks handle barriers in order; what they deliver arrives in any order. */
        private void taskTakesSnapshot() {
            Optional<FakeTask> busy = busyTask();
            if (busy.isEmpty()) {
                return;
            }
            FakeTask task = busy.get();
            Barrier barrier = unanswered.get(task).remove(0);
            try {
                Map<String, OperatorSnapshot> snapshot = task.snapshot(barrier, random.nextInt(3));
                CheckpointCoordinator asking = coordinator;
                answers.add(
                        () -> {
                            delivered.add(barrier.checkpointId());
                            asking.acknowledge(
                                    task, barrier.checkpointId(), snapshot, SnapshotTimings.NONE);
                        });
            } catch (IOException e) {
                coordinator.decline(task, barrier.checkpointId(), e);
            }
        }

        private void answerArrives() {
            if (!answers.isEmpty()) {
                answers.remove(random.nextInt(answers.size())).run();
                if (random.nextBoolean()) {
                    threads.step();
                }
            }
        }

        private void taskDeclines() {
            busyTask()
                    .filter(task -> random.nextInt(3) == 0)
                    .ifPresent(
                            task -> {
                                Barrier barrier = unanswered.get(task).remove(0);
                                coordinator.decline(
                                        task, barrier.checkpointId(), new IOException("no room"));
                            });
        }

        private void storageFailsOrHeals() {
            if (random.nextBoolean()) {
                store.heal();
            } else {
                MemoryStore.Step[] steps = MemoryStore.Step.values();
                store.fail(steps[random.nextInt(steps.length)]);
                saw(Seen.STORAGE_FAILED);
            }
        }

        private void restartJob() throws Exception {
            saw(Seen.RESTARTED);
            CompletableFuture<Void> suspended = coordinator.suspend().toCompletableFuture();
            threads.step();
            while (!suspended.isDone()) {
                if (threads.blocking() > 0 && random.nextInt(4) > 0) {
                    storageAnswers();
                } else {
                    threads.advance(Duration.ofSeconds(1));
                }
            }
            notice();
            startJob(coordinator.retained());
        }

        /** Kill -9: nothing that was under way ever happens. */
        private void processDies() throws Exception {
            saw(Seen.PROCESS_DIED);
            notice();
            asked.clear();
            answers.clear();
            // What the storage does about leftovers when it is opened is not the subject here.
            store.takenOver();
            process();
        }

        /** What holds at every moment. */
        private void check() {
            notice();
            Set<StoredCheckpoint> published = Set.copyOf(store.published());
            assertThat(published).as("retained are published").containsAll(coordinator.retained());
            assertThat(store.missing()).as("files missing from published checkpoints").isEmpty();
            assertThat(coordinator.retained().size())
                    .isLessThanOrEqualTo(Math.max(settings.retained(), takenOver));
            CheckpointOverview overview = coordinator.overview();
            assertThat(overview.triggered())
                    .isEqualTo(
                            overview.completed()
                                    + overview.inProgress().size()
                                    + overview.aborted().values().stream()
                                            .mapToLong(Long::longValue)
                                            .sum());
            assertThat(overview.inProgress().size()).isLessThanOrEqualTo(settings.maxConcurrent());
        }

        /** Tasks were told in order, and only of what can be restored. */
        private void notice() {
            for (FakeTask task : tasks) {
                long last = 0;
                for (String told : task.told) {
                    if (told.startsWith("completed ")) {
                        long id = Long.parseLong(told.substring("completed ".length()));
                        assertThat(id).as("ids of completed checkpoints grow").isGreaterThan(last);
                        last = id;
                    }
                }
                lastCommitted = Math.max(lastCommitted, last);
            }
        }

        /** Faults end: a checkpoint must complete, and when the job is over nothing may be left. */
        private void calmDown() throws Exception {
            store.heal();
            while (!answers.isEmpty()) {
                answerArrives();
            }
            threads.settle();
            count();
            restartJob();
            threads.settle();
            long before = coordinator.overview().completed();
            for (int i = 0; i < 4; i++) {
                threads.advance(Duration.ofSeconds(2)).settle();
                forwardBarriers();
                while (busyTask().isPresent()) {
                    taskTakesSnapshot();
                }
                answers.forEach(Runnable::run);
                answers.clear();
                threads.settle();
                check();
            }
            assertThat(coordinator.overview().completed()).isGreaterThan(before);
            assertThat(store.unreferenced()).as("files that nothing refers to").isEmpty();
            assertThat(coordinator.retained()).isEqualTo(store.published());
            for (StoredCheckpoint stored : store.published()) {
                if (sharesWithOthers(stored)) {
                    saw(Seen.COMPLETED_WITH_FILES_OF_EARLIER);
                }
            }

            saw(Seen.CLOSED);
            JobEnd end = JobEnd.values()[random.nextInt(JobEnd.values().length)];
            CompletableFuture<Void> closed = coordinator.close(end).toCompletableFuture();
            threads.settle();
            assertThat(closed).isCompleted();
            assertThat(store.unreferenced()).isEmpty();
            assertThat(store.missing()).isEmpty();
            assertThat(store.published().isEmpty()).isEqualTo(!end.keeps(settings.retention()));
            assertThat(asked).allMatch(CompletableFuture::isDone);
        }

        private boolean sharesWithOthers(StoredCheckpoint stored) {
            CheckpointMetadata metadata = CheckpointRestore.metadata(stored);
            TreeSet<Long> made = new TreeSet<>();
            metadata.files()
                    .filter(file -> file.file().getPath().contains("/shared/"))
                    .forEach(file -> made.add(fileNumber(file.file())));
            return made.size() > parallelism;
        }

        private static long fileNumber(URI file) {
            return Long.parseLong(file.getPath().substring(file.getPath().lastIndexOf("/f") + 2));
        }

        private void count() {
            CheckpointOverview overview = coordinator.overview();
            for (CheckpointStatistics each : overview.recent()) {
                switch (each.status()) {
                    case COMPLETED -> {
                        saw(Seen.COMPLETED);
                        if (each.stop() != StopMode.NONE) {
                            saw(Seen.STOPPED);
                        }
                    }
                    case ABORTED -> {
                        if (each.acknowledged() > 0 && each.acknowledged() < each.tasks()) {
                            saw(Seen.ABORTED_AFTER_PARTIAL_DELIVERY);
                        }
                        if (delivered.contains(each.id()) && each.acknowledged() == 0) {
                            saw(Seen.DELIVERED_TOO_LATE);
                        }
                        if (each.failure().orElseThrow().cause() == AbortCause.SUBSUMED) {
                            saw(Seen.SUBSUMED);
                        }
                    }
                    case IN_PROGRESS -> throw new AssertionError("ended and in progress: " + each);
                }
            }
        }
    }
}

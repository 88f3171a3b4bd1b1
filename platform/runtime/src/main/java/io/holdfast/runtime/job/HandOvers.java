package io.holdfast.runtime.job;

import io.holdfast.runtime.checkpoint.CheckpointCoordinator.Turn;
import io.holdfast.runtime.checkpoint.RestorePoint;
import io.holdfast.runtime.handover.HandOver;
import io.holdfast.runtime.job.Successors.Successor;
import io.holdfast.runtime.metrics.HandOverReport;
import io.holdfast.runtime.task.Task;
import io.holdfast.spi.state.MemoryBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads a running job from one state backend to another. Used by the owner's thread. */
final class HandOvers {
    /*
     * In this order: a successor is made; the coordinator gives the turn, so that no checkpoint is
     * under way; subtasks that may give files prepare them while they work; the cut goes through the job and every subtask prepares (HandOver); all are told
     * what was decided. Before the decision, whatever happens leaves the job with what it has. After
     * it, whatever happens leaves it with the successor: the tasks of a later attempt are made with
     * it too. A module is given back when nothing that it opened is open any more.
     *
     * A checkpoint may be in a form that only its backend reads. So it is noted which backend had
     * written those that were there when the job left it: an attempt that must start from one of
     * them, since none was completed after the hand-over, starts with that backend again.
     */
    private static final Logger LOG = LoggerFactory.getLogger(HandOvers.class);
    private static final int PREPARATIONS = 100;
    private static final Duration BETWEEN_PREPARATIONS = Duration.ofMillis(20);

    private final JobConfiguration job;
    private final JobThreads threads;
    private final JobCheckpoints checkpoints;
    private final TaskResources resources;
    private final JobProblems problems;

    /** What is given back when the last task has ended, if not before. */
    private final List<Runnable> whenAllEnded = new ArrayList<>();

    /** Names of the backends that wrote checkpoints before the job left them, by pointer. */
    private final Map<String, String> writers = new ConcurrentHashMap<>();

    /** Name of the backend that the job began with. */
    private final String first;

    private Running running;

    HandOvers(
            JobConfiguration job,
            JobThreads threads,
            JobCheckpoints checkpoints,
            TaskResources resources,
            JobProblems problems) {
        this.job = job;
        this.threads = threads;
        this.checkpoints = checkpoints;
        this.resources = resources;
        this.problems = problems;
        this.first = resources.stateBackend().name();
    }

    /** One that was begun. */
    private final class Running {
        final List<Task> tasks;
        final Runnable ended;
        final CompletableFuture<HandOverReport> result;
        final String from = job.successors().current();
        Successor successor;
        Turn turn;
        HandOver handOver;
        boolean taken;
        Runnable forgetPatience = () -> {};

        Running(List<Task> tasks, Runnable ended, CompletableFuture<HandOverReport> result) {
            this.tasks = tasks;
            this.ended = ended;
            this.result = result;
        }

        void make(Function<Successors, Successor> choice) {
            step(
                    CompletableFuture.supplyAsync(
                            () -> choice.apply(job.successors()), threads.blocking()),
                    made -> {
                        successor = made;
                        step(checkpoints.turn(), this::haveTurn, Turn::close);
                    },
                    Successor::close);
        }

        /** Goes on with what comes, unless this hand-over has ended meanwhile. */
        private <T> void step(CompletionStage<T> stage, Consumer<T> next, Consumer<T> tooLate) {
            threads.whenDone(
                    stage,
                    (value, cause) -> {
                        if (running == this && cause == null) {
                            next.accept(value);
                        } else if (running == this) {
                            keep(cause);
                        } else if (cause == null) {
                            tooLate.accept(value);
                        }
                    });
        }

        private void haveTurn(Turn given) {
            turn = given;
            if (sameName()) {
                prepare(PREPARATIONS);
            } else {
                send();
            }
        }

        private boolean sameName() {
            return successor.backend().name().equals(resources.stateBackend().name());
        }

        /** Until all subtasks are ready or that was asked for often enough. */
        private void prepare(int more) {
            List<CompletableFuture<Boolean>> asked =
                    tasks.stream()
                            .filter(Task::hasKeyedState)
                            .map(
                                    task ->
                                            task.prepareHandOver()
                                                    // Who cannot prepare can still try.
                                                    .exceptionally(cause -> true)
                                                    .completeOnTimeout(true, 1, TimeUnit.SECONDS))
                            .toList();
            step(
                    CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)),
                    nothing -> {
                        if (more == 0 || asked.stream().allMatch(CompletableFuture::join)) {
                            send();
                        } else {
                            threads.later(
                                    BETWEEN_PREPARATIONS,
                                    () -> {
                                        if (running == this) {
                                            prepare(more - 1);
                                        }
                                    });
                        }
                    },
                    nothing -> {});
        }

        private void send() {
            IntFunction<MemoryBudget> memory = resources.slots();
            handOver =
                    new HandOver(
                            turn.cut(),
                            successor.backend(),
                            sameName(),
                            memory,
                            (int) tasks.stream().filter(Task::hasKeyedState).count());
            tasks.stream().filter(Task::isSource).forEach(task -> task.handOver(handOver));
            Duration patience = job.settings().get(JobOptions.HAND_OVER_TIMEOUT);
            forgetPatience =
                    threads.later(
                            patience,
                            () -> {
                                if (running == this && !taken) {
                                    keep(problems.handOverTakesLong(patience));
                                }
                            });
            step(handOver.prepared(), nothing -> take(memory), nothing -> {});
        }

        private void take(IntFunction<MemoryBudget> memory) {
            taken = true;
            if (!sameName()) {
                String writer = resources.stateBackend().name();
                checkpoints.pointers().forEach(pointer -> writers.putIfAbsent(pointer, writer));
            }
            handOver.decide(true);
            resources.exchange(successor.backend(), memory);
            successor.take();
            turn.close();
            whenLosersAreClosed(successor::predecessorGone);
            step(
                    handOver.resumed(),
                    subtasks -> {
                        HandOverReport report =
                                new HandOverReport(from, successor.description(), subtasks);
                        LOG.info("Job '{}' was handed over: {}", job.jobName(), report);
                        end();
                        threads.blocking().execute(() -> result.complete(report));
                    },
                    nothing -> {});
        }

        /** The job keeps what it has. */
        void keep(Throwable cause) {
            Throwable why =
                    problems.notHandedOver(
                            from, successor == null ? "" : successor.description(), cause);
            LOG.warn("Job '{}': {}", job.jobName(), why.getMessage());
            if (handOver != null) {
                handOver.decide(false);
                tasks.forEach(task -> task.givenUp(handOver));
                whenLosersAreClosed(successor::close);
            } else if (successor != null) {
                successor.close();
            }
            if (turn != null) {
                turn.close();
            }
            end();
            threads.blocking().execute(() -> result.completeExceptionally(why));
        }

        private void whenLosersAreClosed(Runnable release) {
            Runnable once =
                    new Runnable() {
                        @Override
                        public void run() {
                            if (whenAllEnded.remove(this)) {
                                threads.blocking().execute(release);
                            }
                        }
                    };
            whenAllEnded.add(once);
            threads.whenDone(handOver.left(), (nothing, cause) -> once.run());
        }

        private void end() {
            running = null;
            forgetPatience.run();
            ended.run();
        }
    }

    /** Tells whether one is under way. */
    boolean underWay() {
        return running != null;
    }

    /**
     * Begins one.
     *
     * @param choice makes the successor; called on another thread
     * @param tasks all tasks of the job, which run
     * @param ended called when it is over
     * @param result told how it went
     */
    void begin(
            Function<Successors, Successor> choice,
            List<Task> tasks,
            Runnable ended,
            CompletableFuture<HandOverReport> result) {
        running = new Running(tasks, ended, result);
        running.make(choice);
    }

    /**
     * The backend that the job must go back to, to start from what was written before a hand-over.
     * Blocks; no task runs.
     *
     * @param from what it starts from
     * @return the backend; empty if the one of now can start from it. The caller goes {@linkplain
     *     #goBack back}
     */
    Optional<Successor> wayBack(RestorePoint from) {
        // What is not the job's own was there when it began.
        String writer = from.isOwn() ? writers.get(from.stored().pointer()) : first;
        return Optional.ofNullable(writer)
                .filter(name -> !name.equals(resources.stateBackend().name()))
                .map(job.successors()::named);
    }

    /** Tasks that are made from now on work with a former backend again. No task runs. */
    void goBack(Successor former, RestorePoint from) {
        LOG.warn(
                "Job '{}' goes back from {} to {}: no checkpoint was completed since it was handed"
                        + " over, and {} was written before",
                job.jobName(),
                job.successors().current(),
                former.description(),
                from.stored().pointer());
        resources.exchange(former.backend(), resources.slots());
        former.take();
        former.predecessorGone();
    }

    /** The tasks are being stopped. */
    void abandon(Throwable cause) {
        Running open = running;
        if (open == null) {
            return;
        }
        if (!open.taken) {
            open.keep(cause);
            return;
        }
        running = null;
        open.forgetPatience.run();
        Throwable why = problems.failedAfterHandOver(open.successor.description(), cause);
        threads.blocking().execute(() -> open.result.completeExceptionally(why));
    }

    /** All tasks have ended, and what they had opened is closed. */
    void allEnded() {
        List.copyOf(whenAllEnded).forEach(Runnable::run);
    }
}

package io.holdfast.cli;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.cli.ModuleScope.Seen;
import io.holdfast.cli.output.Amounts;
import io.holdfast.cli.output.Console;
import io.holdfast.control.client.HostClient;
import io.holdfast.control.view.HandOverView;
import io.holdfast.control.view.JobView;
import io.holdfast.control.view.ModuleView;
import io.holdfast.host.archive.ModuleArchive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Moves running jobs to a new version of their state backend, all of them or none. */
final class HandOvers {
    /** What can be handed over. */
    static final String KIND = "state backend";

    private static final String NOTHING_NEWER = "JOB-6061";

    /** A job that was moved. */
    private record Moved(HostClient host, JobView job, HandOverView handOver) {}

    private final ModuleArchive archive;
    private final List<Moved> moved = new ArrayList<>();

    HandOvers(ModuleArchive archive) {
        this.archive = archive;
    }

    /** Who still has another version of the module than the new one. */
    static List<String> users(List<Seen> seen, ModuleArchive archive) {
        return seen.stream().flatMap(each -> users(each, archive).stream()).toList();
    }

    private static List<String> users(Seen seen, ModuleArchive archive) {
        return seen.modules().stream()
                .filter(each -> each.name().equals(archive.name()))
                .filter(each -> each.state() == ModuleView.State.DRAINING)
                .flatMap(each -> each.users().stream())
                .distinct()
                .toList();
    }

    /**
     * Moves the jobs of one process.
     *
     * @return why one of them could not be moved; those before it were
     */
    Optional<HoldfastException> all(Seen seen) {
        if (seen.process().isEmpty()) {
            return Optional.empty();
        }
        HostClient host = seen.process().get();
        List<String> users = users(seen, archive);
        for (JobView job : host.now().jobs()) {
            if (users.contains("job " + job.name())) {
                try {
                    moved.add(new Moved(host, job, host.handOver(job.id())));
                } catch (HoldfastException e) {
                    // It uses something else of the module, and has its state elsewhere.
                    if (!e.problem().code().equals(NOTHING_NEWER)) {
                        return Optional.of(named(job, e));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static HoldfastException named(JobView job, HoldfastException failure) {
        Problem problem = failure.problem();
        List<Problem.Detail> details = new ArrayList<>(problem.details());
        details.add(new Problem.Detail("job", job.name() + " (" + job.id() + ")"));
        details.add(new Problem.Detail("keeps", job.backend()));
        return new HoldfastException(
                new Problem(
                        problem.code(),
                        problem.category(),
                        problem.summary(),
                        details,
                        problem.advice()),
                failure);
    }

    /**
     * Moves those that were moved back to the version that is handed out now.
     *
     * @return why some could not be
     */
    List<Problem> back() {
        List<Problem> stuck = new ArrayList<>();
        for (Moved each : moved) {
            try {
                each.host().handOver(each.job().id());
            } catch (HoldfastException e) {
                stuck.add(named(each.job(), e).problem());
            }
        }
        return stuck;
    }

    /** A line for each job that was moved. */
    void tell(Console console) {
        moved.forEach(
                each ->
                        Change.line(
                                console,
                                "handed over",
                                each.job().name() + ", " + pause(each.handOver())));
    }

    /** How long a job stood still. */
    static String pause(HandOverView handOver) {
        long bytes = handOver.subtasks().stream().mapToLong(HandOverView.Subtask::bytes).sum();
        int subtasks = handOver.subtasks().size();
        return "pause %s (%s%s)"
                .formatted(
                        millis(handOver),
                        subtasks == 1 ? "1 subtask" : subtasks + " subtasks",
                        bytes == 0 ? "" : ", " + Amounts.bytes(bytes));
    }

    private static String millis(HandOverView handOver) {
        return "%.1f ms".formatted(handOver.pause().toNanos() / 1e6);
    }

    /** For machines. */
    List<Map<String, Object>> json() {
        return moved.stream().map(each -> json(each.job(), each.handOver())).toList();
    }

    /** For machines. */
    static Map<String, Object> json(JobView job, HandOverView handOver) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("job", job.name());
        fields.put("jobId", job.id());
        fields.put("from", handOver.from());
        fields.put("to", handOver.to());
        fields.put("pauseMillis", handOver.pause().toNanos() / 1e6);
        fields.put(
                "subtasks",
                handOver.subtasks().stream()
                        .map(
                                each ->
                                        Map.of(
                                                "operator", each.name(),
                                                "subtask", each.subtask(),
                                                "pauseMillis", each.pause().toNanos() / 1e6,
                                                "bytes", each.bytes()))
                        .toList());
        return fields;
    }
}

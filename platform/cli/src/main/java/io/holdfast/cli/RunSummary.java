package io.holdfast.cli;

import io.holdfast.api.error.Problem;
import io.holdfast.cli.output.Amounts;
import io.holdfast.cli.output.Json;
import io.holdfast.examples.ResultDigest;
import io.holdfast.runtime.metrics.CheckpointMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a run.
 *
 * @param example its name
 * @param jobId names the job's checkpoints
 * @param backend the state backend's name
 * @param storage the checkpoint storage's name
 * @param checkpointDirectory where checkpoints went
 * @param parallelism number of subtasks
 * @param restoredFrom the checkpoint it went on from
 * @param status how far it came
 * @param completedCheckpoints how many
 * @param lastFailure the last checkpoint that failed
 * @param late how many records each operator dropped because they came too late, by name; without
 *     operators that dropped none
 * @param restarts how often the job was started anew after a failure
 * @param outputs where the lines are
 * @param digest of the result
 */
record RunSummary(
        String example,
        String jobId,
        String backend,
        String storage,
        Optional<String> checkpointDirectory,
        int parallelism,
        Optional<String> restoredFrom,
        LiveLine.Status status,
        long completedCheckpoints,
        Optional<CheckpointMetrics.Failed> lastFailure,
        Map<String, Long> late,
        long restarts,
        List<Output> outputs,
        ResultDigest digest) {

    /**
     * The lines of a stream.
     *
     * @param name its name
     * @param lines how many
     * @param directory where they are, if they were to be kept
     */
    record Output(String name, long lines, Optional<Path> directory) {}

    /** For people; the last line is the digest. */
    String text() {
        StringBuilder text = new StringBuilder();
        Duration elapsed = status.elapsed();
        line(
                text,
                "done",
                "%s events in %s, %s/s"
                        .formatted(
                                Amounts.count(status.events()),
                                Amounts.time(elapsed),
                                Amounts.count(Amounts.rate(status.events(), elapsed))));
        line(
                text,
                "checkpoints",
                completedCheckpoints
                        + " completed, "
                        + status.failedCheckpoints()
                        + " failed"
                        + status.checkpoint().map(last -> "; the last was " + last).orElse(""));
        lastFailure.ifPresent(
                failure ->
                        line(
                                text,
                                "last failure",
                                failure.problem().code() + " " + failure.problem().summary()));
        late.forEach(
                (operator, records) ->
                        line(
                                text,
                                "late",
                                "%s records dropped by %s"
                                        .formatted(Amounts.count(records), operator)));
        if (restarts > 0) {
            line(text, "restarts", Long.toString(restarts));
        }
        for (Output output : outputs) {
            line(
                    text,
                    output.name(),
                    Amounts.count(output.lines())
                            + " lines"
                            + output.directory().map(where -> " in " + where).orElse(""));
        }
        return text.append(digest).append('\n').toString();
    }

    private static void line(StringBuilder text, String label, String content) {
        text.append(label).append(" ".repeat(Math.max(1, 13 - label.length()))).append(content);
        text.append('\n');
    }

    /** For machines: one document on one line. */
    String json() {
        Map<String, Object> checkpoints = new LinkedHashMap<>();
        checkpoints.put("completed", completedCheckpoints);
        checkpoints.put("failed", status.failedCheckpoints());
        checkpointDirectory.ifPresent(directory -> checkpoints.put("directory", directory));
        status.checkpoint()
                .ifPresent(
                        last ->
                                checkpoints.put(
                                        "last",
                                        Map.of(
                                                "id", last.id(),
                                                "bytes", last.bytes(),
                                                "millis", last.duration().toMillis())));
        lastFailure.ifPresent(
                failure ->
                        checkpoints.put(
                                "lastFailure",
                                Map.of(
                                        "id", failure.checkpointId(),
                                        "problem", Json.of(failure.problem()))));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("status", "done");
        fields.put("example", example);
        fields.put("jobId", jobId);
        fields.put("backend", backend);
        fields.put("storage", storage);
        fields.put("parallelism", parallelism);
        restoredFrom.ifPresent(pointer -> fields.put("restoredFrom", pointer));
        fields.put("events", status.events());
        fields.put("millis", status.elapsed().toMillis());
        fields.put("eventsPerSecond", Amounts.rate(status.events(), status.elapsed()));
        fields.put("checkpoints", checkpoints);
        fields.put("late", late);
        fields.put("restarts", restarts);
        fields.put("outputs", outputs.stream().map(RunSummary::fields).toList());
        fields.put("records", digest.records());
        fields.put("digest", "sha256:" + digest.sha256());
        return Json.render(fields);
    }

    private static Map<String, Object> fields(Output output) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", output.name());
        fields.put("lines", output.lines());
        output.directory().ifPresent(where -> fields.put("directory", where.toString()));
        return fields;
    }

    /** A run that did not come to its end, for machines. */
    static String json(String example, int exitCode, Problem problem) {
        return Json.render(
                Map.of(
                        "status",
                        "failed",
                        "example",
                        example,
                        "exitCode",
                        exitCode,
                        "problem",
                        Json.of(problem)));
    }
}

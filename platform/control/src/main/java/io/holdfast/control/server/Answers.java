package io.holdfast.control.server;

import io.holdfast.api.error.DidYouMean;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.control.wire.Document;
import io.holdfast.control.wire.Limits;
import io.holdfast.control.wire.Line;
import io.holdfast.host.folder.ModuleFolder;
import io.holdfast.runtime.JobClient;
import io.holdfast.runtime.LocalPlatform;
import io.holdfast.runtime.metrics.HandOverReport;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a platform says and does when it is asked. */
final class Answers {
    private static final Set<String> QUESTIONS =
            Set.of("host", "modules", "refresh", "switch", "handover");

    private final LocalPlatform platform;

    Answers(LocalPlatform platform) {
        this.platform = platform;
    }

    /**
     * The answer.
     *
     * @throws IOException if the question lacks something
     * @throws io.holdfast.api.error.HoldfastException if it is refused or fails
     */
    List<Line> to(Line question) throws IOException {
        return switch (question.tag()) {
            case "host" -> Document.of(Views.host(platform));
            case "modules" -> modules();
            case "refresh" -> {
                platform.folder().ifPresent(ModuleFolder::settle);
                yield modules();
            }
            case "switch" -> {
                String backend = question.field(1);
                yield handedOver(job(question.field(0)).switchBackend(backend));
            }
            case "handover" -> handedOver(job(question.field(0)).handOver());
            default ->
                    throw Problem.environment(
                                    "CONTROL-8004",
                                    "This process does not know the question '%s'."
                                            .formatted(question.tag()))
                            .with("possible", DidYouMean.list(QUESTIONS))
                            .advise("use the command of the version that it was started with")
                            .exception();
        };
    }

    private JobClient job(String id) {
        return platform.jobs().stream()
                .filter(job -> job.jobId().equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                Problem.user("CONTROL-8005", "There is no job '" + id + "' here.")
                                        .with(
                                                "running",
                                                DidYouMean.list(
                                                        platform.jobs().stream()
                                                                .map(JobClient::jobId)
                                                                .toList()))
                                        .advise("it may have ended; './holdfast job list' tells")
                                        .exception());
    }

    private static List<Line> handedOver(CompletableFuture<HandOverReport> report) {
        try {
            return Document.of(
                    Views.handOver(
                            report.get(Limits.LONGEST_WORK.toMillis(), TimeUnit.MILLISECONDS)));
        } catch (ExecutionException | TimeoutException e) {
            throw e.getCause() instanceof HoldfastException explained
                    ? explained
                    : Problem.bug("CONTROL-8009", "The hand-over came to no end: " + e)
                            .exception(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.environment("CONTROL-8009", "The process is ending.").exception(e);
        }
    }

    private List<Line> modules() {
        return Views.modules(platform).stream()
                .flatMap(module -> Document.of(module).stream())
                .toList();
    }
}

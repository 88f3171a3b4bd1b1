package io.holdfast.cli;

import io.holdfast.api.error.DidYouMean;
import io.holdfast.api.error.Problem;
import io.holdfast.cli.output.Console;
import io.holdfast.cli.output.ExitCode;
import io.holdfast.cli.output.Json;
import io.holdfast.control.client.HostClient;
import io.holdfast.control.view.HandOverView;
import io.holdfast.control.view.JobView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast job switch}. */
@Command(
        name = "switch",
        description = {
            "Moves a running job to another state backend, without stopping it.",
            "At a cut of the stream every subtask hands its state over, in all subtasks or in none:"
                    + " no record is lost or counted twice. If it fails, the job keeps what it"
                    + " has."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./holdfast job switch nexmark-q5 --backend rocksdb",
            "  ./holdfast job switch 3f2a --backend hashmap --json | jq .pauseMillis"
        })
final class JobSwitchCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "JOB",
            description = "Its id, a beginning of it that no other has, or its name.")
    private String job;

    @Option(
            names = "--backend",
            required = true,
            paramLabel = "NAME",
            completionCandidates = Backends.class,
            description = "The state backend to go on with, such as rocksdb or hashmap.")
    private String backend;

    @Mixin private Processes processes = new Processes();

    @Option(names = "--json", description = "Print one JSON document on standard output.")
    private boolean json;

    /** A job and where it runs. */
    private record Running(HostClient host, JobView job) {
        @Override
        public String toString() {
            return job.id() + " " + job.name() + " (process " + host.view().pid() + ")";
        }
    }

    JobSwitchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        return Json.orFailed(console, json, this::goOn);
    }

    private int goOn() {
        Running running = find(processes.running(console));
        HandOverView handOver = running.host().switchBackend(running.job().id(), backend);
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("status", "done");
            fields.put("process", running.host().view().pid());
            fields.putAll(HandOvers.json(running.job(), handOver));
            console.out().println(Json.render(fields));
            return ExitCode.DONE;
        }
        Change.line(console, "job", running.toString());
        Change.line(console, "from", handOver.from());
        Change.line(console, "to", handOver.to());
        Change.line(console, "handed over", HandOvers.pause(handOver));
        return ExitCode.DONE;
    }

    private Running find(List<HostClient> hosts) {
        List<Running> all = new ArrayList<>();
        hosts.forEach(host -> host.view().jobs().forEach(each -> all.add(new Running(host, each))));
        List<Running> meant =
                all.stream()
                        .filter(
                                each ->
                                        each.job().name().equals(job)
                                                || each.job().id().startsWith(job))
                        .toList();
        List<Running> exact = meant.stream().filter(each -> each.job().id().equals(job)).toList();
        if (exact.size() == 1) {
            return exact.get(0);
        } else if (meant.size() == 1) {
            return meant.get(0);
        } else if (meant.isEmpty()) {
            List<String> known = new ArrayList<>();
            all.forEach(each -> known.addAll(List.of(each.job().id(), each.job().name())));
            throw Problem.user(
                            "CLI-7064",
                            "No job '%s' runs.%s".formatted(job, DidYouMean.question(job, known)))
                    .with("running", all.isEmpty() ? "none" : lines(all))
                    .advise("'./holdfast job list' tells what runs")
                    .exception();
        }
        throw Problem.user("CLI-7065", "'%s' may mean %d jobs.".formatted(job, meant.size()))
                .with("possible", lines(meant))
                .advise("say more of the id, or choose a process with --process")
                .exception();
    }

    private static String lines(List<Running> jobs) {
        return jobs.stream().map(Running::toString).collect(Collectors.joining("\n"));
    }

    /** For completion: those that come with the command. */
    static final class Backends extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Backends() {
            super(List.of("hashmap", "rocksdb"));
        }
    }
}

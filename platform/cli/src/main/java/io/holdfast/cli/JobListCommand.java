package io.holdfast.cli;

import io.holdfast.cli.output.Console;
import io.holdfast.cli.output.ExitCode;
import io.holdfast.cli.output.Json;
import io.holdfast.cli.output.Table;
import io.holdfast.control.client.HostClient;
import io.holdfast.control.view.JobView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast job list}. */
@Command(
        name = "list",
        description = "Lists the jobs that run, of all processes of this user.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./holdfast job list",
            "  ./holdfast job list --json | jq -r '.jobs[] | [.process, .id] | @tsv'"
        })
final class JobListCommand implements Callable<Integer> {
    private final Console console;

    @Mixin private Processes processes = new Processes();

    @Option(names = "--json", description = "Print one JSON document on standard output.")
    private boolean json;

    JobListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        return Json.orFailed(console, json, this::list);
    }

    private int list() {
        List<HostClient> hosts = processes.running(console);
        if (json) {
            List<Map<String, Object>> jobs = new ArrayList<>();
            for (HostClient host : hosts) {
                host.view().jobs().forEach(job -> jobs.add(json(host, job)));
            }
            console.out().println(Json.render(Map.of("jobs", jobs)));
            return ExitCode.DONE;
        }
        Table table = new Table("PROCESS", "JOB", "NAME", "STATUS", "STATE BACKEND");
        boolean none = true;
        for (HostClient host : hosts) {
            for (JobView job : host.view().jobs()) {
                none = false;
                table.row(
                        List.of(
                                Long.toString(host.view().pid()),
                                job.id(),
                                job.name(),
                                job.status().toLowerCase(java.util.Locale.ROOT),
                                job.backend()),
                        List.of());
            }
        }
        if (none) {
            console.out().println("no job runs");
        } else {
            table.print(console.out());
        }
        return ExitCode.DONE;
    }

    private static Map<String, Object> json(HostClient host, JobView job) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("process", host.view().pid());
        fields.put("id", job.id());
        fields.put("name", job.name());
        fields.put("status", job.status());
        fields.put("backend", job.backend());
        return fields;
    }
}

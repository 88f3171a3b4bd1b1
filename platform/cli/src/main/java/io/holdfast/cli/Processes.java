package io.holdfast.cli;

import io.holdfast.api.error.Problem;
import io.holdfast.cli.output.Console;
import io.holdfast.control.client.ControlDirectory;
import io.holdfast.control.client.HostClient;
import io.holdfast.control.client.RunningHosts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which of the running processes a command asks. */
final class Processes {
    @Option(
            names = "--process",
            paramLabel = "PID",
            description = "Ask this process; needed where several run.")
    private Optional<Long> process = Optional.empty();

    /** Those that run and answer, or the one that was asked for; others are told of. */
    List<HostClient> running(Console console) {
        RunningHosts found = RunningHosts.find(ControlDirectory.ofThisUser());
        List<HostClient> hosts = found.hosts();
        found.silent().forEach(problem -> console.err().println("warning: " + problem));
        if (process.isEmpty()) {
            return hosts;
        }
        List<HostClient> asked =
                hosts.stream().filter(host -> host.view().pid() == process.get()).toList();
        if (asked.isEmpty()) {
            throw Problem.user(
                            "CLI-7050",
                            "No process %d runs that could be asked.".formatted(process.get()))
                    .with("running", list(hosts))
                    .advise("'./holdfast job list' tells what runs")
                    .exception();
        }
        return asked;
    }

    /** Whether one was asked for. */
    boolean isAskedFor() {
        return process.isPresent();
    }

    /** Insists that there is at most one. */
    static Optional<HostClient> only(List<HostClient> hosts) {
        if (hosts.size() > 1) {
            throw Problem.user("CLI-7051", hosts.size() + " processes could be meant.")
                    .with("running", list(hosts))
                    .advise("choose one with --process")
                    .exception();
        }
        return hosts.stream().findFirst();
    }

    private static String list(List<HostClient> hosts) {
        return hosts.isEmpty()
                ? "none"
                : hosts.stream()
                        .map(host -> host.view().toString())
                        .collect(Collectors.joining("\n"));
    }
}

package io.holdfast.control.client;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The hosts that run now.
 *
 * @param hosts those that answered, by process
 * @param silent why others could not be asked
 */
public record RunningHosts(List<HostClient> hosts, List<Problem> silent) {
    /** Copies the lists. */
    public RunningHosts {
        hosts = List.copyOf(hosts);
        silent = List.copyOf(silent);
    }

    /**
     * Asks every socket who is there. Sockets at which nobody listens are removed: their processes
     * are dead.
     *
     * @param directory where the sockets are
     * @return who answered
     */
    public static RunningHosts find(ControlDirectory directory) {
        List<HostClient> hosts = new ArrayList<>();
        List<Problem> silent = new ArrayList<>();
        List<Path> sockets;
        try {
            sockets = directory.sockets();
        } catch (IOException e) {
            return new RunningHosts(
                    List.of(),
                    List.of(
                            Problem.environment(
                                            "CONTROL-8002",
                                            "Running processes cannot be looked for.")
                                    .with("directory", directory.path())
                                    .with("because", e)
                                    .build()));
        }
        for (Path socket : sockets) {
            try {
                hosts.add(HostClient.connect(socket));
            } catch (ConnectException e) {
                remove(socket);
            } catch (IOException e) {
                silent.add(HostClient.unreachable(socket, e));
            } catch (HoldfastException e) {
                silent.add(e.problem());
            }
        }
        hosts.sort((one, other) -> Long.compare(one.view().pid(), other.view().pid()));
        return new RunningHosts(hosts, silent);
    }

    private static void remove(Path socket) {
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            // It is in nobody's way.
            return;
        }
    }
}

package io.holdfast.cli;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.cli.output.Console;
import io.holdfast.control.client.ControlDirectory;
import io.holdfast.control.server.ControlServer;
import io.holdfast.runtime.LocalPlatform;
import java.util.Optional;

/** Lets {@code holdfast module} and {@code holdfast job} ask this process, if that can be. */
final class Control implements AutoCloseable {
    private final Optional<ControlServer> server;

    private Control(Optional<ControlServer> server) {
        this.server = server;
    }

    /** Begins to listen; if there can be no socket, that is said and the job runs without. */
    static Control open(LocalPlatform platform, Console console) {
        try {
            return new Control(
                    Optional.of(ControlServer.open(platform, ControlDirectory.ofThisUser())));
        } catch (HoldfastException e) {
            console.err().println("warning: " + e.problem());
            return new Control(Optional.empty());
        }
    }

    @Override
    public void close() {
        server.ifPresent(ControlServer::close);
    }
}

package io.holdfast.control.view;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A process that has a host.
 *
 * @param pid its process
 * @param folder the folder of modules that it watches
 * @param trust which modules it loads from there, in words
 * @param jobs those that run
 */
public record HostView(long pid, Optional<Path> folder, String trust, List<JobView> jobs) {
    /** Refuses null, copies the list. */
    public HostView {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(trust, "trust");
        jobs = List.copyOf(jobs);
    }

    /** The process and the names of its jobs. */
    @Override
    public String toString() {
        return pid
                + (jobs.isEmpty()
                        ? " (no job)"
                        : " ("
                                + String.join(", ", jobs.stream().map(JobView::name).toList())
                                + ")");
    }
}

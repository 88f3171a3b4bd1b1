package io.holdfast.runtime;

import io.holdfast.runtime.metrics.JobMetrics;
import io.holdfast.runtime.metrics.JobStatus;
import java.time.Duration;
import java.util.Objects;

/**
 * How a job went.
 *
 * @param jobId its id
 * @param jobName its name
 * @param status {@link JobStatus#FINISHED} or {@link JobStatus#CANCELED}
 * @param runtime from its start in this process to its end
 * @param metrics what it had counted at the end
 */
public record JobResult(
        String jobId, String jobName, JobStatus status, Duration runtime, JobMetrics metrics) {
    /** Refuses null. */
    public JobResult {
        Objects.requireNonNull(jobId, "jobId");
        Objects.requireNonNull(jobName, "jobName");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(runtime, "runtime");
        Objects.requireNonNull(metrics, "metrics");
    }
}

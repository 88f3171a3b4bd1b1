/**
 * Running a job: attempts, failures, restarts, the end. Read {@link
 * io.holdfast.runtime.job.JobMaster}, which decides, and {@link io.holdfast.runtime.job.Attempt},
 * which it decides about; then {@link io.holdfast.runtime.job.JobConfiguration}, which is all it
 * needs to know. Does not know how a program describes its job.
 */
package io.holdfast.runtime.job;

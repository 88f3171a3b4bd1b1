/**
 * Running a job: attempts, failures, restarts, the end. Read {@link
 * io.holdfast.runtime.job.JobMaster}, then {@link io.holdfast.runtime.job.JobConfiguration}, which
 * is all it needs to know. Does not know how a program describes its job.
 */
package io.holdfast.runtime.job;

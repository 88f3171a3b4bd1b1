/**
 * Checkpoints in the memory of the coordinator, for small state and for development. Read {@link
 * io.holdfast.storage.jobmanager.JobManagerCheckpointStorage}: it is what a job's code names.
 *
 * <p>Every stream stands in its handle and is limited in size; with a directory, the metadata with
 * all handles are written there as well, and outlive the process. Depends on the SPI and the
 * toolkit.
 */
@Version("1.0.0")
package io.holdfast.storage.jobmanager;

import org.osgi.annotation.versioning.Version;

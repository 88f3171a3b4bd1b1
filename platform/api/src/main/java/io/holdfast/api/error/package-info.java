/**
 * How every part of Holdfast tells what went wrong. Read {@link io.holdfast.api.error.Problem}
 * first.
 *
 * <p>Codes by area: {@code CONFIG-1…} configuration, {@code MODULE-2…} host and modules, {@code
 * STATE-3…} state and backends, {@code SNAPSHOT-4…} snapshots and formats, {@code STORAGE-5…}
 * checkpoint storages and file systems, {@code JOB-6…} the engine, {@code CLI-7…} the command line.
 * Depends on nothing.
 */
@Version("1.0.0")
package io.holdfast.api.error;

import org.osgi.annotation.versioning.Version;

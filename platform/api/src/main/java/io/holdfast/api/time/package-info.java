/**
 * Event time: where timestamps come from and how far behind records may be. Read {@link
 * io.holdfast.api.time.WatermarkStrategy}. Times are milliseconds since 1970-01-01T00:00Z. Depends
 * on nothing.
 */
@Version("1.0.0")
package io.holdfast.api.time;

import org.osgi.annotation.versioning.Version;

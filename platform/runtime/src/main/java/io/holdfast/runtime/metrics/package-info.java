/**
 * What a job tells about itself while it runs. Read {@link io.holdfast.runtime.metrics.JobMetrics}.
 * Plain values; depends on nothing.
 */
@Version("1.0.0")
package io.holdfast.runtime.metrics;

import org.osgi.annotation.versioning.Version;

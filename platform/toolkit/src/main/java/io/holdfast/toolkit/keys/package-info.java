/**
 * Keys of entries as bytes. Read {@link io.holdfast.toolkit.keys.CompositeKeys}. Depends on {@code
 * toolkit.io}.
 */
@Version("1.0.0")
package io.holdfast.toolkit.keys;

import org.osgi.annotation.versioning.Version;

/**
 * Blocks of snapshots made smaller, and made whole again. Read {@link
 * io.holdfast.toolkit.packing.Packing}; {@link io.holdfast.toolkit.packing.Unpacking} is its
 * counterpart and trusts no byte. Knows no format: where a packed block stands, and how it is told
 * from others, is the format's matter. Depends on nothing.
 */
@Version("1.0.0")
package io.holdfast.toolkit.packing;

import org.osgi.annotation.versioning.Version;

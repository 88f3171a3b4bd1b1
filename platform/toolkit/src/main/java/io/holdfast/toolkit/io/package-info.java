/**
 * Data input and output over byte arrays, without a stream in between. Read {@link
 * io.holdfast.toolkit.io.BytesOutput}. Nothing here is safe for several threads. Depends on
 * nothing.
 */
@Version("1.0.0")
package io.holdfast.toolkit.io;

import org.osgi.annotation.versioning.Version;

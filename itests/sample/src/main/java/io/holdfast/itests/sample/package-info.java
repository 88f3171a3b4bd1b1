/**
 * A host into which a stranger's backend is dropped while it runs. Read {@link
 * io.holdfast.itests.sample.DropIn}.
 */
package io.holdfast.itests.sample;

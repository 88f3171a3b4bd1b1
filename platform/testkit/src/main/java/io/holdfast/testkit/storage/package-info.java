/**
 * What every checkpoint storage must do. Read {@link
 * io.holdfast.testkit.storage.CheckpointStoreContract}, {@link
 * io.holdfast.testkit.storage.SavepointContract} and {@link
 * io.holdfast.testkit.storage.CheckpointFailureContract}: a module proves that it keeps the
 * contracts by extending them.
 *
 * <p>Storages do not look into metadata, so the contracts use metadata of their own: {@link
 * io.holdfast.testkit.storage.SampleCheckpoint}.
 */
package io.holdfast.testkit.storage;

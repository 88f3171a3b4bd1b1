/**
 * What every file system must do, and file systems to test with. Read {@link
 * io.holdfast.testkit.filesystem.FileSystemContract}: a module proves that it keeps the contract by
 * extending it.
 *
 * <p>{@link io.holdfast.testkit.filesystem.MemoryFileSystem} is a real file system in memory;
 * {@link io.holdfast.testkit.filesystem.FaultyFileSystem} wraps any other and makes the k-th
 * operation fail, or lets the process die there.
 */
package io.holdfast.testkit.filesystem;

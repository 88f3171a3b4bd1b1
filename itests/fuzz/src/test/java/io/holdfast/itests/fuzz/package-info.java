/** Readers of files are given anything at all, and must neither crash, nor hang, nor grow. */
package io.holdfast.itests.fuzz;

/**
 * The conversation of two processes: {@code Exchange} moves lines with limits of length and time,
 * {@code Document} is what the lines say. Not exported. Must not know the host.
 */
package io.holdfast.control.wire;

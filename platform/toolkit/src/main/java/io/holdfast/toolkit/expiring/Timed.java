package io.holdfast.toolkit.expiring;

/**
 * What is stored in the place of a value that does not live for ever.
 *
 * @param time when it was last stored, or read if that counts; {@link Long#MIN_VALUE} if the clock
 *     had not begun
 * @param value the value; null only in maps
 * @param <T> type of the value
 */
record Timed<T>(long time, T value) {}

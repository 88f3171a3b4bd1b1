package io.holdfast.runtime.channel;

/**
 * The promise that no record at or before a time follows, late ones apart.
 *
 * @param time event time in milliseconds, {@link Long#MAX_VALUE} at the end of all
 */
public record Watermark(long time) implements Element {}

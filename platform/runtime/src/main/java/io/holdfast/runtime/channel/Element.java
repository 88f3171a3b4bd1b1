package io.holdfast.runtime.channel;

/** What travels through a channel, in order. */
public sealed interface Element permits Batch, Watermark, BarrierMark, EndOfData {}

/**
 * Nexmark: people register, open auctions and bid. The queries over that stream are a common
 * yardstick for stream processors. Read {@link io.holdfast.examples.nexmark.Event} for what happens
 * and {@link io.holdfast.examples.nexmark.NexmarkGenerator} for how much of it, how often, and to
 * whom.
 */
package io.holdfast.examples.nexmark;

package io.holdfast.examples.nexmark;

/**
 * Somebody bids on an item.
 *
 * @param auction id of an {@link Auction}
 * @param bidder id of a {@link Person}
 * @param price in cents
 * @param timestamp when the bid was made, milliseconds since the epoch
 */
public record Bid(long auction, long bidder, long price, long timestamp) implements Event {}

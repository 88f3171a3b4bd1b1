package io.holdfast.examples.nexmark;

/**
 * Somebody puts an item up for auction.
 *
 * @param id unique among auctions, consecutive from {@link NexmarkGenerator#FIRST_AUCTION_ID}
 * @param itemName what is sold
 * @param initialBid lowest bid allowed, in cents
 * @param reserve the item is not sold below this price, in cents
 * @param timestamp when the auction opened, milliseconds since the epoch
 * @param expires when the auction closes, milliseconds since the epoch, later than {@code
 *     timestamp}
 * @param seller id of a {@link Person}
 * @param category one of the {@link NexmarkGenerator#CATEGORIES} numbers from {@link
 *     NexmarkGenerator#FIRST_CATEGORY}
 */
public record Auction(
        long id,
        String itemName,
        long initialBid,
        long reserve,
        long timestamp,
        long expires,
        long seller,
        int category)
        implements Event {}

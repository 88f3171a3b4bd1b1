package io.holdfast.examples.nexmark;

/** Something that happens in the online auction. */
public sealed interface Event permits Person, Auction, Bid {

    /**
     * When it happened.
     *
     * @return event time, milliseconds since 1970-01-01T00:00:00Z
     */
    long timestamp();
}

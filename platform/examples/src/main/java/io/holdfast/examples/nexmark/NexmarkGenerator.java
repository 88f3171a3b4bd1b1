package io.holdfast.examples.nexmark;

import java.time.Duration;
import java.time.Instant;

/**
 * The Nexmark stream: {@link #event} computes event number <i>n</i> from the seed and <i>n</i>
 * alone. However the numbers are divided among parallel readers, wherever one of them starts again,
 * the stream is the same.
 *
 * <p>The model, with the defaults of the two suites that made it common:
 *
 * <ul>
 *   <li><b>Proportions.</b> Of 50 events in a row the first is a person, the next 3 are auctions
 *       and the last 46 are bids.
 *   <li><b>Ids.</b> Persons and auctions are numbered in the order of their events, both from
 *       1,000; the 5 categories from 10.
 *   <li><b>Hot auctions.</b> Every second bid goes to the hot auction, which is the first of the
 *       current hundred; the other half is spread over the last 100 auctions and the next 10.
 *   <li><b>Hot sellers.</b> Three of four auctions are the hot seller's, the first person of the
 *       current hundred; the rest is spread over the last 1,000 persons and the next 10.
 *   <li><b>Hot bidders.</b> Three of four bids are the hot bidder's, the second person of the
 *       current hundred (so never the hot seller); the rest is spread like the sellers.
 *   <li><b>Ids of the future.</b> The "next 10" have not happened yet: a join must wait for them.
 *   <li><b>Prices.</b> 1 to 1,000,000 dollars, their logarithm is uniform. An auction's reserve is
 *       its initial bid plus another price.
 *   <li><b>Expiry.</b> 100 auctions are open at a time on average: an auction is open for 1 ms plus
 *       a uniform time of up to twice the span in which 100 auctions open.
 *   <li><b>Rate.</b> 10,000 events a second, evenly spaced and in order, from 2015-07-15T00:00:00Z.
 * </ul>
 *
 * <p>Sources: P. Tucker, K. Tufte, V. Papadimos, D. Maier, <i>NEXMark: a benchmark for queries over
 * data streams</i> (persons, auctions, bids, queries 1 to 8); the Nexmark suite of Apache Beam and
 * the {@code nexmark/nexmark} suite for Flink that follows it (all figures above). Left out: the
 * padding that brings events to 200, 500 and 100 bytes, an auction's description, a bid's channel
 * and URL. Names are drawn from 256 shared ones, and rates do not vary, so that an event costs one
 * allocation. The random numbers are its own; results cannot be compared with other suites line by
 * line, only in shape.
 *
 * <p>Immutable and safe for any number of threads.
 */
public final class NexmarkGenerator {
    /** Id of the first person. */
    public static final long FIRST_PERSON_ID = 1_000;

    /** Id of the first auction. */
    public static final long FIRST_AUCTION_ID = 1_000;

    /** The lowest category. */
    public static final int FIRST_CATEGORY = 10;

    /** How many categories there are. */
    public static final int CATEGORIES = 5;

    /** Event time of the first event unless another is given. */
    public static final Instant DEFAULT_BASE_TIME = Instant.parse("2015-07-15T00:00:00Z");

    /** Event time between two events unless another is given: 10,000 events a second. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofNanos(100_000);

    private static final int AUCTIONS_PER_ROUND = 3;
    private static final int EVENTS_PER_ROUND = 50;

    private static final int HOT_AUCTION_RATIO = 2;
    private static final int HOT_SELLER_RATIO = 4;
    private static final int HOT_BIDDER_RATIO = 4;
    private static final int HOT_EVERY = 100;
    private static final int AUCTIONS_IN_FLIGHT = 100;
    private static final int ACTIVE_PERSONS = 1_000;
    private static final int IDS_AHEAD = 10;
    private static final long EVENTS_IN_FLIGHT =
            (long) AUCTIONS_IN_FLIGHT * EVENTS_PER_ROUND / AUCTIONS_PER_ROUND;

    private static final long LOWEST_CARD = 1_000_000_000_000_000L;
    private static final long CARDS = 9_000_000_000_000_000L;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long LONGEST_STREAM_NANOS = 1L << 62;
    private static final Duration LONGEST_INTERVAL = Duration.ofHours(1);

    private final long seed;
    private final long baseMillis;
    private final long intervalNanos;
    private final long lastNumber;

    /**
     * The stream of a seed with the model's rate and base time.
     *
     * @param seed any number; another seed gives another stream
     */
    public NexmarkGenerator(long seed) {
        this(seed, DEFAULT_BASE_TIME, DEFAULT_INTERVAL);
    }

    /**
     * The stream of a seed at a chosen pace. Which auctions and persons meet does not depend on the
     * pace, only when they meet and when auctions expire.
     *
     * @param seed any number; another seed gives another stream
     * @param baseTime event time of event 0, years 1970 to 9999, cut to milliseconds
     * @param interval event time between two events, 1 ns to 1 h
     * @throws IllegalArgumentException if an argument is outside its range
     */
    public NexmarkGenerator(long seed, Instant baseTime, Duration interval) {
        if (baseTime.isBefore(Instant.EPOCH)
                || baseTime.isAfter(Instant.parse("9999-12-31T23:59:59Z"))) {
            throw new IllegalArgumentException(
                    "base time " + baseTime + " is outside the years 1970 to 9999");
        }
        if (interval.compareTo(Duration.ofNanos(1)) < 0
                || interval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new IllegalArgumentException(
                    "interval " + interval + " is outside PT0.000000001S to " + LONGEST_INTERVAL);
        }
        this.seed = seed;
        this.baseMillis = baseTime.toEpochMilli();
        this.intervalNanos = interval.toNanos();
        this.lastNumber = LONGEST_STREAM_NANOS / intervalNanos;
    }

    /**
     * The highest number an event may have: event times span some 146 years, 46 million million
     * events at the model's rate.
     *
     * @return the highest number {@link #event} and {@link #timestamp} accept
     */
    public long lastNumber() {
        return lastNumber;
    }

    /**
     * The event time of an event, without the event.
     *
     * @param number which event, 0 to {@link #lastNumber}
     * @return milliseconds since the epoch; a higher number never has a lower time
     * @throws IllegalArgumentException if there is no such number
     */
    public long timestamp(long number) {
        checkNumber(number);
        return baseMillis + number * intervalNanos / NANOS_PER_MILLI;
    }

    /**
     * One event of the stream.
     *
     * @param number which event, 0 to {@link #lastNumber}
     * @return the event; equal for equal seed, base time, interval and number
     * @throws IllegalArgumentException if there is no such number
     */
    public Event event(long number) {
        long timestamp = timestamp(number);
        long key = EventRandom.key(seed, number);
        long round = number / EVENTS_PER_ROUND;
        int place = (int) (number - round * EVENTS_PER_ROUND);
        long newestPerson = round; // one each round, the first of its events
        if (place == 0) {
            return person(newestPerson, timestamp, key);
        }
        long newestAuction = round * AUCTIONS_PER_ROUND + Math.min(place, AUCTIONS_PER_ROUND) - 1;
        if (place <= AUCTIONS_PER_ROUND) {
            return auction(newestAuction, newestPerson, timestamp, key);
        }
        return bid(newestAuction, newestPerson, timestamp, key);
    }

    private static Person person(long ordinal, long timestamp, long key) {
        long draw = EventRandom.bits(key, 1);
        int name = EventRandom.upper(draw, Words.NAMES.length);
        long home = EventRandom.bits(key, 2);
        return new Person(
                FIRST_PERSON_ID + ordinal,
                Words.NAMES[name],
                Words.EMAIL_ADDRESSES[name],
                LOWEST_CARD + EventRandom.below(EventRandom.bits(key, 3), CARDS),
                Words.CITIES[EventRandom.upper(home, Words.CITIES.length)],
                Words.STATES[EventRandom.lower(home, Words.STATES.length)],
                timestamp);
    }

    private Auction auction(long ordinal, long newestPerson, long timestamp, long key) {
        long seller = personOrHot(EventRandom.bits(key, 1), HOT_SELLER_RATIO, newestPerson, 0);
        long initialBid = Prices.cents(EventRandom.bits(key, 2));
        long reserve = initialBid + Prices.cents(EventRandom.bits(key, 3));
        long labels = EventRandom.bits(key, 4);
        return new Auction(
                FIRST_AUCTION_ID + ordinal,
                Words.ITEMS[EventRandom.upper(labels, Words.ITEMS.length)],
                initialBid,
                reserve,
                timestamp,
                timestamp + openMillis(EventRandom.bits(key, 5)),
                seller,
                FIRST_CATEGORY + EventRandom.lower(labels, CATEGORIES));
    }

    private static Bid bid(long newestAuction, long newestPerson, long timestamp, long key) {
        long choice = EventRandom.bits(key, 1);
        long auction;
        if (EventRandom.lower(choice, HOT_AUCTION_RATIO) > 0) {
            auction = newestAuction / HOT_EVERY * HOT_EVERY;
        } else {
            long oldest = Math.max(newestAuction - AUCTIONS_IN_FLIGHT, 0);
            auction =
                    oldest
                            + EventRandom.upper(
                                    choice, (int) (newestAuction - oldest) + 1 + IDS_AHEAD);
        }
        long bidder = personOrHot(EventRandom.bits(key, 2), HOT_BIDDER_RATIO, newestPerson, 1);
        return new Bid(
                FIRST_AUCTION_ID + auction,
                bidder,
                Prices.cents(EventRandom.bits(key, 3)),
                timestamp);
    }

    /** Id of the hot person (the one at that place of the current hundred) or of an active one. */
    private static long personOrHot(long draw, int hotRatio, long newest, int hotPlace) {
        if (EventRandom.lower(draw, hotRatio) > 0) {
            return FIRST_PERSON_ID + newest / HOT_EVERY * HOT_EVERY + hotPlace;
        }
        int active = (int) Math.min(newest + 1, ACTIVE_PERSONS);
        return FIRST_PERSON_ID + newest + 1 - active + EventRandom.upper(draw, active + IDS_AHEAD);
    }

    private long openMillis(long draw) {
        long average = EVENTS_IN_FLIGHT * intervalNanos / NANOS_PER_MILLI;
        return 1 + EventRandom.below(draw, Math.max(2 * average, 1));
    }

    private void checkNumber(long number) {
        if (number < 0 || number > lastNumber) {
            throw new IllegalArgumentException(
                    "there is no event number " + number + ", only 0 to " + lastNumber);
        }
    }
}

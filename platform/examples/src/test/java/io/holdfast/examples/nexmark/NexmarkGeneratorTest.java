package io.holdfast.examples.nexmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.examples.ResultDigest;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NexmarkGeneratorTest {
    private static final int MANY = 300_000;

    private final NexmarkGenerator generator = new NexmarkGenerator(1);

    @Test
    void anyDivisionOfTheNumbersGivesTheSameStream() {
        List<Event> oneReader = NexmarkReference.events(generator, 20_000).toList();
        for (int readers = 2; readers <= 5; readers++) {
            Event[] merged = new Event[oneReader.size()];
            int step = readers;
            LongStream.range(0, readers)
                    .parallel()
                    .forEach(
                            reader -> {
                                NexmarkGenerator own = new NexmarkGenerator(1);
                                for (int n = (int) reader; n < merged.length; n += step) {
                                    merged[n] = own.event(n);
                                }
                            });
            assertThat(merged).containsExactly(oneReader.toArray(Event[]::new));
        }
    }

    @Test
    void anyOrderOfTheNumbersGivesTheSameEvents() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("test.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<Event> inOrder = NexmarkReference.events(generator, 10_000).toList();
        for (int i = 0; i < 10_000; i++) {
            int n = random.nextInt(inOrder.size());
            assertThat(generator.event(n)).as("seed %d", seed).isEqualTo(inOrder.get(n));
        }
    }

    @Test
    void theStreamOfASeedStaysTheSameFromReleaseToRelease() {
        List<String> lines =
                NexmarkReference.events(generator, 100_000)
                        .map(Record.class::cast)
                        .map(Record::toString)
                        .toList();
        assertThat(ResultDigest.of(lines))
                .hasToString(
                        "digest sha256:7b21412d5232909fcae85312c8e416212af9c9fa4c7162ec11cd9d18db73e327 over 100000 records");
    }

    @Test
    void anotherSeedGivesOtherEventsOfTheSameShape() {
        NexmarkGenerator other = new NexmarkGenerator(2);
        long equal =
                LongStream.range(0, 10_000)
                        .filter(n -> generator.event(n).equals(other.event(n)))
                        .count();
        assertThat(equal).isLessThan(10);
        for (long n = 0; n < 100; n++) {
            assertThat(other.event(n).getClass()).isEqualTo(generator.event(n).getClass());
        }
    }

    @Test
    void ofFiftyEventsOneIsAPersonThreeAreAuctionsAndTheRestBids() {
        for (long round = 0; round < 100; round++) {
            for (int place = 0; place < 50; place++) {
                Class<?> expected =
                        place == 0 ? Person.class : place <= 3 ? Auction.class : Bid.class;
                assertThat(generator.event(round * 50 + place)).isInstanceOf(expected);
            }
        }
    }

    @Test
    void idsAreConsecutiveFromAThousand() {
        assertThat(all(Person.class, 10_000).map(Person::id))
                .containsExactlyElementsOf(LongStream.range(1_000, 1_200).boxed().toList());
        assertThat(all(Auction.class, 10_000).map(Auction::id))
                .containsExactlyElementsOf(LongStream.range(1_000, 1_600).boxed().toList());
    }

    @Test
    void timeIsEvenAndTheEventsCarryIt() {
        assertThat(generator.timestamp(0))
                .isEqualTo(Instant.parse("2015-07-15T00:00:00Z").toEpochMilli());
        assertThat(generator.timestamp(10_000) - generator.timestamp(0)).isEqualTo(1_000);
        for (long n = 0; n < 10_000; n++) {
            assertThat(generator.event(n).timestamp()).isEqualTo(generator.timestamp(n));
            assertThat(generator.timestamp(n + 1)).isGreaterThanOrEqualTo(generator.timestamp(n));
        }
    }

    @Test
    void thePaceIsChosen() {
        NexmarkGenerator slow =
                new NexmarkGenerator(1, Instant.ofEpochSecond(100), Duration.ofMillis(250));
        assertThat(slow.timestamp(8)).isEqualTo(102_000);
        Bid bid = (Bid) slow.event(4);
        Bid same = (Bid) generator.event(4);
        assertThat(List.of(bid.auction(), bid.bidder(), bid.price()))
                .isEqualTo(List.of(same.auction(), same.bidder(), same.price()));
    }

    @Test
    void halfOfTheBidsGoToTheHotAuction() {
        long hot = 0;
        long bids = 0;
        for (long n = 50_000; n < MANY; n++) {
            if (generator.event(n) instanceof Bid bid) {
                long newest = 1_000 + n / 50 * 3 + 2;
                bids++;
                hot += bid.auction() == newest / 100 * 100 ? 1 : 0;
                assertThat(bid.auction()).isBetween(newest - 100, newest + 10);
            }
        }
        // One half, and one of 111 of the other half.
        assertThat(hot / (double) bids).isCloseTo(0.5 + 0.5 / 111, within(0.005));
    }

    @Test
    void threeOfFourBidsAndAuctionsAreOfTheHotBidderAndSeller() {
        Map<Class<?>, Integer> hot = new HashMap<>();
        Map<Class<?>, Integer> all = new HashMap<>();
        for (long n = 50_000; n < MANY; n++) {
            Event event = generator.event(n);
            long newest = 1_000 + n / 50;
            long firstOfHundred = newest / 100 * 100;
            long person = 0;
            long hotPerson = 0;
            if (event instanceof Bid bid) {
                person = bid.bidder();
                hotPerson = firstOfHundred + 1;
            } else if (event instanceof Auction auction) {
                person = auction.seller();
                hotPerson = firstOfHundred;
            } else {
                continue;
            }
            assertThat(person).isBetween(newest - 999, newest + 10);
            all.merge(event.getClass(), 1, Integer::sum);
            hot.merge(event.getClass(), person == hotPerson ? 1 : 0, Integer::sum);
        }
        assertThat(share(hot, all, Bid.class)).isCloseTo(0.75, within(0.005));
        assertThat(share(hot, all, Auction.class)).isCloseTo(0.75, within(0.02));
    }

    @Test
    void inTheFirstRoundsOnlyThoseWhoExistOrComeNextTakePart() {
        for (long n = 0; n < 50; n++) {
            Event event = generator.event(n);
            if (event instanceof Bid bid) {
                assertThat(bid.bidder()).isBetween(1_000L, 1_010L);
                assertThat(bid.auction()).isBetween(1_000L, 1_012L);
            } else if (event instanceof Auction auction) {
                assertThat(auction.seller()).isBetween(1_000L, 1_010L);
            }
        }
    }

    @Test
    void theLogarithmOfPricesIsUniform() {
        long[] prices = all(Bid.class, MANY).mapToLong(Bid::price).sorted().toArray();
        assertThat(prices[0]).isGreaterThanOrEqualTo(100);
        assertThat(prices[prices.length - 1]).isLessThanOrEqualTo(100_000_000);
        for (int percent = 5; percent < 100; percent += 5) {
            double logarithm = Math.log10(prices[prices.length * percent / 100]) - 2;
            assertThat(logarithm).isCloseTo(6 * percent / 100.0, within(0.03));
        }
    }

    @Test
    void thePriceCurveIsWithinAMillionthOfThePower() {
        for (long place = 0; place < 1L << 32; place += 65_537) {
            long top = Prices.cents(0xffff_ffff_0000_0000L | place);
            double exact = 10_000_000 * StrictMath.pow(10, place / 4_294_967_296.0);
            assertThat((double) top).isCloseTo(exact, within(exact / 1_000_000 + 0.5));
        }
    }

    @Test
    void aHundredAuctionsAreOpenAtATime() {
        NexmarkGenerator slow =
                new NexmarkGenerator(1, NexmarkGenerator.DEFAULT_BASE_TIME, Duration.ofMillis(10));
        List<Auction> auctions =
                NexmarkReference.events(slow, MANY)
                        .filter(event -> event instanceof Auction)
                        .map(event -> (Auction) event)
                        .toList();
        assertThat(auctions).allMatch(auction -> auction.expires() > auction.timestamp());
        double open = 0;
        int samples = 0;
        for (int i = 1_000; i < auctions.size(); i += 100) {
            long now = auctions.get(i).timestamp();
            open +=
                    auctions.subList(i - 300, i + 1).stream()
                            .filter(auction -> auction.expires() > now)
                            .count();
            samples++;
        }
        assertThat(open / samples).isCloseTo(100, within(3.0));
    }

    @Test
    void categoriesAndStatesAreEvenlySpread() {
        Map<Integer, Long> categories = counts(all(Auction.class, MANY), Auction::category);
        assertThat(categories.keySet()).containsExactlyInAnyOrder(10, 11, 12, 13, 14);
        assertThat(categories.values()).allMatch(count -> Math.abs(count - 3_600) < 300);
        Map<String, Long> states = counts(all(Person.class, MANY), Person::state);
        assertThat(states.keySet()).containsExactlyInAnyOrder("AZ", "CA", "ID", "OR", "WA", "WY");
        assertThat(states.values()).allMatch(count -> Math.abs(count - 1_000) < 150);
    }

    @Test
    void personsHaveModestTextsAndACardOfSixteenDigits() {
        Set<String> names = new HashSet<>();
        all(Person.class, MANY)
                .forEach(
                        person -> {
                            names.add(person.name());
                            assertThat(person.name()).hasSizeLessThan(20).doesNotContain(",");
                            assertThat(person.emailAddress()).hasSizeLessThan(40).contains("@");
                            assertThat(Long.toString(person.creditCard())).hasSize(16);
                        });
        assertThat(names).hasSize(256);
    }

    @Test
    void anEventCostsNoAllocationButItself() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Event[] kept = new Event[100_000];
        fill(kept);
        Arrays.fill(kept, null);
        long before = threads.getCurrentThreadAllocatedBytes();
        fill(kept);
        double bytes = threads.getCurrentThreadAllocatedBytes() - before;
        // A bid has a header of 12 to 16 bytes and four longs, an auction and a person up to 80.
        assertThat(bytes / kept.length).isBetween(32.0, 56.0);
    }

    @Test
    void numbersOutsideTheStreamAreRefused() {
        assertThat(generator.event(generator.lastNumber()).timestamp())
                .isGreaterThan(generator.timestamp(0));
        for (long number : new long[] {-1, generator.lastNumber() + 1, Long.MIN_VALUE}) {
            assertThatThrownBy(() -> generator.event(number))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Long.toString(number))
                    .hasMessageContaining(Long.toString(generator.lastNumber()));
        }
    }

    @Test
    void aPaceOutsideItsRangeIsRefused() {
        Instant base = NexmarkGenerator.DEFAULT_BASE_TIME;
        for (Duration interval :
                List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofHours(2))) {
            assertThatThrownBy(() -> new NexmarkGenerator(1, base, interval))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(interval.toString());
        }
        assertThatThrownBy(() -> new NexmarkGenerator(1, Instant.MAX, Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void fill(Event[] events) {
        for (int n = 0; n < events.length; n++) {
            events[n] = generator.event(n);
        }
    }

    private <T extends Event> Stream<T> all(Class<T> type, long count) {
        return NexmarkReference.events(generator, count).filter(type::isInstance).map(type::cast);
    }

    private static <T, K> Map<K, Long> counts(Stream<T> events, Function<T, K> key) {
        return events.collect(Collectors.groupingBy(key, Collectors.counting()));
    }

    private static double share(
            Map<Class<?>, Integer> part, Map<Class<?>, Integer> all, Class<?> type) {
        return part.get(type) / (double) all.get(type);
    }
}

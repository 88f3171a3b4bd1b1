package io.holdfast.examples.nexmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What the queries must answer, computed with plain collections over the whole stream at once: no
 * watermarks, no state, no engine. Windows, gaps and columns are those of the suite {@code
 * nexmark/nexmark} for Flink; the stream is bounded, so its end closes all windows.
 *
 * <p>Every window of length <i>l</i> that starts at <i>t</i> is [<i>t</i>, <i>t</i> + <i>l</i>),
 * with <i>t</i> a multiple of the slide since 1970-01-01T00:00:00Z. A result is one line of numbers
 * and names between commas, times in milliseconds since the epoch; lines are sorted.
 */
public final class NexmarkReference {
    private static final long HOT_ITEMS_SIZE = 10_000;
    private static final long HOT_ITEMS_SLIDE = 2_000;
    private static final long NEW_USERS_SIZE = 10_000;
    private static final long SESSION_GAP = 10_000;

    private NexmarkReference() {}

    /** The first events of a stream, one after the other. */
    public static Stream<Event> events(NexmarkGenerator generator, long count) {
        return LongStream.range(0, count).mapToObj(generator::event);
    }

    /**
     * Query 5, hot items: which auctions have the most bids in a window of 10 s, asked every 2 s?
     * Auctions that share the first place are all in the answer; a window without bids has none.
     * Lines: {@code window start,window end,auction,bids}.
     */
    public static List<String> hotItems(Stream<Event> events) {
        Map<Long, Map<Long, Long>> bidsByWindow = new TreeMap<>();
        events.filter(event -> event instanceof Bid)
                .map(event -> (Bid) event)
                .forEach(
                        bid -> {
                            long last = floor(bid.timestamp(), HOT_ITEMS_SLIDE);
                            for (long start = last;
                                    start > bid.timestamp() - HOT_ITEMS_SIZE;
                                    start -= HOT_ITEMS_SLIDE) {
                                bidsByWindow
                                        .computeIfAbsent(start, window -> new HashMap<>())
                                        .merge(bid.auction(), 1L, Long::sum);
                            }
                        });
        List<String> lines = new ArrayList<>();
        bidsByWindow.forEach(
                (start, bids) -> {
                    long most = Collections.max(bids.values());
                    bids.forEach(
                            (auction, count) -> {
                                if (count == most) {
                                    lines.add(line(start, start + HOT_ITEMS_SIZE, auction, count));
                                }
                            });
                });
        return sorted(lines);
    }

    /**
     * Query 8, new users: who registered and opened an auction in the same window of 10 s? One line
     * for each, however many auctions: {@code id,name,window start}.
     */
    public static List<String> newUsers(Stream<Event> events) {
        Map<Long, Map<Long, String>> namesByWindow = new HashMap<>();
        Map<Long, Set<Long>> sellersByWindow = new HashMap<>();
        events.forEach(
                event -> {
                    long window = floor(event.timestamp(), NEW_USERS_SIZE);
                    if (event instanceof Person person) {
                        namesByWindow
                                .computeIfAbsent(window, start -> new HashMap<>())
                                .put(person.id(), person.name());
                    } else if (event instanceof Auction auction) {
                        sellersByWindow
                                .computeIfAbsent(window, start -> new HashSet<>())
                                .add(auction.seller());
                    }
                });
        List<String> lines = new ArrayList<>();
        namesByWindow.forEach(
                (window, names) -> {
                    names.keySet().retainAll(sellersByWindow.getOrDefault(window, Set.of()));
                    names.forEach((id, name) -> lines.add(line(id, name, window)));
                });
        return sorted(lines);
    }

    /**
     * Query 11, user sessions: how many bids did a bidder make in each session? A session is a
     * longest run of one bidder's bids in which each is less than 10 s after the one before; it
     * lasts from its first bid to 10 s after its last. Lines: {@code bidder,bids,session
     * start,session end}.
     */
    public static List<String> userSessions(Stream<Event> events) {
        return userSessions(events, SESSION_GAP);
    }

    /** Query 11 with another gap, in milliseconds. */
    static List<String> userSessions(Stream<Event> events, long gap) {
        Map<Long, List<Long>> timesByBidder = new HashMap<>();
        events.filter(event -> event instanceof Bid)
                .map(event -> (Bid) event)
                .forEach(
                        bid ->
                                timesByBidder
                                        .computeIfAbsent(bid.bidder(), id -> new ArrayList<>())
                                        .add(bid.timestamp()));
        List<String> lines = new ArrayList<>();
        timesByBidder.forEach(
                (bidder, times) -> {
                    Collections.sort(times);
                    int first = 0;
                    for (int i = 1; i <= times.size(); i++) {
                        if (i == times.size() || times.get(i) - times.get(i - 1) >= gap) {
                            long end = times.get(i - 1) + gap;
                            lines.add(line(bidder, i - first, times.get(first), end));
                            first = i;
                        }
                    }
                });
        return sorted(lines);
    }

    private static long floor(long timestamp, long step) {
        return timestamp - Math.floorMod(timestamp, step);
    }

    private static String line(Object... columns) {
        StringBuilder line = new StringBuilder();
        for (Object column : columns) {
            line.append(line.isEmpty() ? "" : ",").append(column);
        }
        return line.toString();
    }

    private static List<String> sorted(List<String> lines) {
        Collections.sort(lines);
        return lines;
    }
}

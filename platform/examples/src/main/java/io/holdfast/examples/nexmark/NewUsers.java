package io.holdfast.examples.nexmark;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.function.Collector;
import io.holdfast.api.process.KeyedCoProcessFunction;
import io.holdfast.api.process.KeyedProcessFunction.Context;
import io.holdfast.api.process.KeyedProcessFunction.OnTimerContext;
import io.holdfast.api.state.MapState;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.examples.Example;
import io.holdfast.examples.ExampleOutput;
import io.holdfast.runtime.DataStream;
import io.holdfast.runtime.StreamExecutionEnvironment;
import java.time.Duration;
import java.util.List;

/**
 * Nexmark query 8, new users: who registered and opened an auction in the same window of 10
 * seconds? One line for each, however many auctions.
 *
 * <p>This is a join of two streams. Persons and auctions arrive independently, and either may be
 * the first: the auction of a person may even come before the person. So the job remembers what it
 * has seen of each person until the window is over, and decides then:
 *
 * <ol>
 *   <li>The events are split into two streams, and both are keyed by the person: a person by its
 *       id, an auction by its seller. {@code connect} brings both to the same subtask, where they
 *       share state and timers.
 *   <li>State is a map from a window to what was seen in it. It is a map, not one value, because
 *       windows do not end for all subtasks at the same moment: a seller may already be active in
 *       the next window while this one is still open.
 *   <li>Every event sets a timer to the last millisecond of its window. A timer is set once,
 *       however often it is asked for. When it fires, the entry is taken out of the map: what is
 *       not needed any more must go, or state grows for ever.
 * </ol>
 *
 * <p>Lines: {@code id,name,window start}.
 */
public final class NewUsers implements Example {
    private static final long SIZE = Duration.ofSeconds(10).toMillis();

    @Override
    public String name() {
        return "nexmark-q8";
    }

    @Override
    public String sentence() {
        return "New users: who registered and opened an auction within the same 10 seconds.";
    }

    @Override
    public List<ConfigOption<?>> options() {
        return NexmarkStream.options();
    }

    @Override
    public List<ExampleOutput> build(
            StreamExecutionEnvironment environment, ReadableConfig choices) {
        DataStream<Event> events = NexmarkStream.events(environment, choices);
        DataStream<Person> persons =
                events.filter(event -> event instanceof Person).map(event -> (Person) event);
        DataStream<Auction> auctions =
                events.filter(event -> event instanceof Auction).map(event -> (Auction) event);
        DataStream<String> newUsers =
                persons.connect(auctions)
                        .keyBy(Person::id, Auction::seller, Long.class)
                        .process(Join::new)
                        .name("join persons with their auctions")
                        .uid("new-users");
        return List.of(ExampleOutput.results(newUsers));
    }

    /**
     * What was seen of a person in one window.
     *
     * @param name the name, or null as long as the person has not registered
     * @param sells whether the person opened an auction
     */
    record Seen(String name, boolean sells) {}

    private static final class Join extends KeyedCoProcessFunction<Long, Person, Auction, String> {
        private MapState<Long, Seen> seenByWindow;

        @Override
        public void open() {
            seenByWindow =
                    getRuntimeContext()
                            .getMapState(new MapStateDescriptor<>("seen", Long.class, Seen.class));
        }

        @Override
        public void processElement1(Person person, Context<Long> context, Collector<String> out) {
            long window = windowOf(person);
            Seen before = seenByWindow.get(window);
            seenByWindow.put(window, new Seen(person.name(), before != null && before.sells()));
            context.timerService().registerEventTimeTimer(window + SIZE - 1);
        }

        @Override
        public void processElement2(Auction auction, Context<Long> context, Collector<String> out) {
            long window = windowOf(auction);
            Seen before = seenByWindow.get(window);
            if (before == null || !before.sells()) {
                seenByWindow.put(window, new Seen(before == null ? null : before.name(), true));
                context.timerService().registerEventTimeTimer(window + SIZE - 1);
            }
        }

        @Override
        public void onTimer(long time, OnTimerContext<Long> context, Collector<String> out) {
            long window = time + 1 - SIZE;
            Seen seen = seenByWindow.get(window);
            seenByWindow.remove(window);
            if (seen.name() != null && seen.sells()) {
                out.collect(context.currentKey() + "," + seen.name() + "," + window);
            }
        }

        private static long windowOf(Event event) {
            return event.timestamp() - Math.floorMod(event.timestamp(), SIZE);
        }
    }
}

package io.holdfast.testkit.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.spi.state.TimerQueue.Timer;
import io.holdfast.testkit.bench.Subtask;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * States of every kind and a queue of timers in one backend, filled and changed in every way a job
 * can, and read as text that can be compared. Types of key, namespace, value and map key differ.
 */
final class EveryKind {
    private static final List<Area> AREAS = List.of(Area.ULM, Area.NOWHERE);

    private final Subtask<String> subtask;
    private final Namespaced.Value<Area, Long> value;
    private final Namespaced.Value<Area, List<Integer>> document;
    private final Namespaced.ListOf<Area, Short> list;
    private final Namespaced.MapOf<Area, Integer, Double> map;
    private final Namespaced.Reducing<Area, List<Float>> reducing;
    private final Namespaced.Aggregating<Area, Character, String> aggregating;
    private final TimerQueue<String, Area> timers;

    /** Asks for all states. */
    EveryKind(Subtask<String> subtask) {
        this.subtask = subtask;
        var backend = subtask.backend();
        value = backend.value(new ValueStateDescriptor<>("value", Long.class), Area.SERIALIZER);
        document =
                backend.value(
                        new ValueStateDescriptor<>(
                                "document", Serializers.list(Serializers.INTEGER)),
                        Area.SERIALIZER);
        list = backend.list(new ListStateDescriptor<>("list", Short.class), Area.SERIALIZER);
        map =
                backend.map(
                        new MapStateDescriptor<>("map", Integer.class, Double.class),
                        Area.SERIALIZER);
        reducing =
                backend.reducing(
                        new ReducingStateDescriptor<List<Float>>(
                                "reducing",
                                (first, second) -> {
                                    first.addAll(second);
                                    return first;
                                },
                                Serializers.list(Serializers.FLOAT)),
                        Area.SERIALIZER);
        aggregating = backend.aggregating(AggregatingStateContract.WORD, Area.SERIALIZER);
        timers = backend.timers("timers", Area.SERIALIZER);
    }

    /** {@code count} keys, some of them with equal hash codes. */
    static List<String> keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> (i % 2 == 0 ? "Aa" : "BB") + i / 2).toList();
    }

    /** Writes something under each key, another thing in each round. */
    void fill(Collection<String> keys, int round) {
        for (String key : keys) {
            subtask.use(key);
            SplittableRandom random = new SplittableRandom(31L * key.hashCode() + round);
            for (Area area : AREAS) {
                choose(area);
                value.update(random.nextLong());
                document.update(new ArrayList<>(List.of(round, random.nextInt())));
                for (int i = 0; i < 3; i++) {
                    list.add((short) random.nextInt());
                    map.put(random.nextInt(6), random.nextInt(4) == 0 ? null : random.nextDouble());
                    reducing.add(new ArrayList<>(List.of((float) random.nextInt(100))));
                    aggregating.add((char) random.nextInt('a', 'z'));
                }
                timers.add(random.nextLong(-1_000, 1_000), area);
                timers.add(random.nextLong(), area);
            }
        }
    }

    /** Changes, in place where that is allowed, removes and adds. Every entry changes. */
    void change(Collection<String> keys, int round) {
        for (String key : keys) {
            subtask.use(key);
            SplittableRandom random = new SplittableRandom(17L * key.hashCode() - round);
            for (Area area : AREAS) {
                choose(area);
                if (random.nextInt(3) == 0) {
                    remove();
                } else {
                    changeInPlace(random, round);
                }
            }
        }
        changeTimers(keys.size());
    }

    /** The earliest ones come, and every second of them is set again for another time. */
    private void changeTimers(int count) {
        List<Timer<String, Area>> all = takeTimers();
        List<Timer<String, Area>> sorted =
                all.stream()
                        .sorted(
                                Comparator.comparingLong(Timer<String, Area>::time)
                                        .thenComparing(Timer::key)
                                        .thenComparing(Timer::namespace))
                        .toList();
        for (int i = 0; i < sorted.size(); i++) {
            Timer<String, Area> timer = sorted.get(i);
            subtask.use(timer.key());
            if (i >= count) {
                timers.add(timer.time(), timer.namespace());
            } else if (i % 2 == 0) {
                timers.add(timer.time() ^ 1, timer.namespace());
            }
        }
    }

    private void remove() {
        value.clear();
        document.update(null);
        list.update(List.of());
        map.clear();
        reducing.clear();
        aggregating.clear();
    }

    private void changeInPlace(SplittableRandom random, int round) {
        value.update(random.nextLong());
        List<Integer> read = document.value();
        if (read == null) {
            read = new ArrayList<>();
        }
        read.add(round);
        document.update(read);
        if (random.nextBoolean()) {
            list.add((short) round);
        } else {
            list.update(List.of((short) round, (short) random.nextInt()));
        }
        for (Iterator<Map.Entry<Integer, Double>> all = map.iterator(); all.hasNext(); ) {
            Map.Entry<Integer, Double> entry = all.next();
            switch (Math.floorMod(entry.getKey() + round, 3)) {
                case 0 -> all.remove();
                case 1 -> entry.setValue(round / 2.0);
                default -> entry.setValue(null);
            }
        }
        map.put(round + 10, random.nextDouble());
        reducing.add(new ArrayList<>(List.of((float) round)));
        aggregating.add((char) ('A' + round % 26));
    }

    private void choose(Area area) {
        value.setCurrentNamespace(area);
        document.setCurrentNamespace(area);
        list.setCurrentNamespace(area);
        map.setCurrentNamespace(area);
        reducing.setCurrentNamespace(area);
        aggregating.setCurrentNamespace(area);
    }

    /** All that is stored under some keys, and all timers, as text. */
    Content content(Collection<String> keys) {
        Content content = new Content();
        for (String key : keys) {
            if (!subtask.owns(key)) {
                continue;
            }
            subtask.use(key);
            for (Area area : AREAS) {
                choose(area);
                String where = key + " in " + area + ": ";
                put(content, where + "value", value.value());
                put(content, where + "document", document.value());
                put(content, where + "list", list.get());
                Map<Integer, Double> entries = new TreeMap<>();
                map.entries().forEach(e -> entries.put(e.getKey(), e.getValue()));
                put(content, where + "map", entries);
                put(content, where + "reducing", reducing.get());
                put(content, where + "aggregating", aggregating.get());
            }
        }
        for (Timer<String, Area> timer : timers()) {
            content.entries().put(timer.toString(), "");
        }
        return content;
    }

    /** All timers: taken out, and put back. */
    private List<Timer<String, Area>> timers() {
        List<Timer<String, Area>> all = takeTimers();
        for (Timer<String, Area> timer : all) {
            subtask.use(timer.key());
            assertThat(timers.add(timer.time(), timer.namespace()))
                    .as("%s is back", timer)
                    .isTrue();
        }
        return all;
    }

    private List<Timer<String, Area>> takeTimers() {
        List<Timer<String, Area>> all = new ArrayList<>();
        while (!timers.isEmpty()) {
            all.add(timers.poll());
        }
        return all;
    }

    private static void put(Content content, String where, Object what) {
        if (what instanceof Iterable<?> elements) {
            List<Object> copy = new ArrayList<>();
            elements.forEach(copy::add);
            content.entries().put(where, copy.toString());
        } else {
            content.entries().put(where, String.valueOf(what));
        }
    }
}

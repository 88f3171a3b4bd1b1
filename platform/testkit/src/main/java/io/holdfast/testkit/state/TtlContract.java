package io.holdfast.testkit.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.MapState;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.StateKind;
import io.holdfast.api.state.StateTtlConfig;
import io.holdfast.api.state.StateTtlConfig.StateVisibility;
import io.holdfast.api.state.StateTtlConfig.UpdateType;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.testkit.bench.Subtask;
import io.holdfast.testkit.state.EarlierShape.Component;
import io.holdfast.toolkit.expiring.ExpiringStates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * States with a time to live: nobody reads what has expired, in any kind of state, on any backend,
 * before and after restoring; and a time to live may come and go between two runs.
 */
public abstract class TtlContract extends StateContract {
    private static final int TTL = 10;
    private static final StateTtlConfig PLAIN =
            StateTtlConfig.newBuilder(Duration.ofMillis(TTL)).build();
    private static final StateTtlConfig RENEWED =
            StateTtlConfig.newBuilder(Duration.ofMillis(TTL)).updateTtlOnReadAndWrite().build();

    private final AtomicLong clock = new AtomicLong(1_000);

    /** A record as the present program has it. */
    record Note(String text, Integer weight) {}

    private static final Component<Note, String> TEXT =
            new Component<>("text", Serializers.STRING, false, Note::text);
    private static final Serializer<Note> EARLIER_NOTE =
            new EarlierShape<>(Note.class, List.of(TEXT), of -> new Note((String) of[0], null));
    private static final Serializer<Note> NOTE = Serializers.forClass(Note.class);

    /** For subclasses. */
    protected TtlContract() {}

    private MortalStates<String> states(Subtask<String> subtask, StateTtlConfig config) {
        return new MortalStates<>(subtask, clock, Optional.ofNullable(config), Serializers.STRING);
    }

    private MortalStates<String> opened(StateTtlConfig config) {
        MortalStates<String> states = states(open(), config);
        states.use("Aa");
        return states;
    }

    private ExpiringStates<String> statesOfAa() {
        Subtask<String> subtask = open();
        subtask.use("Aa");
        return new ExpiringStates<>(subtask.backend(), clock::get, clock::get);
    }

    private void after(long millis) {
        clock.addAndGet(millis);
    }

    static Stream<Arguments> everyConfig() {
        return Stream.of(StateKind.values())
                .flatMap(
                        kind ->
                                Stream.of(UpdateType.values())
                                        .flatMap(
                                                update ->
                                                        Stream.of(StateVisibility.values())
                                                                .map(
                                                                        visibility ->
                                                                                Arguments.of(
                                                                                        kind,
                                                                                        update,
                                                                                        visibility))));
    }

    @ParameterizedTest
    @MethodSource("everyConfig")
    void whatIsStoredIsReadUntilItsTimeIsOver(
            StateKind kind, UpdateType update, StateVisibility visibility) {
        boolean renewed = update == UpdateType.ON_READ_AND_WRITE;
        boolean seen = visibility == StateVisibility.RETURN_EXPIRED_IF_NOT_CLEANED_UP;
        MortalStates<String> states =
                opened(
                        StateTtlConfig.newBuilder(Duration.ofMillis(TTL))
                                .setUpdateType(update)
                                .setStateVisibility(visibility)
                                .build());
        assertThat(states.read(kind)).as("before the first").isEmpty();
        states.write(kind, "first");
        after(TTL - 1);
        assertThat(states.read(kind)).as("in the last millisecond").containsExactly("first");
        if (renewed) {
            after(TTL - 1);
            assertThat(states.read(kind)).as("renewed by reading").containsExactly("first");
            after(TTL - 1);
        }
        after(1);
        if (seen) {
            assertThat(states.read(kind)).as("not cleaned up").containsExactly("first");
        }
        assertThat(states.read(kind)).as("when the time is over").isEmpty();
        assertThat(states.keys(kind)).as("what was met in reading is gone").isEmpty();
        states.write(kind, "second");
        assertThat(states.read(kind)).as("stored anew").containsExactly("second");
    }

    @ParameterizedTest
    @EnumSource(StateKind.class)
    void writingBeginsTheTimeAnew(StateKind kind) {
        MortalStates<String> states = opened(PLAIN);
        states.write(kind, "first");
        after(TTL - 1);
        states.write(kind, "second");
        after(TTL - 1);
        assertThat(states.read(kind)).containsExactly("second");
        after(1);
        assertThat(states.read(kind)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(StateKind.class)
    void keysExpireEachForItself(StateKind kind) {
        MortalStates<String> states = opened(PLAIN);
        states.write(kind, "older");
        after(TTL / 2);
        states.use("BB").write(kind, "younger");
        after(TTL - TTL / 2);

        assertThat(states.use("BB").read(kind)).containsExactly("younger");
        assertThat(states.use("Aa").read(kind)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(StateKind.class)
    void aKeyIsListedUntilWhatHasExpiredIsMet(StateKind kind) {
        MortalStates<String> states = opened(PLAIN);
        states.write(kind, "older");
        after(TTL / 2);
        states.use("BB").write(kind, "younger");
        after(TTL - TTL / 2);

        assertThat(states.keys(kind)).containsExactlyInAnyOrder("Aa", "BB");
        assertThat(states.keys(kind)).as("listing is not reading").hasSize(2);
        assertThat(states.use("Aa").read(kind)).isEmpty();
        assertThat(states.keys(kind)).containsExactly("BB");
    }

    @ParameterizedTest
    @EnumSource(StateKind.class)
    void whoGoesThroughTheKeysReadsOnlyWhatLives(StateKind kind) {
        MortalStates<String> states = opened(PLAIN);
        List<String> younger = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            states.use("key-" + i).write(kind, "older");
        }
        after(TTL / 2);
        for (int i = 0; i < 200; i += 3) {
            states.use("key-" + i).write(kind, "younger");
            younger.add("key-" + i);
        }
        after(TTL - TTL / 2);

        List<String> seen = new ArrayList<>();
        List<String> living = new ArrayList<>();
        try (CloseableIterator<String> keys =
                states.states().keys(kind.name(), VoidNamespace.INSTANCE)) {
            while (keys.hasNext()) {
                String key = keys.next();
                seen.add(key);
                if (!states.use(key).read(kind).isEmpty()) {
                    living.add(key);
                }
            }
        }
        assertThat(seen).as("each once").hasSize(200).doesNotHaveDuplicates();
        assertThat(living).containsExactlyInAnyOrderElementsOf(younger);
        assertThat(states.keys(kind)).containsExactlyInAnyOrderElementsOf(younger);
    }

    @Test
    void aDefaultIsReadWhereTheValueHasExpired() {
        ExpiringStates<String> states = statesOfAa();
        Namespaced.Value<VoidNamespace, Long> value =
                states.value(
                        new ValueStateDescriptor<>("count", Serializers.LONG, 7L)
                                .withTimeToLive(PLAIN),
                        VoidNamespace.SERIALIZER);
        value.setCurrentNamespace(VoidNamespace.INSTANCE);
        value.update(1L);
        after(TTL);

        assertThat(value.value()).isEqualTo(7L);
        value.update(null);
        assertThat(value.value()).isEqualTo(7L);
    }

    @Test
    void elementsOfAListExpireOneByOne() {
        MortalStates<String> states = opened(PLAIN);
        ListState<String> list = states.list();
        list.add("a");
        after(TTL / 2);
        list.addAll(List.of("b", "c"));
        assertThat(list.get()).containsExactly("a", "b", "c");
        after(TTL - TTL / 2);
        assertThat(list.get()).containsExactly("b", "c");
        list.add("d");
        after(TTL / 2);
        assertThat(list.get()).containsExactly("d");
        assertThatThrownBy(() -> list.add(null)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void readingAListRenewsEachElementIfItCounts() {
        MortalStates<String> states = opened(RENEWED);
        states.list().addAll(List.of("a", "b"));
        after(TTL - 1);
        assertThat(states.list().get()).containsExactly("a", "b");
        states.list().add("c");
        after(TTL - 1);
        assertThat(states.list().get()).containsExactly("a", "b", "c");
    }

    @Test
    void entriesOfAMapExpireOneByOne() {
        MortalStates<String> states = opened(PLAIN);
        MapState<String, String> map = states.map();
        map.put("old", "1");
        map.put("null", null);
        after(TTL / 2);
        Map<String, String> more = new HashMap<>();
        more.put("young", "2");
        more.put("young null", null);
        map.putAll(more);
        assertThat(map.contains("null")).isTrue();
        assertThat(map.keys()).containsExactlyInAnyOrder("old", "null", "young", "young null");
        after(TTL - TTL / 2);

        assertThat(map.isEmpty()).isFalse();
        assertThat(map.get("old")).isNull();
        assertThat(map.contains("old")).isFalse();
        assertThat(map.contains("null")).isFalse();
        assertThat(map.contains("young null")).isTrue();
        assertThat(map.keys()).containsExactlyInAnyOrder("young", "young null");
        assertThat(map.values()).containsExactlyInAnyOrder("2", null);
        after(TTL);
        assertThat(map.isEmpty()).isTrue();
        assertThat(states.keys(StateKind.MAP)).isEmpty();
    }

    @Test
    void iteratorsOfAMapPassOverWhatHasExpiredAndWriteThrough() {
        MortalStates<String> states = opened(PLAIN);
        MapState<String, String> map = states.map();
        for (int i = 0; i < 20; i++) {
            map.put("old " + i, "1");
        }
        after(TTL / 2);
        for (int i = 0; i < 20; i++) {
            map.put("young " + i, "1");
        }
        after(TTL - TTL / 2);

        int seen = 0;
        Iterator<Map.Entry<String, String>> all = map.iterator();
        while (all.hasNext()) {
            Map.Entry<String, String> entry = all.next();
            assertThat(entry.getKey()).startsWith("young");
            if (seen % 3 == 0) {
                assertThat(entry.setValue("2")).isEqualTo("1");
                assertThat(entry.getValue()).isEqualTo("2");
            } else if (seen % 3 == 1) {
                all.remove();
            } else {
                assertThat(all.hasNext()).as("after %d", seen).isEqualTo(seen < 19);
                all.remove();
            }
            seen++;
        }
        assertThat(seen).isEqualTo(20);
        after(TTL - 1);
        assertThat(map.values()).as("those written through entries").hasSize(7).containsOnly("2");
    }

    @Test
    void readingAMapRenewsTheEntriesReadIfItCounts() {
        MortalStates<String> states = opened(RENEWED);
        MapState<String, String> map = states.map();
        map.putAll(Map.of("got", "1", "asked for", "1", "left", "1"));
        after(TTL - 1);
        assertThat(map.get("got")).isEqualTo("1");
        assertThat(map.contains("asked for")).isTrue();
        assertThat(map.isEmpty()).as("reads no entry").isFalse();
        after(1);
        assertThat(map.keys()).containsExactlyInAnyOrder("got", "asked for");
        after(TTL - 1);
        assertThat(map.values()).as("iterating is reading").hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(StateVisibility.class)
    void whatIsAddedAfterwardsBeginsANewCombinationUnlessTheOldOneIsSeen(
            StateVisibility visibility) {
        ExpiringStates<String> states = statesOfAa();
        Namespaced.Reducing<VoidNamespace, Long> sum =
                states.reducing(
                        new ReducingStateDescriptor<>("sum", Long::sum, Long.class)
                                .withTimeToLive(
                                        StateTtlConfig.newBuilder(Duration.ofMillis(TTL))
                                                .setStateVisibility(visibility)
                                                .build()),
                        VoidNamespace.SERIALIZER);
        sum.setCurrentNamespace(VoidNamespace.INSTANCE);
        sum.add(1L);
        after(TTL - 1);
        sum.add(2L);
        assertThat(sum.get()).isEqualTo(3L);
        after(TTL);
        sum.add(4L);
        assertThat(sum.get())
                .isEqualTo(visibility == StateVisibility.NEVER_RETURN_EXPIRED ? 4L : 7L);
    }

    @Test
    void mergingLeavesOutWhatHasExpired() {
        ExpiringStates<String> states = statesOfAa();
        Namespaced.Reducing<Area, Long> sum =
                states.reducing(
                        new ReducingStateDescriptor<>("sum", Long::sum, Long.class)
                                .withTimeToLive(PLAIN),
                        Area.SERIALIZER);
        sum.setCurrentNamespace(Area.ULM);
        sum.add(1L);
        after(TTL / 2);
        sum.setCurrentNamespace(Area.NOWHERE);
        sum.add(2L);
        after(TTL - TTL / 2);

        sum.mergeNamespaces(Area.ULM, List.of(Area.NOWHERE));

        sum.setCurrentNamespace(Area.ULM);
        assertThat(sum.get()).isEqualTo(2L);
        after(TTL / 2);
        assertThat(sum.get()).as("it kept its time").isNull();
    }

    @ParameterizedTest
    @EnumSource(StateKind.class)
    void aClockThatGoesBackMakesNothingExpireEarlier(StateKind kind) {
        MortalStates<String> states = opened(PLAIN);
        states.write(kind, "first");
        clock.addAndGet(-500);
        assertThat(states.read(kind)).containsExactly("first");
        clock.addAndGet(500 + TTL - 1);
        assertThat(states.read(kind)).containsExactly("first");
        after(1);
        assertThat(states.read(kind)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(StateKind.class)
    void theLongestTimeNeverEnds(StateKind kind) {
        MortalStates<String> states =
                opened(StateTtlConfig.newBuilder(Duration.ofMillis(Long.MAX_VALUE)).build());
        states.write(kind, "first");
        clock.set(Long.MAX_VALUE - 1);
        assertThat(states.read(kind)).containsExactly("first");
    }

    @ParameterizedTest
    @EnumSource(StateKind.class)
    void eventTimeBeginsWithTheFirstWatermark(StateKind kind) {
        clock.set(Long.MIN_VALUE);
        MortalStates<String> states =
                opened(StateTtlConfig.newBuilder(Duration.ofMillis(TTL)).useEventTime().build());
        states.write(kind, "first");
        assertThat(states.read(kind)).containsExactly("first");
        clock.set(5_000);
        assertThat(states.read(kind)).as("at the first watermark").containsExactly("first");
        after(TTL - 1);
        assertThat(states.read(kind)).containsExactly("first");
        after(1);
        assertThat(states.read(kind)).isEmpty();
    }

    @EachKind
    void timesSurviveARestore(SnapshotKind snapshot) {
        assumeTaken(snapshot);
        for (StateKind kind : StateKind.values()) {
            MortalStates<String> states = opened(PLAIN);
            states.write(kind, "older");
            after(TTL / 2);
            states.use("BB").write(kind, "younger");
            MortalStates<String> restored = states(restart(states.subtask(), snapshot), PLAIN);
            after(TTL - TTL / 2);
            assertThat(restored.use("Aa").read(kind)).as("older %s", kind).isEmpty();
            assertThat(restored.use("BB").read(kind)).containsExactly("younger");
            after(TTL / 2);
            assertThat(restored.read(kind)).isEmpty();
        }
    }

    @EachKind
    void timesSurviveRescaling(SnapshotKind snapshot) {
        assumeTaken(snapshot);
        MortalStates<String> states = opened(PLAIN);
        for (int i = 0; i < 40; i++) {
            clock.set(2_000 + i);
            states.use("key-" + i).writeEach("text " + i);
        }
        KeyedSnapshotHandle handle = bench.snapshot(states.subtask(), snapshot);
        clock.set(2_000 + 20 + TTL);
        for (int i = 0; i < 2; i++) {
            KeyGroupRange range = KeyGroupRange.of(128, 2, i);
            Subtask<String> subtask =
                    bench.opening(Serializers.STRING).keyGroups(range).from(handle).open();
            MortalStates<String> part = states(subtask, PLAIN);
            for (int j = 0; j < 40; j++) {
                if (subtask.owns("key-" + j)) {
                    for (StateKind kind : StateKind.values()) {
                        assertThat(part.use("key-" + j).read(kind))
                                .as("%s of key-%d", kind, j)
                                .isEqualTo(j <= 20 ? List.of() : List.of("text " + j));
                    }
                }
            }
        }
    }

    @EachKind
    void aStateThatHasContentMayGetATimeToLive(SnapshotKind snapshot) {
        assumeTaken(snapshot);
        for (StateKind kind : StateKind.values()) {
            MortalStates<String> immortal = opened(null);
            immortal.write(kind, "first");
            immortal.map().put("null", null);
            Subtask<String> subtask = restart(immortal.subtask(), snapshot);
            after(1_000);
            MortalStates<String> mortal = states(subtask, PLAIN).use("Aa");
            after(TTL - 1);
            assertThat(mortal.read(kind))
                    .as("%s, since the restore", kind)
                    .containsExactly("first");
            assertThat(mortal.map().contains("null")).isTrue();
            mortal = states(restart(subtask, snapshot), PLAIN).use("Aa");
            assertThat(mortal.read(kind)).as("%s, restored again", kind).containsExactly("first");
            after(1);
            assertThat(mortal.read(kind)).as("%s, a time to live later", kind).isEmpty();
            assertThat(mortal.map().contains("null")).isFalse();
        }
    }

    @EachKind
    void aTimeToLiveMayBeTakenAway(SnapshotKind snapshot) {
        assumeTaken(snapshot);
        for (StateKind kind : StateKind.values()) {
            MortalStates<String> mortal = opened(PLAIN);
            mortal.write(kind, "first");
            mortal.map().put("null", null);
            MortalStates<String> immortal = states(restart(mortal.subtask(), snapshot), null);
            after(10 * TTL);
            assertThat(immortal.use("Aa").read(kind)).as("%s", kind).containsExactly("first");
            assertThat(immortal.map().contains("null")).isTrue();
            assertThat(immortal.map().get("null")).isNull();
            immortal.use("BB").write(kind, "second");
            immortal = states(restart(immortal.subtask(), snapshot), null);
            assertThat(immortal.use("Aa").read(kind)).containsExactly("first");
            assertThat(immortal.use("BB").read(kind)).containsExactly("second");
        }
    }

    @EachKind
    void aTimeToLiveMayBeChanged(SnapshotKind snapshot) {
        assumeTaken(snapshot);
        MortalStates<String> states = opened(PLAIN);
        states.writeEach("first");
        StateTtlConfig longer = StateTtlConfig.newBuilder(Duration.ofMillis(3 * TTL)).build();
        MortalStates<String> changed = states(restart(states.subtask(), snapshot), longer);
        changed.use("Aa");
        after(3 * TTL - 1);
        for (StateKind kind : StateKind.values()) {
            assertThat(changed.read(kind)).containsExactly("first");
        }
        after(1);
        for (StateKind kind : StateKind.values()) {
            assertThat(changed.read(kind)).isEmpty();
        }
    }

    @EachKind
    void aTimeToLiveMayComeGoAndStayWhileTheTypeChanges(SnapshotKind snapshot) {
        assumeTaken(snapshot);
        List<Optional<StateTtlConfig>> both = List.of(Optional.empty(), Optional.of(PLAIN));
        for (Optional<StateTtlConfig> before : both) {
            for (Optional<StateTtlConfig> now : both) {
                MortalStates<Note> earlier =
                        new MortalStates<>(open(), clock, before, EARLIER_NOTE);
                earlier.use("Aa").writeEach(new Note("tea", null));
                MortalStates<Note> present =
                        new MortalStates<>(restart(earlier.subtask(), snapshot), clock, now, NOTE);
                present.use("Aa");
                for (StateKind kind : StateKind.values()) {
                    assertThat(present.read(kind))
                            .as("%s, %s, then %s", kind, before, now)
                            .containsExactly(new Note("tea", null));
                }
                present.use("BB").writeEach(new Note("cake", 3));
                after(TTL);
                for (StateKind kind : StateKind.values()) {
                    assertThat(present.use("BB").read(kind))
                            .as("%s, %s, then %s", kind, before, now)
                            .isEqualTo(now.isPresent() ? List.of() : List.of(new Note("cake", 3)));
                }
            }
        }
    }

    @EachKind
    void anotherTypeIsRefusedWhateverEitherSideHasOfTimesToLive(SnapshotKind snapshot) {
        assumeTaken(snapshot);
        List<Optional<StateTtlConfig>> both = List.of(Optional.empty(), Optional.of(PLAIN));
        for (Optional<StateTtlConfig> before : both) {
            for (Optional<StateTtlConfig> now : both) {
                MortalStates<String> earlier = states(open(), before.orElse(null));
                earlier.use("Aa").writeEach("text");
                Subtask<String> restored = restart(earlier.subtask(), snapshot);

                assertThatThrownBy(
                                () -> new MortalStates<>(restored, clock, now, Serializers.DOUBLE))
                        .as("%s, then %s", before, now)
                        .isInstanceOf(HoldfastException.class)
                        .hasMessageContaining("STATE-3007")
                        .hasMessageContaining("string")
                        .hasMessageContaining("double");
            }
        }
    }

    @Test
    void aStateWithoutATimeToLiveIsTheBackendsOwn() {
        Subtask<String> subtask = open();
        ExpiringStates<String> states =
                new ExpiringStates<>(subtask.backend(), clock::get, clock::get);
        ValueStateDescriptor<Long> descriptor = new ValueStateDescriptor<>("count", Long.class);

        assertThat(states.value(descriptor, VoidNamespace.SERIALIZER))
                .hasSameClassAs(subtask.backend().value(descriptor, VoidNamespace.SERIALIZER));
        assertThat(states.isCleanedIncrementally()).isFalse();
        assertThat(states.isCleanedInBackground()).isFalse();
    }

    @Test
    void askingTwiceGivesTheSameStateAndTwoTimesToLiveAreRefused() {
        ExpiringStates<String> states =
                new ExpiringStates<>(open().backend(), clock::get, clock::get);
        MapStateDescriptor<String, Long> descriptor =
                new MapStateDescriptor<>("map", String.class, Long.class).withTimeToLive(PLAIN);
        Object first = states.map(descriptor, VoidNamespace.SERIALIZER);

        assertThat(states.map(descriptor, VoidNamespace.SERIALIZER)).isSameAs(first);
        assertThatThrownBy(
                        () ->
                                states.map(
                                        descriptor.withTimeToLive(RENEWED),
                                        VoidNamespace.SERIALIZER))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("STATE-3025");
        assertThatThrownBy(
                        () ->
                                states.map(
                                        new MapStateDescriptor<>("map", String.class, Long.class),
                                        VoidNamespace.SERIALIZER))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("STATE-3007");
    }

    @Test
    void iteratingOverAMapSeesWhatHasExpiredOnceIfAllowed() {
        MortalStates<String> states =
                opened(
                        StateTtlConfig.newBuilder(Duration.ofMillis(TTL))
                                .returnExpiredIfNotCleanedUp()
                                .build());
        states.map().putAll(Map.of("a", "1", "b", "2", "c", "3"));
        after(TTL);
        List<String> seen = new ArrayList<>();
        for (Map.Entry<String, String> entry : states.map().entries()) {
            seen.add(entry.getKey());
            if (entry.getKey().equals("b")) {
                entry.setValue("4");
            }
        }
        assertThat(seen).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(states.map().values()).as("what was written meanwhile").containsExactly("4");
    }
}

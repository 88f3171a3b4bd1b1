package io.holdfast.testkit.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.StateKind;
import io.holdfast.api.state.StateTtlConfig;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.Expiry;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.testkit.bench.Subtask;
import io.holdfast.toolkit.expiring.ExpiringStates;
import java.io.DataInput;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What has expired is removed though nobody reads it, and everything else stays. For backends that
 * say that they drop what may be dropped; the others are passed over.
 */
public abstract class TtlCleanUpContract extends StateContract {
    private static final int TTL = 10;
    private static final int KEYS = 300;

    /** As many snapshots in a row. */
    private static final int ROW = 24;

    private final AtomicLong clock = new AtomicLong(1_000);

    /** For subclasses. */
    protected TtlCleanUpContract() {}

    /** Drops nothing. */
    private static final class Never implements Expiry<Long>, Expiry.Cut<Long> {
        @Override
        public Cut<Long> now() {
            return this;
        }

        @Override
        public boolean leftOutOfSnapshots() {
            return false;
        }

        @Override
        public boolean drops(Long value) {
            return false;
        }

        @Override
        public boolean dropsStored(DataInput stored) {
            return false;
        }
    }

    @BeforeEach
    void onlyBackendsThatDrop() {
        try (Subtask<String> subtask = open()) {
            subtask.list(new ListStateDescriptor<>("list", Long.class));
            Assumptions.assumeTrue(
                    subtask.backend().expire("list", new Never()), "the backend drops nothing");
        }
    }

    private static StateTtlConfig.Builder ttl() {
        return StateTtlConfig.newBuilder(Duration.ofMillis(TTL));
    }

    private MortalStates<String> states(Subtask<String> subtask, StateTtlConfig config) {
        return new MortalStates<>(subtask, clock, Optional.of(config), Serializers.STRING);
    }

    /** Half of the keys are older than a time to live, the others younger. */
    private MortalStates<String> half(StateTtlConfig config) {
        MortalStates<String> states = states(open(), config);
        for (int i = 0; i < KEYS; i += 2) {
            states.use("key-" + i).writeEach("older");
        }
        clock.addAndGet(TTL / 2);
        for (int i = 1; i < KEYS; i += 2) {
            states.use("key-" + i).writeEach("younger");
        }
        clock.addAndGet(TTL - TTL / 2);
        return states;
    }

    private static void expectOnlyTheYounger(MortalStates<String> states, StateKind kind) {
        assertThat(states.keys(kind)).as("keys of %s", kind).hasSize(KEYS / 2);
        for (int i = 1; i < KEYS; i += 2) {
            assertThat(states.use("key-" + i).read(kind)).containsExactly("younger");
        }
    }

    @ParameterizedTest
    @EnumSource(StateKind.class)
    void sweepingGoesRoundAndRemovesWhatHasExpired(StateKind kind) {
        MortalStates<String> states = half(ttl().build());
        int sweeps = 1;
        while (!states.subtask().backend().sweep(kind.name(), 7)) {
            assertThat(sweeps++).as("it comes to an end").isLessThan(10 * KEYS);
        }
        assertThat(sweeps).as("it does not do all at once").isGreaterThan(5);
        expectOnlyTheYounger(states, kind);
        clock.addAndGet(TTL);
        while (!states.subtask().backend().sweep(kind.name(), 1_000)) {
            assertThat(sweeps++).isLessThan(10 * KEYS);
        }
        assertThat(states.keys(kind)).as("another time round").isEmpty();
    }

    @Test
    void sweepingLeavesKeyAndNamespacesAsTheyWere() {
        MortalStates<String> states = half(ttl().build());
        states.use("key-1");
        for (StateKind kind : StateKind.values()) {
            while (!states.subtask().backend().sweep(kind.name(), 50)) {
                assertThat(states.read(kind)).containsExactly("younger");
            }
        }
        for (StateKind kind : StateKind.values()) {
            states.write(kind, "changed");
            assertThat(states.read(kind)).containsExactly("changed");
        }
    }

    @Test
    void sweepingRemovesSingleElementsAndEntries() {
        MortalStates<String> states = states(open(), ttl().build());
        states.use("Aa");
        states.list().addAll(List.of("1", "2"));
        states.map().put("old", "1");
        clock.addAndGet(TTL / 2);
        states.list().add("3");
        states.map().put("young", "2");
        clock.addAndGet(TTL - TTL / 2);
        for (StateKind kind : StateKind.values()) {
            while (!states.subtask().backend().sweep(kind.name(), 100)) {}
        }
        clock.addAndGet(-TTL);
        assertThat(states.list().get()).as("as if time went back").containsExactly("3");
        assertThat(states.map().keys()).containsExactly("young");
    }

    @Test
    void everyNamespaceIsSwept() {
        Subtask<String> subtask = open();
        ExpiringStates<String> states =
                new ExpiringStates<>(subtask.backend(), clock::get, clock::get);
        Namespaced.ListOf<Area, String> list =
                states.list(
                        new ListStateDescriptor<>("areas", String.class)
                                .withTimeToLive(ttl().build()),
                        Area.SERIALIZER);
        for (Area area : List.of(Area.ULM, Area.NOWHERE)) {
            for (int i = 0; i < 20; i++) {
                subtask.use("key-" + i);
                list.setCurrentNamespace(area);
                list.add("text");
            }
        }
        clock.addAndGet(TTL);
        while (!subtask.backend().sweep("areas", 10)) {}
        assertThat(subtask.keys("areas", Area.ULM)).isEmpty();
        assertThat(subtask.keys("areas", Area.NOWHERE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(StateKind.class)
    void usingAStateCleansItUpIncrementally(StateKind kind) {
        MortalStates<String> states =
                half(ttl().cleanupIncrementally(5, false).disableCleanupInBackground().build());
        assertThat(states.states().isCleanedIncrementally()).isTrue();
        assertThat(states.states().isCleanedInBackground()).isFalse();
        states.states().betweenRecords();
        for (int i = 0; i < 2 * KEYS; i++) {
            states.states().betweenRecords();
        }
        assertThat(states.states().isCleanedIncrementally()).isTrue();
        for (int i = 0; i < 2 * KEYS; i++) {
            states.use("key-1").read(kind);
            states.states().betweenRecords();
        }
        expectOnlyTheYounger(states, kind);
    }

    @Test
    void recordsCleanUpWhatTheyDoNotTouchIfAsked() {
        MortalStates<String> states =
                half(ttl().cleanupIncrementally(5, true).disableCleanupInBackground().build());
        for (int i = 0; i < 2 * KEYS; i++) {
            states.states().betweenRecords();
        }
        for (StateKind kind : StateKind.values()) {
            expectOnlyTheYounger(states, kind);
        }
    }

    @Test
    void theBackgroundFreesWhatIsNeverTouchedAgainAndRests() {
        MortalStates<String> states = half(ttl().cleanupInBackground(3).build());
        ExpiringStates<String> all = states.states();
        assertThat(all.isCleanedInBackground()).isTrue();
        assertThat(all.nextBackground()).isLessThanOrEqualTo(clock.get());
        int slices = 1;
        while (all.cleanInBackground(2)) {
            assertThat(slices++).isLessThan(50 * KEYS);
        }
        assertThat(slices).isGreaterThan(50);
        for (StateKind kind : StateKind.values()) {
            expectOnlyTheYounger(states, kind);
        }
        assertThat(all.nextBackground()).as("it rests").isGreaterThan(clock.get());
        assertThat(all.cleanInBackground(2)).isFalse();
        clock.set(all.nextBackground() + TTL);
        while (all.cleanInBackground(1_000)) {
            assertThat(slices++).isLessThan(100 * KEYS);
        }
        for (StateKind kind : StateKind.values()) {
            assertThat(states.keys(kind)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SnapshotKind.class,
            names = {"FULL", "CANONICAL"})
    void snapshotsLeaveOutWhatHasExpiredIfAsked(SnapshotKind snapshot) {
        MortalStates<String> states = half(ttl().cleanupFullSnapshot().build());
        states.use("list");
        states.list().add("younger");
        KeyedSnapshotHandle handle = bench.snapshot(states.subtask(), snapshot);
        for (StateKind kind : StateKind.values()) {
            assertThat(states.keys(kind))
                    .as("the working state stays")
                    .hasSize(kind == StateKind.LIST ? KEYS + 1 : KEYS);
        }
        states.subtask().close();
        clock.addAndGet(-TTL);
        MortalStates<String> restored = states(restore(handle), ttl().build());
        for (StateKind kind : StateKind.values()) {
            assertThat(restored.keys(kind))
                    .hasSize(kind == StateKind.LIST ? KEYS / 2 + 1 : KEYS / 2);
            assertThat(restored.use("key-0").read(kind)).as("as if time went back").isEmpty();
            assertThat(restored.use("key-1").read(kind)).containsExactly("younger");
        }
    }

    @EachKind
    void aSnapshotHoldsWhatWasThereThoughItIsSweptMeanwhile(SnapshotKind snapshot) {
        assumeTaken(snapshot);
        MortalStates<String> states = half(ttl().build());
        RunningSnapshot running = bench.begin(states.subtask(), snapshot);
        for (StateKind kind : StateKind.values()) {
            while (!states.subtask().backend().sweep(kind.name(), 50)) {}
            expectOnlyTheYounger(states, kind);
        }
        KeyedSnapshotHandle handle = bench.write(running);
        states.subtask().close();
        clock.addAndGet(-TTL);
        MortalStates<String> restored = states(restore(handle), ttl().build());
        for (StateKind kind : StateKind.values()) {
            assertThat(restored.keys(kind)).hasSize(KEYS);
            assertThat(restored.use("key-0").read(kind)).containsExactly("older");
        }
    }

    @EachKind
    void whatWasSweptStaysAwayAfterARestore(SnapshotKind snapshot) {
        assumeTaken(snapshot);
        MortalStates<String> states = half(ttl().build());
        KeyedSnapshotHandle before = bench.snapshot(states.subtask(), snapshot);
        assertThat(before).isNotNull();
        states.subtask().backend().checkpointCompleted(bench.lastCheckpoint());
        for (StateKind kind : StateKind.values()) {
            while (!states.subtask().backend().sweep(kind.name(), 50)) {}
        }
        MortalStates<String> restored = states(restart(states.subtask(), snapshot), ttl().build());
        for (StateKind kind : StateKind.values()) {
            expectOnlyTheYounger(restored, kind);
        }
        assertThat(restored.subtask().keys("VALUE", VoidNamespace.INSTANCE)).hasSize(KEYS / 2);
    }

    @EachKind
    void whatReplacedSomethingDoesNotUncoverItWhenItHasExpired(SnapshotKind snapshot) {
        assumeTaken(snapshot);
        MortalStates<String> states = states(open(), ttl().cleanupFullSnapshot().build());
        states.use("Aa").writeEach("replaced");
        expectOneOf(immortal(completed(states, snapshot)), List.of(List.of("replaced")));
        states.use("Aa").writeEach("newest");
        clock.addAndGet(TTL);
        List<List<String>> possible = List.of(List.of("newest"), List.of());
        expectOneOf(immortal(completed(states, snapshot)), possible);
        for (StateKind kind : StateKind.values()) {
            while (!states.subtask().backend().sweep(kind.name(), 50)) {}
        }
        expectOneOf(immortal(completed(states, snapshot)), List.of(List.of()));
    }

    /** A complete checkpoint, on which the next one may build. */
    private KeyedSnapshotHandle completed(MortalStates<String> states, SnapshotKind snapshot) {
        KeyedSnapshotHandle handle = bench.snapshot(states.subtask(), snapshot);
        states.subtask().backend().checkpointCompleted(bench.lastCheckpoint());
        return handle;
    }

    /** All that is in a snapshot, expired or not. */
    private MortalStates<String> immortal(KeyedSnapshotHandle handle) {
        return new MortalStates<>(restore(handle), clock, Optional.empty(), Serializers.STRING);
    }

    private static void expectOneOf(MortalStates<String> restored, List<List<String>> possible) {
        for (StateKind kind : StateKind.values()) {
            assertThat(restored.use("Aa").read(kind)).as("%s", kind).isIn(possible);
        }
        restored.subtask().close();
    }

    /** What was written last, and when. */
    private record Latest(String text, long time) {}

    @EachKind
    void eachSnapshotOfARowHoldsWhatWasWrittenLastUnlessItHadExpired(SnapshotKind snapshot) {
        assumeTaken(snapshot);
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("-Dtest.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        MortalStates<String> states = states(open(), ttl().cleanupFullSnapshot().build());
        Map<StateKind, Map<String, Latest>> latest = new EnumMap<>(StateKind.class);
        Stream.of(StateKind.values()).forEach(kind -> latest.put(kind, new TreeMap<>()));
        for (int row = 1; row <= ROW; row++) {
            change(states, latest, random);
            RunningSnapshot running = bench.begin(states.subtask(), snapshot);
            long fixed = clock.get();
            Map<StateKind, Map<String, Latest>> then = new EnumMap<>(StateKind.class);
            latest.forEach((kind, texts) -> then.put(kind, new TreeMap<>(texts)));
            if (random.nextBoolean()) {
                change(states, latest, random);
            }
            MortalStates<String> restored = immortal(bench.write(running));
            then.forEach(
                    (kind, texts) ->
                            texts.forEach(
                                    (key, last) -> {
                                        List<String> read = restored.use(key).read(kind);
                                        if (!read.isEmpty() || last.time() + TTL > fixed) {
                                            assertThat(read)
                                                    .as("seed %d: %s of %s", seed, kind, key)
                                                    .containsExactly(last.text());
                                        }
                                    }));
            restored.subtask().close();
            if (random.nextInt(4) == 0) {
                states.subtask().backend().checkpointAborted(bench.lastCheckpoint());
            } else {
                states.subtask().backend().checkpointCompleted(bench.lastCheckpoint());
            }
        }
    }

    /** Writes some, reads some, sweeps some, while time goes on. */
    private void change(
            MortalStates<String> states,
            Map<StateKind, Map<String, Latest>> latest,
            SplittableRandom random) {
        for (int i = random.nextInt(40); i > 0; i--) {
            StateKind kind = StateKind.values()[random.nextInt(StateKind.values().length)];
            String key = "key-" + random.nextInt(30);
            clock.addAndGet(random.nextInt(3) / 2);
            switch (random.nextInt(8)) {
                case 0 -> states.subtask().backend().sweep(kind.name(), random.nextInt(1, 60));
                case 1 -> states.use(key).read(kind);
                default -> {
                    String text = "text " + random.nextInt();
                    states.use(key).write(kind, text);
                    latest.get(kind).put(key, new Latest(text, clock.get()));
                }
            }
        }
    }
}

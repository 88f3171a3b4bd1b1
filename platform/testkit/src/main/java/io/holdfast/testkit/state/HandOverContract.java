package io.holdfast.testkit.state;

import static io.holdfast.testkit.state.Content.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.LocalFiles;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.testkit.bench.StateBench;
import io.holdfast.testkit.bench.Subtask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A backend hands its state over to a successor of its kind while it stays open: as files, if it
 * gives any, or else in a canonical snapshot. Both have the same content then, and neither learns
 * what the other is told.
 */
public abstract class HandOverContract extends StateContract {
    private static final List<String> KEYS = EveryKind.keys(60);
    private static final List<String> FEW = EveryKind.keys(5);
    private static final KeyGroupRange ALL = new KeyGroupRange(0, StateBench.MAX_PARALLELISM - 1);

    private enum Size {
        SMALL,
        LARGE
    }

    /** For subclasses. */
    protected HandOverContract() {}

    private Subtask<String> filled(List<String> keys) {
        Subtask<String> subtask = open();
        EveryKind states = new EveryKind(subtask);
        states.fill(keys, 1);
        states.change(keys.subList(0, keys.size() / 2), 2);
        return subtask;
    }

    private Subtask<String> successor(Subtask<String> predecessor) {
        return restore(bench.handOver(predecessor));
    }

    private static Content content(Subtask<String> subtask) {
        return new EveryKind(subtask).content(KEYS);
    }

    private Content canonical(Subtask<String> subtask) {
        return CanonicalContent.of(
                bench.snapshots(), List.of(bench.snapshot(subtask, SnapshotKind.CANONICAL)));
    }

    /** Files of a backend that gives some; else the test is skipped. */
    private LocalFiles files(Subtask<String> subtask) {
        Optional<LocalFiles> files =
                bench.localFiles(subtask, bench.freshDirectory().resolve("files"));
        Assumptions.assumeTrue(files.isPresent(), "the backend gives no files");
        return files.get();
    }

    @Test
    void aSuccessorHoldsWhatItsPredecessorHolds() {
        Subtask<String> predecessor = filled(KEYS);
        Content before = content(predecessor);

        Subtask<String> successor = successor(predecessor);

        assertThat(content(successor)).isEqualTo(before).isNotEmpty();
        assertThat(content(predecessor)).as("the predecessor stays usable").isEqualTo(before);
    }

    @Test
    void nothingBecomesNothing() {
        Subtask<String> successor = successor(successor(open()));

        assertThat(content(successor)).isEqualTo(content(open()));
    }

    @Test
    void neitherLearnsWhatTheOtherIsToldLater() {
        Subtask<String> predecessor = filled(KEYS);
        KeyedSnapshotHandle handle = bench.handOver(predecessor);
        Content before = content(predecessor);
        new EveryKind(predecessor).change(KEYS, 3);
        Content ofPredecessor = content(predecessor);

        Subtask<String> successor = restore(handle);
        assertThat(content(successor)).isEqualTo(before);
        new EveryKind(successor).change(KEYS, 4);
        Content ofSuccessor = content(successor);

        assertThat(content(predecessor)).isEqualTo(ofPredecessor).isNotEqualTo(ofSuccessor);
        assertThat(content(successor)).isEqualTo(ofSuccessor).isNotEqualTo(before);
    }

    @Test
    void successorsFollowOneAnother() {
        Subtask<String> subtask = filled(KEYS);
        for (int generation = 0; generation < 5; generation++) {
            new EveryKind(subtask).change(KEYS, generation);
            Content before = content(subtask);

            Subtask<String> next = successor(subtask);
            subtask.close();

            assertThat(content(next)).isEqualTo(before);
            subtask = next;
        }
    }

    @Test
    void statesNobodyAsksForGoAlongAndIntoLaterSnapshots() {
        Subtask<String> first = filled(KEYS);
        Content written = canonical(first);

        Subtask<String> second = successor(first);
        Subtask<String> third = successor(second);

        assertThat(canonical(second)).isEqualTo(written).isNotEmpty();
        assertThat(canonical(third)).isEqualTo(written);
        assertThat(content(third)).isEqualTo(content(first));
    }

    @Test
    void newStatesOfASuccessorAreNotMistakenForOldOnes() {
        Subtask<String> first = filled(FEW);
        Subtask<String> second = successor(first);
        ListStateDescriptor<Integer> added = new ListStateDescriptor<>("added", Integer.class);
        second.use("Aa0");
        second.list(added).add(7);
        Subtask<String> third = successor(second);
        third.use("Aa0");

        assertThat(third.list(added).get()).containsExactly(7);
        assertThat(content(third)).isEqualTo(content(first));
        assertThat(third.keys("value", Area.ULM)).containsAll(FEW.subList(3, 5));
    }

    @Test
    void thePredecessorMayCloseFirst() {
        Subtask<String> predecessor = filled(KEYS);
        Content before = content(predecessor);
        Subtask<String> successor = successor(predecessor);

        predecessor.close();

        assertThat(content(successor)).isEqualTo(before);
        new EveryKind(successor).change(KEYS, 3);
        assertThat(content(restart(successor, SnapshotKind.FULL))).isNotEqualTo(before);
    }

    @Test
    void aSuccessorThatIsGivenUpLeavesThePredecessorAsItWas() {
        Subtask<String> predecessor = filled(KEYS);
        Content before = content(predecessor);
        for (int attempt = 0; attempt < 3; attempt++) {
            Subtask<String> successor = successor(predecessor);
            new EveryKind(successor).change(KEYS, attempt);
            successor.close();

            assertThat(content(predecessor)).isEqualTo(before);
        }
        new EveryKind(predecessor).change(KEYS, 3);
        Content changed = content(predecessor);

        assertThat(content(successor(predecessor))).isEqualTo(changed).isNotEqualTo(before);
    }

    @Test
    void thePredecessorMayBeGoneBeforeTheSuccessorOpens() {
        Subtask<String> predecessor = filled(KEYS);
        Content before = content(predecessor);
        KeyedSnapshotHandle handle = bench.handOver(predecessor);

        predecessor.close();

        assertThat(content(restore(handle))).isEqualTo(before);
    }

    @Test
    void aBackendIsOpenedOnOneThreadAndUsedOnAnother() {
        Subtask<String> predecessor = filled(KEYS);
        Content before = content(predecessor);

        KeyedSnapshotHandle handle = StateBench.await(bench.run(() -> bench.handOver(predecessor)));
        Subtask<String> successor = StateBench.await(bench.run(() -> restore(handle)));

        assertThat(content(successor)).isEqualTo(before);
        Content there = StateBench.await(bench.run(() -> content(successor)));
        assertThat(there).isEqualTo(before);
    }

    @Test
    void aRunningSnapshotIsNotDisturbed() {
        Subtask<String> predecessor = filled(KEYS);
        Content before = content(predecessor);
        RunningSnapshot snapshot = bench.begin(predecessor, SnapshotKind.FULL);
        new EveryKind(predecessor).change(KEYS, 3);
        Content changed = content(predecessor);

        Subtask<String> successor = successor(predecessor);

        assertThat(content(successor)).isEqualTo(changed).isNotEqualTo(before);
        assertThat(content(restore(bench.write(snapshot)))).isEqualTo(before);
    }

    @Test
    void aStateMayComeOutOfTheHandOverWithAnotherType() {
        Serializer<Size> earlier = new EarlierEnum<>(Size.class, List.of("LARGE", "SMALL"));
        ValueStateDescriptor<Size> present = new ValueStateDescriptor<>("value", Size.class);
        Subtask<String> predecessor = open();
        predecessor.use("Aa");
        predecessor.value(new ValueStateDescriptor<>("value", earlier)).update(Size.LARGE);

        Subtask<String> successor = successor(predecessor);
        successor.use("Aa");
        assertThat(successor.value(present).value()).isEqualTo(Size.LARGE);
        Subtask<String> next = successor(successor);
        next.use("Aa");

        assertThat(next.value(present).value()).isEqualTo(Size.LARGE);
    }

    @Test
    void anotherTypeThatDoesNotFitIsRefusedAndTheStateIsKept() {
        Subtask<String> predecessor = filled(FEW);
        Subtask<String> successor = successor(predecessor);

        Throwable refusal =
                catchThrowable(
                        () ->
                                successor
                                        .backend()
                                        .value(
                                                new ValueStateDescriptor<>("value", String.class),
                                                Area.SERIALIZER));

        expectCode(refusal, "STATE-3007");
        assertThat(canonical(successor(successor))).isEqualTo(canonical(predecessor));
    }

    @Test
    void preparingChangesNothing() {
        Subtask<String> predecessor = filled(KEYS);
        Content before = content(predecessor);
        for (int i = 0; i < 10; i++) {
            predecessor.backend().prepareLocalFiles();
        }
        assertThat(content(predecessor)).isEqualTo(before);
        new EveryKind(predecessor).change(KEYS, 3);
        Content changed = content(predecessor);
        predecessor.backend().prepareLocalFiles();

        assertThat(content(successor(predecessor))).isEqualTo(changed);
    }

    @Test
    void aClosedBackendGivesNothing() {
        Subtask<String> subtask = filled(FEW);
        subtask.close();

        Throwable refusal = catchThrowable(() -> bench.handOver(subtask));

        assertThat(refusal).isInstanceOfAny(RuntimeException.class, IOException.class);
    }

    @Test
    void filesOfAFormatNobodyKnowsAreRefusedByName() throws IOException {
        Path directory = Files.createDirectory(bench.freshDirectory().resolve("files"));
        Path file = Files.writeString(directory.resolve("some"), "crystals");

        Throwable refusal = refusal(new LocalFiles(ALL, "crystal/7", directory), ALL);

        expectCode(refusal, "SNAPSHOT-4002");
        assertThat(refusal).hasMessageContaining("crystal/7");
        assertThat(file).as("nobody takes foreign files").hasContent("crystals");
    }

    // Where files are given

    private Throwable refusal(KeyedSnapshotHandle handle, KeyGroupRange keyGroups) {
        return refusal(
                bench.opening(Serializers.STRING)
                        .maxParallelism(StateBench.MAX_PARALLELISM)
                        .keyGroups(keyGroups)
                        .from(handle));
    }

    private static Throwable refusal(StateBench.Opening<?> opening) {
        return catchThrowable(opening::tryOpen);
    }

    private static void expectCode(Throwable refusal, String code) {
        assertThat(refusal).isInstanceOf(HoldfastException.class);
        assertThat(((HoldfastException) refusal).problem().code()).isEqualTo(code);
    }

    @Test
    void filesGoIntoADirectoryThatDidNotExist() {
        Subtask<String> subtask = filled(FEW);
        LocalFiles files = files(subtask);
        Content before = content(subtask);

        Throwable refusal = catchThrowable(() -> bench.localFiles(subtask, files.directory()));

        assertThat(refusal).isInstanceOfAny(UncheckedIOException.class, HoldfastException.class);
        assertThat(content(subtask)).as("stays usable").isEqualTo(before);
        assertThat(content(restore(files))).as("the first ones are whole").isEqualTo(before);
    }

    @Test
    void nothingIsLeftBesideTheDirectory() throws IOException {
        Subtask<String> predecessor = filled(FEW);
        LocalFiles files = files(predecessor);
        Path parent = files.directory().getParent();
        Subtask<String> successor = restore(files);
        predecessor.close();
        successor.close();

        try (Stream<Path> left = Files.list(parent)) {
            assertThat(left).containsOnly(files.directory());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 127, 129, 300})
    void filesOfAnotherMaxParallelismAreRefused(int maxParallelism) {
        Subtask<String> predecessor = filled(FEW);
        LocalFiles files = files(predecessor);

        Throwable refusal =
                refusal(
                        bench.opening(Serializers.STRING)
                                .maxParallelism(maxParallelism)
                                .keyGroups(new KeyGroupRange(0, Math.min(127, maxParallelism - 1)))
                                .from(files));

        assertThat(refusal).isInstanceOf(HoldfastException.class);
        expectStillWhole(predecessor, files);
    }

    @Test
    void filesOfOtherKeyGroupsAreRefused() {
        Subtask<String> predecessor = filled(FEW);
        LocalFiles files = files(predecessor);
        KeyGroupRange half = new KeyGroupRange(0, 63);

        Throwable asked = refusal(files, half);
        Throwable said = refusal(new LocalFiles(half, files.format(), files.directory()), half);

        assertThat(asked).isInstanceOf(HoldfastException.class);
        assertThat(asked).hasMessageContainingAll(ALL.toString(), half.toString());
        assertThat(said).isInstanceOf(HoldfastException.class);
        expectStillWhole(predecessor, files);
    }

    @Test
    void filesOfOtherKeysAreRefused() {
        Subtask<String> predecessor = filled(FEW);
        LocalFiles files = files(predecessor);

        Throwable refusal = refusal(bench.opening(Serializers.LONG).from(files));

        expectCode(refusal, "STATE-3007");
        expectStillWhole(predecessor, files);
    }

    /** What is refused before a file is touched can be opened yet. */
    private void expectStillWhole(Subtask<String> predecessor, LocalFiles files) {
        assertThat(content(restore(files))).isEqualTo(content(predecessor));
    }

    @Test
    void aLaterFormatIsRefused() {
        Subtask<String> predecessor = filled(FEW);
        LocalFiles files = files(predecessor);

        Throwable refusal =
                refusal(new LocalFiles(ALL, files.format() + "0", files.directory()), ALL);

        expectCode(refusal, "SNAPSHOT-4002");
        assertThat(refusal).hasMessageContaining(files.format() + "0");
        expectStillWhole(predecessor, files);
    }

    @Test
    void damagedOrMissingFilesAreNoticedAndThePredecessorGoesOn() throws IOException {
        Subtask<String> predecessor = filled(FEW);
        Content before = content(predecessor);
        LocalFiles whole = files(predecessor);
        int refusals = 0;
        for (Path file : list(whole.directory())) {
            for (String damage : damages(Files.readAllBytes(file)).keySet()) {
                LocalFiles files = files(predecessor);
                refusals += isNoticed(files, file.getFileName(), damage, before) ? 1 : 0;
            }
        }
        assertThat(refusals).as("something was refused").isGreaterThan(3);
        assertThat(content(predecessor)).isEqualTo(before);
        assertThat(content(restore(whole))).isEqualTo(before);
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    /** Other bytes in the place of a file's; null for no file. */
    private static Map<String, byte[]> damages(byte[] sound) {
        Map<String, byte[]> damages = new LinkedHashMap<>();
        damages.put("removed", null);
        damages.put("emptied", new byte[0]);
        damages.put("cut in half", Arrays.copyOf(sound, sound.length / 2));
        damages.put("zeros", new byte[sound.length]);
        SplittableRandom random = new SplittableRandom(sound.length);
        for (int i = 0; i < 2 && sound.length > 0; i++) {
            byte[] flipped = sound.clone();
            flipped[random.nextInt(sound.length)] ^= (byte) (1 << random.nextInt(8));
            damages.put("flipped bit " + i, flipped);
        }
        return damages;
    }

    /**
     * Whether a successor refuses, when it opens or when it reads. If not, it holds exactly what
     * the predecessor does.
     */
    private boolean isNoticed(LocalFiles files, Path name, String damage, Content before)
            throws IOException {
        // Names carry numbers that grow with each hand-over; the kind of file is what counts.
        Path file = sameKind(files.directory(), name.toString());
        byte[] bytes = damages(Files.readAllBytes(file)).get(damage);
        // The predecessor may have the same file under another name.
        Files.delete(file);
        if (bytes != null) {
            Files.write(file, bytes);
        }
        String what = damage + ": " + file.getFileName();
        try (Subtask<String> survivor = bench.opening(Serializers.STRING).from(files).tryOpen()) {
            assertThat(content(survivor)).as(what).isEqualTo(before);
            return false;
        } catch (HoldfastException refusal) {
            assertThat(refusal.problem().category())
                    .as("%s: %s", what, refusal.getMessage())
                    .isEqualTo(Problem.Category.DATA);
            return true;
        }
    }

    private static Path sameKind(Path directory, String name) throws IOException {
        if (Files.exists(directory.resolve(name))) {
            return directory.resolve(name);
        }
        String kind = name.replaceAll("[0-9]+", "");
        return list(directory).stream()
                .filter(file -> file.getFileName().toString().replaceAll("[0-9]+", "").equals(kind))
                .findFirst()
                .orElseThrow();
    }
}

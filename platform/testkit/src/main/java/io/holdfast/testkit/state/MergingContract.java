package io.holdfast.testkit.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.testkit.bench.Subtask;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Namespaces of lists, reducing and aggregating states become one: the target holds everything,
 * after what it held, and the sources nothing.
 */
public abstract class MergingContract extends StateContract {
    private static final Area A = new Area("a", 1);
    private static final Area B = new Area("b", 22);
    private static final Area C = new Area("", 0);
    private static final Area TARGET = new Area("target", Integer.MAX_VALUE);

    /** For subclasses. */
    protected MergingContract() {}

    /** A list, a reducing and an aggregating state that all collect letters. */
    private static final class Letters {
        private final Subtask<String> subtask;
        private final Namespaced.ListOf<Area, Character> list;
        private final Namespaced.Reducing<Area, String> reducing;
        private final Namespaced.Aggregating<Area, Character, String> aggregating;

        Letters(Subtask<String> subtask) {
            this.subtask = subtask;
            list =
                    subtask.backend()
                            .list(
                                    new ListStateDescriptor<>("list", Character.class),
                                    Area.SERIALIZER);
            reducing =
                    subtask.backend()
                            .reducing(
                                    new ReducingStateDescriptor<>(
                                            "reducing", String::concat, Serializers.STRING),
                                    Area.SERIALIZER);
            aggregating =
                    subtask.backend().aggregating(AggregatingStateContract.WORD, Area.SERIALIZER);
        }

        void add(Area area, String letters) {
            list.setCurrentNamespace(area);
            reducing.setCurrentNamespace(area);
            aggregating.setCurrentNamespace(area);
            for (char letter : letters.toCharArray()) {
                list.add(letter);
                reducing.add(String.valueOf(letter));
                aggregating.add(letter);
            }
        }

        void merge(Area target, Area... sources) {
            list.mergeNamespaces(target, List.of(sources));
            reducing.mergeNamespaces(target, List.of(sources));
            aggregating.mergeNamespaces(target, List.of(sources));
        }

        void expect(Area area, String letters) {
            list.setCurrentNamespace(area);
            reducing.setCurrentNamespace(area);
            aggregating.setCurrentNamespace(area);
            StringBuilder listed = new StringBuilder();
            list.get().forEach(listed::append);
            String none = letters.isEmpty() ? null : letters;
            assertThat(listed.toString()).as("list in %s", area).isEqualTo(letters);
            assertThat(reducing.get()).as("reducing in %s", area).isEqualTo(none);
            assertThat(aggregating.get()).as("aggregating in %s", area).isEqualTo(none);
        }

        void expectKeys(Area area, String... keys) {
            for (String state : List.of("list", "reducing", "word")) {
                assertThat(subtask.keys(state, area)).as(state).containsExactlyInAnyOrder(keys);
            }
        }
    }

    @Test
    void theTargetGetsEverythingAfterWhatItHeld() {
        Subtask<String> subtask = open();
        Letters letters = new Letters(subtask);
        subtask.use("Aa");
        letters.add(A, "ab");
        letters.add(TARGET, "x");
        letters.add(B, "c");

        letters.merge(TARGET, A, B);

        letters.expect(TARGET, "xabc");
    }

    @Test
    void sourcesHoldNothingAfterwards() {
        Subtask<String> subtask = open();
        Letters letters = new Letters(subtask);
        subtask.use("Aa");
        letters.add(A, "a");
        letters.add(B, "b");

        letters.merge(TARGET, A, B);

        letters.expect(A, "");
        letters.expect(B, "");
        letters.expectKeys(A);
        letters.expectKeys(B);
        letters.expectKeys(TARGET, "Aa");
    }

    @Test
    void anEmptyTargetGetsTheContentOfTheSources() {
        Subtask<String> subtask = open();
        Letters letters = new Letters(subtask);
        subtask.use("Aa");
        letters.add(C, "c");
        letters.add(A, "a");
        letters.add(B, "b");

        letters.merge(TARGET, C, A, B);

        letters.expect(TARGET, "cab");
    }

    @Test
    void sourcesWithoutContentAddNothing() {
        Subtask<String> subtask = open();
        Letters letters = new Letters(subtask);
        subtask.use("Aa");
        letters.add(B, "b");
        letters.add(TARGET, "x");

        letters.merge(TARGET, A, B, C);

        letters.expect(TARGET, "xb");
    }

    @Test
    void mergingNothingIntoNothingStoresNothing() {
        Subtask<String> subtask = open();
        Letters letters = new Letters(subtask);
        subtask.use("Aa");

        letters.merge(TARGET, A, B);
        letters.merge(TARGET);

        letters.expect(TARGET, "");
        letters.expectKeys(TARGET);
    }

    @Test
    void mergingNoSourcesChangesNothing() {
        Subtask<String> subtask = open();
        Letters letters = new Letters(subtask);
        subtask.use("Aa");
        letters.add(TARGET, "x");

        letters.merge(TARGET);

        letters.expect(TARGET, "x");
    }

    @Test
    void otherKeysAndNamespacesAreNotTouched() {
        Subtask<String> subtask = open();
        Letters letters = new Letters(subtask);
        subtask.use("BB");
        letters.add(A, "p");
        letters.add(TARGET, "q");
        subtask.use("Aa");
        letters.add(A, "a");
        letters.add(B, "b");
        letters.add(C, "c");

        letters.merge(TARGET, A, C);

        letters.expect(B, "b");
        letters.expect(TARGET, "ac");
        subtask.use("BB");
        letters.expect(A, "p");
        letters.expect(TARGET, "q");
    }

    @Test
    void whatIsAddedLaterStaysWhereItIsAdded() {
        Subtask<String> subtask = open();
        Letters letters = new Letters(subtask);
        subtask.use("Aa");
        letters.add(A, "a");
        letters.merge(TARGET, A);

        letters.add(A, "z");
        letters.add(TARGET, "t");

        letters.expect(A, "z");
        letters.expect(TARGET, "at");
    }

    @Test
    void namespacesMergeAgainAndAgain() {
        Subtask<String> subtask = open();
        Letters letters = new Letters(subtask);
        StringBuilder expected = new StringBuilder();
        subtask.use("Aa");
        Area current = new Area("session", 0);
        for (int i = 1; i <= 50; i++) {
            Area next = new Area("session", i);
            char letter = (char) ('a' + i % 26);
            letters.add(current, String.valueOf(letter));
            letters.merge(next, current);
            expected.append(letter);
            current = next;
        }
        letters.expect(current, expected.toString());
        letters.expectKeys(new Area("session", 25));
    }

    @EachKind
    void mergedAndRestoredNamespacesMergeAgain(SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> subtask = open();
        Letters letters = new Letters(subtask);
        subtask.use("Aa");
        letters.add(A, "a");
        letters.add(B, "b");
        letters.add(C, "c");
        letters.merge(A, B);

        Subtask<String> restored = restart(subtask, kind);
        Letters again = new Letters(restored);
        restored.use("Aa");
        again.expect(B, "");
        again.merge(TARGET, A, C);

        again.expect(TARGET, "abc");
    }

    @Test
    void manySourcesMergeAtOnce() {
        Subtask<String> subtask = open();
        Letters letters = new Letters(subtask);
        List<Area> sources = new ArrayList<>();
        StringBuilder expected = new StringBuilder();
        subtask.use("Aa");
        for (int i = 0; i < 200; i++) {
            sources.add(new Area("window", i));
            letters.add(sources.get(i), String.valueOf((char) (i + 'A')));
            expected.append((char) (i + 'A'));
        }

        letters.merge(TARGET, sources.toArray(Area[]::new));

        letters.expect(TARGET, expected.toString());
    }
}

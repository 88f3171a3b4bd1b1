package io.holdfast.testkit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One thing that a job or its engine does. Steps make sense in any order and number, so that a
 * sequence can be shortened: what is not possible just now is passed over.
 *
 * @param action what
 * @param key number of the key, where it matters
 * @param space number of the namespace, where it matters
 * @param a what the action makes of it
 * @param b what the action makes of it
 */
record Step(Action action, int key, int space, int a, int b) {

    /** What a step does, and how often it is chosen. */
    enum Action {
        UPDATE_VALUE(6, "store value [%a, %b]"),
        CHANGE_VALUE(6, "read the value, add %b to it in place, store it"),
        CLEAR_VALUE(2, "clear the value"),
        UPDATE_VALUE_WITH_NULL(1, "store null as value"),
        ADD_TO_LIST(6, "add %b to the list"),
        ADD_ALL_TO_LIST(2, "add %a elements from %b on to the list"),
        UPDATE_LIST(2, "replace the list by %a elements from %b on"),
        CLEAR_LIST(1, "clear the list"),
        PUT_INTO_MAP(8, "put text %b under map key %a"),
        PUT_NULL_INTO_MAP(3, "put null under map key %a"),
        PUT_ALL_INTO_MAP(2, "put texts from %b on under three map keys from %a on"),
        REMOVE_FROM_MAP(4, "remove map key %a"),
        REMOVE_BY_ITERATOR(2, "remove every map key of the parity of %a through the iterator"),
        SET_BY_ITERATOR(2, "set every second map value to text %b through its entry"),
        CLEAR_MAP(1, "clear the map"),
        ADD_TO_REDUCING(6, "add %b to the reducing state"),
        CLEAR_REDUCING(1, "clear the reducing state"),
        ADD_TO_AGGREGATING(6, "add letter %b to the aggregating state"),
        CLEAR_AGGREGATING(1, "clear the aggregating state"),
        MERGE_LISTS(2, "merge the lists of the other namespaces into this one"),
        MERGE_REDUCING(2, "merge the reducing states of the other namespaces into this one"),
        MERGE_AGGREGATING(2, "merge the aggregating states of the other namespaces into this one"),
        ADD_TIMER(8, "add timer %b"),
        REMOVE_TIMER(3, "remove timer %b"),
        POLL_TIMER(5, "poll a timer of subtask %a"),
        LIST_KEYS(2, "list the keys of kind %a"),
        LOOK(1, "look at everything"),
        BEGIN_SNAPSHOT(4, "begin a snapshot of kind %a"),
        WRITE_SNAPSHOT(3, "write running snapshot %a"),
        ABORT_SNAPSHOT(1, "abort running snapshot %a"),
        RESTORE(2, "close everything and restore completed snapshot %a into %b subtasks"),
        RESCALE(2, "write a snapshot of kind %a, close everything and restore it into %b subtasks"),
        HAND_OVER(
                2,
                "open successors of all subtasks; give them up if %a is odd, else their predecessors");

        private final int weight;
        private final String text;

        Action(int weight, String text) {
            this.weight = weight;
            this.text = text;
        }

        boolean isOfOneKey() {
            return compareTo(REMOVE_TIMER) <= 0;
        }
    }

    private static final List<Action> CHOICES = choices();

    private static List<Action> choices() {
        List<Action> choices = new ArrayList<>();
        for (Action action : Action.values()) {
            for (int i = 0; i < action.weight; i++) {
                choices.add(action);
            }
        }
        return List.copyOf(choices);
    }

    static List<Step> random(SplittableRandom random, int count) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(
                    new Step(
                            CHOICES.get(random.nextInt(CHOICES.size())),
                            random.nextInt(Domain.KEYS),
                            random.nextInt(3),
                            random.nextInt(8),
                            random.nextInt(100)));
        }
        return steps;
    }

    /** The step in words, as that of a number in a sequence. */
    <K, N> String describe(int number, Domain<K, N> domain) {
        String what =
                "step %d: %s"
                        .formatted(
                                number + 1,
                                action.text
                                        .replace("%a", String.valueOf(a))
                                        .replace("%b", String.valueOf(b)));
        return action.isOfOneKey()
                ? what
                        + ", key "
                        + Texts.of(domain.key(key))
                        + " in "
                        + Texts.of(domain.namespaces().get(domain.namespaceNumber(space)))
                : what;
    }
}

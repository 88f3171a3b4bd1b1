package io.holdfast.testkit.model;

import io.holdfast.api.state.StateKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One thing that a job or its engine does. Steps make sense in any order and number, so that a
 * sequence can be shortened: what is not possible just now is passed over.
 *
 * @param action what
 * @param number tells it apart from the other steps of its sequence; what it stores bears it
 * @param key number of the key, where it matters
 * @param space number of the namespace, where it matters
 * @param a what the action makes of it
 * @param b what the action makes of it
 */
record Step(Action action, int number, int key, int space, int a, int b) {

    /** What a step does, and how often it is chosen. */
    enum Action {
        UPDATE_VALUE(6, StateKind.VALUE, "store %n as value"),
        CHANGE_VALUE(6, StateKind.VALUE, "read the value, add %n to it, store it"),
        CLEAR_VALUE(2, StateKind.VALUE, "clear the value"),
        UPDATE_VALUE_WITH_NULL(1, StateKind.VALUE, "store null as value"),
        ADD_TO_LIST(6, StateKind.LIST, "add %n to the list"),
        ADD_ALL_TO_LIST(2, StateKind.LIST, "add %a elements %n to the list"),
        UPDATE_LIST(2, StateKind.LIST, "replace the list by %a elements %n"),
        CLEAR_LIST(1, StateKind.LIST, "clear the list"),
        PUT_INTO_MAP(8, StateKind.MAP, "put %n under map key %a"),
        PUT_NULL_INTO_MAP(3, StateKind.MAP, "put null under map key %a"),
        PUT_ALL_INTO_MAP(2, StateKind.MAP, "put %n under three map keys from %a on"),
        REMOVE_FROM_MAP(4, StateKind.MAP, "remove map key %a"),
        REMOVE_BY_ITERATOR(
                2, StateKind.MAP, "remove every map key of the parity of %a through the iterator"),
        SET_BY_ITERATOR(2, StateKind.MAP, "set every even map key to %n through its entry"),
        CLEAR_MAP(1, StateKind.MAP, "clear the map"),
        ADD_TO_REDUCING(6, StateKind.REDUCING, "add %n to the reducing state"),
        CLEAR_REDUCING(1, StateKind.REDUCING, "clear the reducing state"),
        ADD_TO_AGGREGATING(6, StateKind.AGGREGATING, "add %n to the aggregating state"),
        CLEAR_AGGREGATING(1, StateKind.AGGREGATING, "clear the aggregating state"),
        MERGE_LISTS(2, StateKind.LIST, "merge the lists of the other namespaces into this one"),
        MERGE_REDUCING(
                2,
                StateKind.REDUCING,
                "merge the reducing states of the other namespaces into this one"),
        MERGE_AGGREGATING(
                2,
                StateKind.AGGREGATING,
                "merge the aggregating states of the other namespaces into this one"),
        ADD_TIMER(8, null, "add timer %b"),
        REMOVE_TIMER(3, null, "remove timer %b"),
        POLL_TIMER(5, null, "poll a timer of subtask %a"),
        LIST_KEYS(2, null, "list the keys of kind %a"),
        LOOK(1, null, "look at everything"),
        PASS_TIME(6, null, "let %t ms pass"),
        TURN_BACK(2, null, "turn the clock back by %t ms"),
        ADVANCE_WATERMARK(5, null, "advance the watermark by %t ms, or begin with it"),
        SWEEP(3, null, "sweep kind %a for %b entries, or in the background if %b is odd"),
        BEGIN_SNAPSHOT(5, null, "begin a snapshot of kind %a"),
        WRITE_SNAPSHOT(5, null, "write running snapshot %a; tell nobody if %b is below 20"),
        ABORT_SNAPSHOT(3, null, "abort running snapshot %a, when it was written if %b is odd"),
        EVOLVE(4, null, "let kind %a have version %b of its type when the next job restores"),
        EVOLVE_MAP_KEYS(
                2, null, "let map keys have version %b of their type when the next job restores"),
        CHANGE_LIFE(3, null, "let kind %a live for %l when the next job restores"),
        RESTORE(2, null, "close everything and restore completed snapshot %a, as %b says"),
        RESCALE(
                2,
                null,
                "write a snapshot of kind %a, close everything and restore it, as %b says"),
        HAND_OVER(
                1,
                null,
                "open successors of all subtasks; give them up if %a is odd, else their predecessors");

        private final int weight;
        private final StateKind kind;
        private final String text;

        Action(int weight, StateKind kind, String text) {
            this.weight = weight;
            this.kind = kind;
            this.text = text;
        }

        /** The kind of state whose cell of one key it changes; null if it does something else. */
        StateKind kind() {
            return kind;
        }

        /** Whether it makes one cell of those of all namespaces. */
        boolean isMerge() {
            return this == MERGE_LISTS || this == MERGE_REDUCING || this == MERGE_AGGREGATING;
        }

        boolean isOfOneKey() {
            return compareTo(REMOVE_TIMER) <= 0;
        }
    }

    /** By how much a sequence chooses an action more or less often than usual. */
    private static final int[] FACTORS = {0, 1, 1, 2};

    /**
     * Steps of one sequence. Each has its own liking for some kinds of state and some actions, and
     * leaves out others altogether: so steps that all sequences take rarely meet often in some.
     */
    static List<Step> random(SplittableRandom random, int count) {
        List<Action> choices = choices(random);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(
                    new Step(
                            choices.get(random.nextInt(choices.size())),
                            i + 1,
                            oftenFew(random, Domain.KEYS, 2),
                            oftenFew(random, 3, 1),
                            random.nextInt(8),
                            random.nextInt(100)));
        }
        return steps;
    }

    private static List<Action> choices(SplittableRandom random) {
        Map<StateKind, Integer> likings = new EnumMap<>(StateKind.class);
        for (StateKind kind : StateKind.values()) {
            likings.put(kind, factor(random));
        }
        List<Action> choices = new ArrayList<>(List.of(Action.LOOK));
        for (Action action : Action.values()) {
            int liking = action.kind == null ? 1 : likings.get(action.kind);
            for (int i = action.weight * liking * factor(random); i > 0; i--) {
                choices.add(action);
            }
        }
        return choices;
    }

    private static int factor(SplittableRandom random) {
        return FACTORS[random.nextInt(FACTORS.length)];
    }

    /** A number below a bound, in half of all cases a small one: more steps meet each other so. */
    private static int oftenFew(SplittableRandom random, int bound, int few) {
        return random.nextInt(random.nextBoolean() ? few : bound);
    }

    /** How long it is, where it matters. */
    int millis() {
        return Life.PAUSES.get(b % Life.PAUSES.size());
    }

    private String life() {
        return Life.describe(Life.CONFIGS.get(b % Life.CONFIGS.size()));
    }

    /** The step in words, as that of a number in a sequence. */
    <K, N> String describe(int at, Domain<K, N> domain) {
        String what =
                "step %d: %s"
                        .formatted(
                                at + 1,
                                action.text
                                        .replace("%n", "item " + number + "/" + b)
                                        .replace("%a", String.valueOf(a))
                                        .replace("%t", String.valueOf(millis()))
                                        .replace("%l", life())
                                        .replace("%b", String.valueOf(b)));
        return action.isOfOneKey()
                ? what
                        + ", key "
                        + Texts.brief(domain.key(key))
                        + " in "
                        + Texts.brief(domain.namespaces().get(domain.namespaceNumber(space)))
                : what;
    }
}

package io.holdfast.testkit.model;

import io.holdfast.api.state.StateKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a version of the program has in its states.
 *
 * @param types what each kind of state holds; the same in all versions
 * @param versions for each kind, which version of its type
 */
record Program(List<ContentType> types, List<Integer> versions) {
    private static final StateKind[] KINDS = StateKind.values();

    static Program random(SplittableRandom random) {
        List<ContentType> types = new ArrayList<>();
        List<Integer> versions = new ArrayList<>();
        for (StateKind kind : KINDS) {
            List<ContentType> choices =
                    kind == StateKind.LIST || kind == StateKind.MAP
                            ? ContentType.SINGLE
                            : ContentType.ANY;
            ContentType type = choices.get(random.nextInt(choices.size()));
            types.add(type);
            versions.add(random.nextInt(type.shapes().size()));
        }
        return new Program(types, versions);
    }

    /** The kind of state that a number means. */
    static StateKind kind(int number) {
        return KINDS[number % KINDS.length];
    }

    ContentType type(StateKind kind) {
        return types.get(kind.ordinal());
    }

    int version(StateKind kind) {
        return versions.get(kind.ordinal());
    }

    /** The same with another version of one kind's type. */
    Program with(StateKind kind, int version) {
        List<Integer> others = new ArrayList<>(versions);
        others.set(kind.ordinal(), version % type(kind).shapes().size());
        return new Program(types, others);
    }

    /** This program, but with the types of another one where it cannot take over that one's. */
    Program after(Program stored) {
        List<Integer> chosen = new ArrayList<>();
        for (StateKind kind : KINDS) {
            boolean fits = type(kind).takesOver(version(kind), stored.version(kind));
            chosen.add((fits ? this : stored).version(kind));
        }
        return new Program(types, chosen);
    }

    String describe(StateKind kind) {
        return kind + " of " + type(kind).describe(version(kind));
    }

    @Override
    public String toString() {
        List<String> all = new ArrayList<>();
        for (StateKind kind : KINDS) {
            all.add(describe(kind));
        }
        return String.join(", ", all);
    }
}

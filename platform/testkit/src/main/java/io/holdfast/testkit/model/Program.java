package io.holdfast.testkit.model;

import io.holdfast.api.state.StateKind;
import io.holdfast.api.state.StateTtlConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What a version of the program has in its states.
 *
 * @param types what each kind of state holds; the same in all versions
 * @param versions for each kind, which version of its type
 * @param lives for each kind, how long what it holds lives
 * @param mapKeys what the keys of maps are; the same in all versions
 * @param mapKeyVersion which version of their type
 */
record Program(
        List<ContentType> types,
        List<Integer> versions,
        List<Optional<StateTtlConfig>> lives,
        ContentType mapKeys,
        int mapKeyVersion) {
    private static final StateKind[] KINDS = StateKind.values();

    static Program random(SplittableRandom random) {
        List<ContentType> types = new ArrayList<>();
        List<Integer> versions = new ArrayList<>();
        List<Optional<StateTtlConfig>> lives = new ArrayList<>();
        for (StateKind kind : KINDS) {
            List<ContentType> choices =
                    kind == StateKind.LIST || kind == StateKind.MAP
                            ? ContentType.SINGLE
                            : ContentType.ANY;
            ContentType type = choices.get(random.nextInt(choices.size()));
            types.add(type);
            versions.add(random.nextInt(type.shapes().size()));
            lives.add(Life.CONFIGS.get(random.nextInt(Life.CONFIGS.size())));
        }
        ContentType mapKeys = ContentType.KEYS.get(random.nextInt(ContentType.KEYS.size()));
        int mapKeyVersion = random.nextInt(mapKeys.shapes().size());
        return new Program(types, versions, lives, mapKeys, mapKeyVersion);
    }

    /** The kind of state that a number means. */
    static StateKind kind(int number) {
        return KINDS[number % KINDS.length];
    }

    ContentType type(StateKind kind) {
        return types.get(kind.ordinal());
    }

    Optional<StateTtlConfig> life(StateKind kind) {
        return lives.get(kind.ordinal());
    }

    int version(StateKind kind) {
        return versions.get(kind.ordinal());
    }

    /** The same with another version of one kind's type. */
    Program with(StateKind kind, int version) {
        List<Integer> others = new ArrayList<>(versions);
        others.set(kind.ordinal(), version % type(kind).shapes().size());
        return new Program(types, others, lives, mapKeys, mapKeyVersion);
    }

    /** The same with another time to live of one kind. */
    Program withLife(StateKind kind, int number) {
        List<Optional<StateTtlConfig>> others = new ArrayList<>(lives);
        others.set(kind.ordinal(), Life.CONFIGS.get(number % Life.CONFIGS.size()));
        return new Program(types, versions, others, mapKeys, mapKeyVersion);
    }

    /** The same with another version of the type of map keys. */
    Program withMapKeys(int version) {
        return new Program(types, versions, lives, mapKeys, version % mapKeys.shapes().size());
    }

    /** This program, but with the types of another one where it cannot take over that one's. */
    Program after(Program stored) {
        List<Integer> chosen = new ArrayList<>();
        for (StateKind kind : KINDS) {
            boolean fits = type(kind).takesOver(version(kind), stored.version(kind));
            chosen.add((fits ? this : stored).version(kind));
        }
        boolean fits = mapKeys.takesOver(mapKeyVersion, stored.mapKeyVersion);
        return new Program(types, chosen, lives, mapKeys, (fits ? this : stored).mapKeyVersion);
    }

    String describe(StateKind kind) {
        String content = kind + " of " + type(kind).describe(version(kind));
        if (kind == StateKind.MAP) {
            content += " by " + mapKeys.describe(mapKeyVersion);
        }
        return life(kind).isEmpty() ? content : content + " for " + Life.describe(life(kind));
    }

    @Override
    public String toString() {
        List<String> all = new ArrayList<>();
        for (StateKind kind : KINDS) {
            all.add(describe(kind));
        }
        return String.join("; ", all);
    }
}

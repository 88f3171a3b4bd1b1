package io.holdfast.host;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.error.DidYouMean;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.host.isolation.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the registry knows of one provider: made, or failed with the reason. The counter and the
 * flags are guarded by the registry.
 */
final class Entry<F> {
    private final FoundProvider<F> found;
    private final F factory;
    private final Guard guard;
    private final Problem failure;
    final List<String> holders = new ArrayList<>();
    boolean leaving;
    // What it did wrong when it was last called, and whether it must not be called again.
    Problem misconduct;
    boolean barred;
    // Another module of its module's name lies over it.
    boolean covered;
    // The module it came with; null if it was reported by itself.
    FoundModule module;

    private Entry(FoundProvider<F> found, F factory, Guard guard, Problem failure) {
        this.found = found;
        this.factory = factory;
        this.guard = guard;
        this.failure = failure;
    }

    /** Makes the provider and asks it what it is; whatever goes wrong becomes its failure. */
    static <F> Entry<F> of(FoundProvider<F> found, Probe probe, Guard.Conduct conduct) {
        try {
            return probe.call(found.className(), () -> tried(found, probe, conduct));
        } catch (Probe.HangsException e) {
            return failed(
                    found,
                    Set.of(),
                    probe,
                    Problem.bug(
                                    "MODULE-2007",
                                    "A module hangs when it is made: " + e.getMessage() + ".")
                            .with("module", found)
                            .advise("report this to the author of the module")
                            .build());
        } catch (Throwable e) {
            return failed(
                    found, Set.of(), probe, Guard.failure(found, "when it was made", e).build());
        }
    }

    private static <F> Entry<F> tried(FoundProvider<F> found, Probe probe, Guard.Conduct conduct) {
        Set<String> names = new TreeSet<>();
        try {
            return made(found, names, probe, conduct);
        } catch (HoldfastException e) {
            return failed(found, names, probe, e.problem());
        }
    }

    /**
     * Makes the provider and asks it what it is.
     *
     * @throws HoldfastException whatever goes wrong, with its cause
     */
    static <F> Entry<F> made(FoundProvider<F> found, Probe probe) {
        return made(found, new TreeSet<>(), probe, Guard.Conduct.UNOBSERVED);
    }

    private static <F> Entry<F> made(
            FoundProvider<F> found, Set<String> names, Probe probe, Guard.Conduct conduct) {
        ProviderKind<F> kind = found.kind();
        String when = "when it was made";
        try {
            F factory = found.make();
            if (factory == null) {
                throw nonsense(found, "nothing was made");
            }
            when = "when asked for its name";
            names.addAll(checkedNames(found, kind.names(factory)));
            when = "when asked for its options";
            List<ConfigOption<?>> options = checkedOptions(found, kind.options(factory));
            Guard guard = new Guard(found, Set.copyOf(names), options, probe, conduct);
            return new Entry<>(found, kind.guarded(factory, guard), guard, null);
        } catch (HoldfastException e) {
            throw e;
        } catch (Throwable e) {
            throw Guard.failure(found, when, e).exception(e);
        }
    }

    private static <F> Entry<F> failed(
            FoundProvider<F> found, Set<String> names, Probe probe, Problem why) {
        Guard guard =
                new Guard(found, Set.copyOf(names), List.of(), probe, Guard.Conduct.UNOBSERVED);
        return new Entry<>(found, null, guard, why);
    }

    private static Set<String> checkedNames(FoundProvider<?> found, Set<String> names) {
        if (names == null || names.isEmpty()) {
            throw nonsense(found, "it has no name");
        }
        for (String name : new ArrayList<>(names)) {
            if (name == null || name.isBlank()) {
                throw nonsense(found, "its name is empty");
            }
            if (!found.kind().isName(name)) {
                throw nonsense(
                        found,
                        "its name is '" + name + "', which is not lower-case words and dashes");
            }
        }
        return names;
    }

    private static List<ConfigOption<?>> checkedOptions(
            FoundProvider<?> found, List<ConfigOption<?>> options) {
        if (options == null || options.stream().anyMatch(option -> option == null)) {
            throw nonsense(found, "its options are null");
        }
        return List.copyOf(options);
    }

    private static HoldfastException nonsense(FoundProvider<?> found, String what) {
        return Problem.bug("MODULE-2005", "A module says nonsense about itself: " + what + ".")
                .with("module", found)
                .advise("report this to the author of the module")
                .exception();
    }

    FoundProvider<F> found() {
        return found;
    }

    ProviderKind<F> kind() {
        return found.kind();
    }

    /** The guarded factory; null if it failed. */
    F factory() {
        return factory;
    }

    /** As far as they are known, sorted; of a failed provider possibly none. */
    Set<String> names() {
        return guard.names();
    }

    List<ConfigOption<?>> options() {
        return guard.options();
    }

    /** Why it cannot be used. */
    Optional<Problem> failure() {
        return Optional.ofNullable(barred ? misconduct : failure);
    }

    /** Why it cannot be used, or what it did wrong when it was last called. */
    Optional<Problem> complaint() {
        return failure().or(() -> Optional.ofNullable(misconduct));
    }

    boolean usable() {
        return failure == null && !barred && !leaving && !covered;
    }

    /** Whether a configuration means this provider: by one of its names, or by its class. */
    boolean goesBy(String name) {
        return names().contains(name) || found.className().equals(name);
    }

    @Override
    public String toString() {
        return DidYouMean.list(names()) + ": " + found;
    }
}

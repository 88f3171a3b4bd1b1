package io.holdfast.config.profile;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.error.DidYouMean;
import io.holdfast.api.error.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How a configuration is understood. Each part is a rule of the resolver, named after what it does;
 * the profiles differ in their parts only. Immutable.
 *
 * @param id stable name, such as {@code flink-1.20}
 * @param corrected whether the {@link Correction}s hold, among them the checks that Flink does not
 *     make; false for a profile that reproduces a Flink
 * @param merge how layers and spellings make one value
 * @param jobFirst keys of options of which the job's value wins under any spelling, whatever {@code
 *     merge} says, and of which the cluster's value is read even so
 * @param unreadKeys keys that nobody reads; one that ends in a dot stands for all keys below it
 * @param unreadBy keys of options that a storage does not read, by the name of the storage
 * @param readWithBackend keys of options that are read when one of the product's own backends is
 *     made, although it has no use for them yet
 * @param backends names of state backends
 * @param storages names of checkpoint storages
 * @param optionsFactories names of factories of RocksDB's options; words among them mean none
 * @param unnamed the backend where none is named
 * @param legacyBound whether the storage of a legacy backend is the only one that is looked at
 * @param jobReachesCode whether objects set in code are configured with the job's options too, or
 *     with the cluster's alone
 * @param directorySetsStorage whether a checkpoint directory that a program applies to its
 *     environment becomes a storage set in code
 * @param directoryRenamed whether a checkpoint directory that a program applies to its environment
 *     is written under the present key, whatever key it came under
 * @param batchReplaces whether the batch runtime mode replaces backend and storage
 * @param values options whose values are read in an unusual way, by key
 * @param defaults texts that hold where nothing is set, as if they had been set, by key
 */
public record CompatibilityProfile(
        String id,
        boolean corrected,
        Merge merge,
        Set<String> jobFirst,
        Set<String> unreadKeys,
        Map<String, Set<String>> unreadBy,
        Set<String> readWithBackend,
        Names backends,
        Names storages,
        Names optionsFactories,
        Meaning unnamed,
        boolean legacyBound,
        boolean jobReachesCode,
        boolean directorySetsStorage,
        boolean directoryRenamed,
        boolean batchReplaces,
        Map<String, ValueRule> values,
        Map<String, String> defaults) {

    /** The default: Flink 2.3 with legacy names and all corrections. */
    public static final CompatibilityProfile DEFAULT = FlinkProfiles.corrected();

    /** Flink 1.12. */
    public static final CompatibilityProfile FLINK_1_12 = FlinkProfiles.flink112();

    /** Flink 1.20. */
    public static final CompatibilityProfile FLINK_1_20 = FlinkProfiles.flink120();

    /** Flink 2.3. */
    public static final CompatibilityProfile FLINK_2_3 = FlinkProfiles.flink23();

    /** Refuses null parts and copies them. */
    public CompatibilityProfile {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(merge, "merge");
        jobFirst = Set.copyOf(jobFirst);
        unreadKeys = Set.copyOf(unreadKeys);
        unreadBy = Map.copyOf(unreadBy);
        readWithBackend = Set.copyOf(readWithBackend);
        Objects.requireNonNull(backends, "backends");
        Objects.requireNonNull(storages, "storages");
        Objects.requireNonNull(optionsFactories, "optionsFactories");
        Objects.requireNonNull(unnamed, "unnamed");
        values = Map.copyOf(values);
        defaults = Map.copyOf(defaults);
    }

    /**
     * All profiles.
     *
     * @return the default one first
     */
    public static List<CompatibilityProfile> all() {
        return List.of(DEFAULT, FLINK_1_12, FLINK_1_20, FLINK_2_3);
    }

    /**
     * A profile by its name.
     *
     * @param id in any case, blanks around it are dropped
     * @return the profile
     * @throws io.holdfast.api.error.HoldfastException {@code CONFIG-1050} if there is none
     */
    public static CompatibilityProfile named(String id) {
        String plain = id.strip().toLowerCase(Locale.ROOT);
        List<String> ids = all().stream().map(CompatibilityProfile::id).toList();
        return all().stream()
                .filter(profile -> profile.id().equals(plain))
                .findFirst()
                .orElseThrow(
                        () ->
                                Problem.user(
                                                "CONFIG-1050",
                                                "No compatibility profile named '"
                                                        + id
                                                        + "'."
                                                        + DidYouMean.question(plain, ids))
                                        .with("possible", DidYouMean.list(ids))
                                        .advise("correct the name of the profile")
                                        .exception());
    }

    /**
     * Whether a key means anything to this profile.
     *
     * @param key any key
     * @return false if nobody reads it
     */
    public boolean reads(String key) {
        if (unreadKeys.isEmpty()) {
            return true;
        }
        if (unreadKeys.contains(key)) {
            return false;
        }
        for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
            if (unreadKeys.contains(key.substring(0, dot + 1))) {
                return false;
            }
        }
        return true;
    }

    /**
     * How the values of an option are read.
     *
     * @param key the option's present key
     * @return the rule
     */
    public ValueRule rule(String key) {
        return values.getOrDefault(key, ValueRule.USUAL);
    }

    /**
     * Whether a check of an option is made for values from files.
     *
     * @param check the check
     * @return true unless this profile reproduces a Flink that does not make it
     */
    public boolean asks(ConfigOption.Check<?> check) {
        return corrected || !check.beyondFlink();
    }

    /**
     * What this profile's Flink is to the default profile: the same without corrections.
     *
     * @return the profile that corrections are differences from; empty for a Flink profile
     */
    public Optional<CompatibilityProfile> differsFrom() {
        return corrected ? Optional.of(FLINK_2_3) : Optional.empty();
    }

    /** The id. */
    @Override
    public String toString() {
        return id;
    }
}

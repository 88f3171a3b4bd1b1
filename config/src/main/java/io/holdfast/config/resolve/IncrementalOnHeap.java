package io.holdfast.config.resolve;

import static io.holdfast.api.config.CheckpointingOptions.INCREMENTAL_CHECKPOINTS;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.config.profile.CompatibilityProfile;
import io.holdfast.config.profile.Correction;
import io.holdfast.config.resolve.Explanation.Decision;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Incremental checkpoints of a backend on the heap: Flink has none, and takes whole ones without a
 * word.
 */
final class IncrementalOnHeap {
    private static final Set<String> ON_THE_HEAP =
            Set.of("hashmap", "legacy-memory", "legacy-filesystem");

    private final CompatibilityProfile profile;
    private final Optional<Found> asked;

    IncrementalOnHeap(
            CompatibilityProfile profile,
            LayerStack stack,
            EffectiveConfiguration configuration,
            String backend) {
        this.profile = profile;
        this.asked =
                ON_THE_HEAP.contains(backend) && isOn(configuration)
                        ? stack.find(INCREMENTAL_CHECKPOINTS)
                        : Optional.empty();
    }

    /** What cannot be read is told elsewhere. */
    private static boolean isOn(EffectiveConfiguration configuration) {
        try {
            return configuration.getOptional(INCREMENTAL_CHECKPOINTS).orElse(false);
        } catch (HoldfastException e) {
            return false;
        }
    }

    /** The options that have no effect. */
    Set<String> unread() {
        return asked.isPresent() && !profile.corrected()
                ? Set.of(INCREMENTAL_CHECKPOINTS.key())
                : Set.of();
    }

    /** That they are taken, if Flink would not. */
    Optional<Decision> decision() {
        return asked.filter(found -> profile.corrected())
                .map(
                        found ->
                                new Decision(
                                        "checkpoints",
                                        "incremental",
                                        Shown.setting(INCREMENTAL_CHECKPOINTS, found.entry()),
                                        List.of(Correction.INCREMENTAL_ON_HEAP)));
    }

    /** That they are not taken, as by Flink. */
    Optional<Problem> warning() {
        return asked.filter(found -> !profile.corrected())
                .map(
                        found ->
                                Problem.user(
                                                "CONFIG-1035",
                                                "Checkpoints on the heap are whole ones in %s."
                                                        .formatted(profile.id()))
                                        .with(
                                                "set by",
                                                Shown.setting(
                                                        INCREMENTAL_CHECKPOINTS, found.entry()))
                                        .advise(
                                                "leave the profile out: this backend takes incremental"
                                                        + " checkpoints")
                                        .build());
    }
}

package io.holdfast.backend.hashmap;

import io.holdfast.api.error.DidYouMean;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import java.util.Collection;

/** What this backend refuses, in words. */
final class Refusals {
    private Refusals() {}

    static HoldfastException notOwned(String owner, Object key, int keyGroup, KeyGroupRange range) {
        return Problem.bug(
                        "STATE-3006",
                        "Key group %d is not owned by '%s'.".formatted(keyGroup, owner))
                .with("owned", range)
                .with("type of key", key == null ? "null" : key.getClass().getName())
                .advise(
                        "check that hashCode() of the key depends on its content alone and is the same in every JVM")
                .exception();
    }

    static HoldfastException closed(String owner) {
        return Problem.bug("STATE-3016", "The state of '" + owner + "' is closed.").exception();
    }

    /** One of the job's types does not fit what was restored or asked for before. */
    static HoldfastException mismatch(
            String owner, String what, Object present, Object wanted, String reason) {
        Problem.Builder problem =
                Problem.user(
                                "STATE-3007",
                                "%s of '%s' does not fit what there is.".formatted(what, owner))
                        .with("present", present)
                        .with("wanted", wanted);
        if (!reason.isEmpty()) {
            problem.with("reason", reason);
        }
        return problem.advise(
                        "keep kind and type, or give the new state another name, or restore a checkpoint that fits")
                .exception();
    }

    static HoldfastException otherMaxParallelism(
            String owner, KeyedSnapshotHandle handle, int written, int wanted) {
        return Problem.user(
                        "STATE-3010",
                        "A snapshot of '%s' has max parallelism %d, but the job has %d."
                                .formatted(owner, written, wanted))
                .with("key groups", handle.keyGroups())
                .advise("set the max parallelism to " + written + "; it can never change")
                .exception();
    }

    static HoldfastException heldTwice(String owner, KeyedSnapshotHandle handle, int keyGroup) {
        return Problem.data(
                        "STATE-3011",
                        "Key group %d of '%s' is in two snapshots that are to be restored."
                                .formatted(keyGroup, owner))
                .with("second one", handle.keyGroups())
                .advise("restore another checkpoint, and report the one that is like this")
                .exception();
    }

    static HoldfastException unreadable(
            String owner, String state, int keyGroup, String types, String what, Throwable cause) {
        return Problem.data(
                        "STATE-3012",
                        "An entry of state '%s' of '%s' in key group %d cannot be read: %s"
                                .formatted(state, owner, keyGroup, what))
                .with("stored as", types)
                .advise(
                        "check the serializers of key, namespace and value; else restore another checkpoint")
                .exception(cause);
    }

    static HoldfastException unwritable(
            String owner, String state, int keyGroup, String types, Throwable cause) {
        return Problem.user(
                        "STATE-3013",
                        "An entry of state '%s' of '%s' in key group %d cannot be written: %s"
                                .formatted(state, owner, keyGroup, cause))
                .with("written as", types)
                .advise(
                        "check its serializers, and that no stored object is changed later than between reading and storing it")
                .exception(cause);
    }

    static HoldfastException unknownState(String owner, String name, Collection<String> known) {
        return Problem.user(
                        "STATE-3014",
                        "'%s' has no state named '%s'.%s"
                                .formatted(owner, name, DidYouMean.question(name, known)))
                .with("asked for", DidYouMean.list(known))
                .advise("ask for the state with its descriptor first")
                .exception();
    }

    static HoldfastException nothingChosen(String owner, String state, String what) {
        return Problem.bug(
                        "STATE-3015",
                        "State '%s' of '%s' was used before a %s was chosen."
                                .formatted(state, owner, what))
                .exception();
    }

    static HoldfastException functionFailed(String owner, String state, Exception cause) {
        return Problem.user(
                        "STATE-3017",
                        "The function of state '%s' of '%s' failed: %s"
                                .formatted(state, owner, cause))
                .exception(cause);
    }

    static HoldfastException nullElement(String owner, String state) {
        return Problem.user(
                        "STATE-3018",
                        "State '%s' of '%s' cannot take null.".formatted(state, owner))
                .advise("leave the element out, or store something that stands for it")
                .exception();
    }
}

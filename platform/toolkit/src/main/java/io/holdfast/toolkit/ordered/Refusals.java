package io.holdfast.toolkit.ordered;

import io.holdfast.api.error.DidYouMean;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.SnapshotKind;
import java.util.Collection;

/** What the backend says no to, and why. Names the owner of the state in every message. */
record Refusals(String owner) {

    HoldfastException notOwned(Object key, int keyGroup, KeyGroupRange owned) {
        return Problem.bug(
                        "STATE-3006", "Key group %d is not one of '%s'.".formatted(keyGroup, owner))
                .with("owned", owned)
                .with("type of the key", key.getClass().getName())
                .advise(
                        "check that hashCode() of the key depends on its content alone and is the same in every JVM")
                .exception();
    }

    HoldfastException closed() {
        return Problem.bug("STATE-3016", "The state of '" + owner + "' is closed.").exception();
    }

    HoldfastException mismatch(String what, Object present, Object wanted, String reason) {
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

    HoldfastException otherMaxParallelism(KeyedSnapshotHandle handle, int written, int wanted) {
        return Problem.user(
                        "STATE-3010",
                        "A snapshot of '%s' has max parallelism %d, but the job has %d."
                                .formatted(owner, written, wanted))
                .with("key groups", handle.keyGroups())
                .advise("set the max parallelism to " + written + "; it can never change")
                .exception();
    }

    HoldfastException heldTwice(KeyedSnapshotHandle handle, int keyGroup) {
        return Problem.data(
                        "STATE-3011",
                        "Key group %d of '%s' is in two snapshots that are to be restored."
                                .formatted(keyGroup, owner))
                .with("second one", handle.keyGroups())
                .advise("restore another checkpoint, and report the one that is like this")
                .exception();
    }

    HoldfastException unreadable(String state, Exception cause) {
        return Problem.data(
                        "STATE-3012",
                        "An entry of state '%s' of '%s' cannot be read: %s"
                                .formatted(state, owner, cause))
                .advise(
                        "check the serializers of key, namespace and value; else restore another checkpoint")
                .exception(cause);
    }

    HoldfastException unwritable(String state, Exception cause) {
        return Problem.user(
                        "STATE-3013",
                        "An entry of state '%s' of '%s' cannot be written: %s"
                                .formatted(state, owner, cause))
                .advise("check the serializers of key, namespace and value")
                .exception(cause);
    }

    HoldfastException unknownState(String name, Collection<String> known) {
        return Problem.user(
                        "STATE-3014",
                        "'%s' has no state named '%s'.%s"
                                .formatted(owner, name, DidYouMean.question(name, known)))
                .with("asked for", DidYouMean.list(known))
                .advise("ask for the state with its descriptor first")
                .exception();
    }

    HoldfastException nothingChosen(String state, String what) {
        return Problem.bug(
                        "STATE-3015",
                        "State '%s' of '%s' was used before a %s was chosen."
                                .formatted(state, owner, what))
                .exception();
    }

    HoldfastException functionFailed(String state, Exception cause) {
        return Problem.user(
                        "STATE-3017",
                        "The function of state '%s' of '%s' failed: %s"
                                .formatted(state, owner, cause))
                .exception(cause);
    }

    HoldfastException nullElement(String state) {
        return Problem.user(
                        "STATE-3018",
                        "State '%s' of '%s' cannot take null.".formatted(state, owner))
                .advise("leave the element out, or store something that stands for it")
                .exception();
    }

    HoldfastException unknownKind(SnapshotKind kind) {
        return Problem.bug(
                        "STATE-3019",
                        "The backend of '%s' takes no snapshot of kind %s.".formatted(owner, kind))
                .with("possible", "FULL, CANONICAL")
                .exception();
    }

    HoldfastException tooManyStates(int possible) {
        return Problem.user(
                        "STATE-3020", "'%s' has more than %d states.".formatted(owner, possible))
                .advise("use fewer states, or map states with the names as map keys")
                .exception();
    }
}

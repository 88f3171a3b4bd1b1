package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.api.error.DidYouMean;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.LocalFiles;
import io.holdfast.spi.snapshot.SnapshotKind;
import java.util.Collection;

/** What this backend refuses, in words. */
final class Refusals {
    private Refusals() {}

    static HoldfastException notOwned(String owner, Object key, int keyGroup, KeyGroupRange range) {
        return Problem.bug(
                        "STATE-3006",
                        "Key group %d is not owned by '%s'.".formatted(keyGroup, owner))
                .with("owned", range)
                .with("type of key", key.getClass().getName())
                .advise(
                        "check that hashCode() of the key depends on its content alone and is the"
                                + " same in every JVM")
                .exception();
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
                        "keep kind and type, or give the new state another name, or restore a"
                                + " checkpoint that fits")
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

    static HoldfastException unknownFiles(String owner, LocalFiles files, String known) {
        return Problem.data(
                        "SNAPSHOT-4002",
                        "The files that '%s' is to go on with are of format '%s'."
                                .formatted(owner, files.format()))
                .with("directory", files.directory())
                .with("possible", known)
                .advise(
                        "hand the state over in a canonical snapshot, or go on with the backend"
                                + " that made the files")
                .exception();
    }

    static HoldfastException filesOfOthers(String owner, LocalFiles files, KeyGroupRange wanted) {
        return Problem.bug(
                        "STATE-3117",
                        "The files that '%s' is to go on with hold other key groups than its own."
                                .formatted(owner))
                .with("directory", files.directory())
                .with("held", files.keyGroups())
                .with("wanted", wanted)
                .advise("restore a snapshot, which can be cut into other key groups")
                .exception();
    }

    static HoldfastException damagedFiles(String owner, LocalFiles files, String found) {
        return Problem.data(
                        "SNAPSHOT-4001",
                        "The files that '%s' is to go on with are damaged.".formatted(owner))
                .with("directory", files.directory())
                .with("found", found)
                .advise("go on with the backend that made them, or restore the last checkpoint")
                .exception();
    }

    static HoldfastException unreadable(String owner, String state, Throwable cause) {
        return Problem.data(
                        "STATE-3012",
                        "An entry of state '%s' of '%s' cannot be read: %s"
                                .formatted(state, owner, cause))
                .advise(
                        "check the serializers of key, namespace and value; else restore another"
                                + " checkpoint")
                .exception(cause);
    }

    static HoldfastException unwritable(String owner, String state, Throwable cause) {
        return Problem.user(
                        "STATE-3013",
                        "An entry of state '%s' of '%s' cannot be written: %s"
                                .formatted(state, owner, cause))
                .advise("check the serializers of key, namespace and value")
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

    static HoldfastException unknownKind(String owner, SnapshotKind kind) {
        return Problem.bug(
                        "STATE-3019",
                        "The rocksdb backend of '%s' takes no snapshot of kind %s."
                                .formatted(owner, kind))
                .with("possible", "FULL, CANONICAL")
                .exception();
    }

    static HoldfastException tooLarge(
            String owner, String state, Object key, long bytes, int limit) {
        return Problem.user(
                        "STATE-3116",
                        "State '%s' of '%s' would get an entry of %d bytes."
                                .formatted(state, owner, bytes))
                .with("possible", limit + " bytes for one value or one list")
                .with("key", shortened(String.valueOf(key)))
                .advise(
                        "keep less under one key: a map state has an entry for each map key, and a"
                                + " window or a timer can clear what is old")
                .exception();
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}

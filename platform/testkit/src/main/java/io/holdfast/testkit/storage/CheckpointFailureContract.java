package io.holdfast.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.storage.CheckpointStore;
import io.holdfast.spi.storage.CheckpointWrite;
import io.holdfast.spi.storage.StoredCheckpoint;
import io.holdfast.testkit.filesystem.FaultyFileSystem;
import io.holdfast.testkit.filesystem.FaultyFileSystem.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What every checkpoint storage that writes files must do when files fail it: every operation on
 * the file system is made to fail, and the process is made to die at every one, in turn. A module
 * proves it by extending this class.
 */
public abstract class CheckpointFailureContract extends StorageFixture {
    private static final int MANY = 10_000;

    /** For subclasses. */
    protected CheckpointFailureContract() {}

    private SampleCheckpoint sample(long id) {
        return new SampleCheckpoint(seed + id, 10, 40_000, 50_000, 0);
    }

    private StoredCheckpoint publish(CheckpointStore store, long id) throws IOException {
        try (CheckpointWrite write = store.begin(id)) {
            return sample(id).publish(write);
        }
    }

    private static void assertAllWhole(CheckpointStore store) throws IOException {
        for (StoredCheckpoint each : store.published()) {
            assertThat(SampleCheckpoint.damage(store, each)).isEmpty();
        }
    }

    @Test
    void anyFailureLeavesNothingAndTheNextCheckpointWorks() throws IOException {
        int spoiled = 0;
        for (int k = 1; k < MANY; k++) {
            FaultyFileSystem files = new FaultyFileSystem(newFileSystem());
            CheckpointStore store = open(storage(), "fails-" + k, files);
            StoredCheckpoint first = publish(store, 1);
            Set<String> before = allFiles();
            files.arm(Fault.FAILS_ONCE, k);
            try {
                publish(store, 2);
                assertThat(files.injected()).as("no failure is passed over").isZero();
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("injected into operation " + k);
                assertThat(allFiles()).as("failure at operation %d", k).isEqualTo(before);
                assertThat(store.published()).containsExactly(first);
                assertThat(SampleCheckpoint.damage(store, publish(store, 3))).isEmpty();
                spoiled++;
            }
            boolean done = files.injected() == 0;
            files.disarm();
            store.close();
            if (done) {
                break;
            }
        }
        assertThat(spoiled).as("operations that were made to fail").isBetween(5, MANY - 2);
    }

    @Test
    void aDiskThatStaysFullHurtsNoEarlierCheckpoint() throws IOException {
        int spoiled = 0;
        for (int k = 1; k < MANY; k++) {
            FaultyFileSystem files = new FaultyFileSystem(newFileSystem());
            CheckpointStore store = open(storage(), "full-" + k, files);
            StoredCheckpoint first = publish(store, 1);
            files.arm(Fault.FAILS_FROM_THEN_ON, k);
            boolean failed = !attempt(store, 2) | !attempt(store, 3);
            boolean done = files.injected() == 0;
            assertThat(failed).isEqualTo(!done);
            files.disarm();
            assertThat(store.published()).contains(first);
            assertAllWhole(store);
            assertThat(SampleCheckpoint.damage(store, publish(store, 4))).isEmpty();
            store.close();
            spoiled += failed ? 1 : 0;
            if (done) {
                break;
            }
        }
        assertThat(spoiled).isBetween(5, MANY - 2);
    }

    private boolean attempt(CheckpointStore store, long id) {
        try {
            publish(store, id);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aFailureToOpenLeavesTheJobToOthers() throws IOException {
        open(storage(), "opens", newFileSystem()).close();
        int spoiled = 0;
        for (int k = 1; k < MANY; k++) {
            FaultyFileSystem files = new FaultyFileSystem(newFileSystem());
            files.arm(Fault.FAILS_ONCE, k);
            try {
                open(storage(), "opens", files).close();
            } catch (IOException e) {
                spoiled++;
            }
            assertThatCode(() -> open(storage(), "opens", newFileSystem()).close())
                    .as("after a failure at operation %d", k)
                    .doesNotThrowAnyException();
            if (files.injected() == 0) {
                break;
            }
        }
        assertThat(spoiled).isBetween(2, MANY - 2);
    }

    @Test
    void aFailureToDiscardCanBeRepeated() throws IOException {
        for (int k = 1; k < MANY; k++) {
            FaultyFileSystem files = new FaultyFileSystem(newFileSystem());
            CheckpointStore store = open(storage(), "discards-" + k, files);
            StoredCheckpoint one = publish(store, 1);
            StoredCheckpoint two = publish(store, 2);
            files.arm(Fault.FAILS_ONCE, k);
            boolean failed = false;
            try {
                store.discard(one);
            } catch (IOException e) {
                failed = true;
            }
            boolean done = files.injected() == 0;
            assertThat(failed).isEqualTo(!done);
            files.disarm();
            assertAllWhole(store);
            store.discard(one);
            assertThat(store.published()).containsExactly(two);
            assertAllWhole(store);
            store.close();
            if (done) {
                assertThat(k).isGreaterThan(1);
                return;
            }
        }
        throw new AssertionError("discarding takes for ever");
    }

    @Test
    void deathAtAnyMomentKeepsWhatWasPublishedAndNoRubbish() throws IOException {
        for (Fault fault : List.of(Fault.DIES_BEFORE, Fault.DIES_AFTER)) {
            int deaths = 0;
            for (int k = 1; k < MANY; k++) {
                String job = "dies-" + fault.name().toLowerCase(Locale.ROOT) + "-" + k;
                if (!dies(job.replace('_', '-'), fault, k)) {
                    break;
                }
                deaths++;
            }
            assertThat(deaths).as("%s", fault).isBetween(10, MANY - 2);
        }
    }

    /** A life that ends at the k-th operation, and the next one. */
    private boolean dies(String job, Fault fault, int k) throws IOException {
        FaultyFileSystem files = new FaultyFileSystem(newFileSystem());
        files.arm(fault, k);
        List<StoredCheckpoint> acknowledged = new ArrayList<>();
        try {
            CheckpointStore store = storage().open(job, only(files));
            acknowledged.add(publish(store, 1));
            acknowledged.add(publish(store, 2));
            StoredCheckpoint first = acknowledged.get(0);
            acknowledged.remove(first);
            store.discard(first);
            store.close();
        } catch (IOException e) {
            assertThat(files.injected()).isEqualTo(1);
        }
        boolean died = files.injected() == 1;
        CheckpointStore next = open(storage(), job);
        String what = "%s at operation %d".formatted(fault, k);
        assertThat(next.published()).as(what).containsAll(acknowledged);
        assertAllWhole(next);
        assertNoRubbish(next, job, what);
        StoredCheckpoint later = publish(next, 7);
        assertThat(next.published()).as(what).startsWith(later);
        assertThat(SampleCheckpoint.damage(next, later)).as(what).isEmpty();
        next.close();
        return died;
    }

    // Streams in the directory of shared ones are for the engine to sweep: it knows the references.
    private void assertNoRubbish(CheckpointStore store, String job, String what)
            throws IOException {
        Set<String> known = new TreeSet<>();
        for (StoredCheckpoint each : store.published()) {
            String home = each.directory().orElseThrow().getPath() + "/";
            known.add(home);
            known.add(home + "_metadata");
            for (StreamHandle handle : SampleCheckpoint.handles(each)) {
                if (handle instanceof StreamHandle.InFile file
                        && file.scope() == SnapshotScope.EXCLUSIVE) {
                    known.add(file.file().getPath());
                }
            }
        }
        Set<String> found = allFiles();
        found.removeIf(path -> !path.contains("/" + job + "/chk-"));
        assertThat(found).as(what).isEqualTo(known);
    }
}

package io.holdfast.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.spi.filesystem.DurableOutput;
import io.holdfast.spi.filesystem.FileInfo;
import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.spi.filesystem.SeekableInput;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.storage.CheckpointStore;
import io.holdfast.spi.storage.CheckpointWrite;
import io.holdfast.spi.storage.StoredCheckpoint;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every checkpoint storage must do with savepoints, and with pointers to what lies somewhere.
 * A module proves it by extending this class.
 */
public abstract class SavepointContract extends StorageFixture {
    private FileSystem files;
    private CheckpointStore store;

    /** For subclasses. */
    protected SavepointContract() {}

    @BeforeEach
    void openStore() throws IOException {
        files = newFileSystem();
        store = open(storage(), "job-1");
    }

    private StoredCheckpoint savepoint(URI directory) throws IOException {
        try (CheckpointWrite write = store.beginSavepoint(directory)) {
            return SampleCheckpoint.ofSeed(seed).publish(write);
        }
    }

    private void put(URI file) throws IOException {
        try (DurableOutput output = files.create(file)) {
            output.write(1);
            output.commit();
        }
    }

    private void copyAll(URI from, URI to) throws IOException {
        for (FileInfo each : files.list(from)) {
            assertThat(each.directory()).as("%s lies in the directory itself", each).isFalse();
            try (SeekableInput input = files.open(each.path());
                    DurableOutput output = files.create(URI.create(to + "/" + each.name()))) {
                input.transferTo(output);
                output.commit();
            }
        }
    }

    @Test
    void aSavepointIsWholeAndNoCheckpoint() throws IOException {
        StoredCheckpoint savepoint = savepoint(at("sp"));
        assertThat(savepoint.directory()).isPresent();
        assertThat(SampleCheckpoint.damage(store, savepoint)).as("seed %d", seed).isEmpty();
        assertThat(store.published()).isEmpty();
    }

    @Test
    void aSavepointCanBeMovedAsAWhole() throws IOException {
        StoredCheckpoint savepoint = savepoint(at("sp"));
        copyAll(at("sp"), at("elsewhere/moved"));
        store.discard(savepoint);
        store.close();
        CheckpointStore other = open(storage(), "job-2");
        StoredCheckpoint moved = other.resolve(at("elsewhere/moved").toString());
        assertThat(SampleCheckpoint.damage(other, moved)).as("seed %d", seed).isEmpty();
        for (StreamHandle each : SampleCheckpoint.handles(moved)) {
            if (each instanceof StreamHandle.InFile file) {
                assertThat(file.scope()).isEqualTo(SnapshotScope.EXCLUSIVE);
                assertThat(file.file().getPath()).startsWith(at("elsewhere/moved").getPath());
            }
        }
    }

    @Test
    void nothingIsThereBeforeItIsPublished() throws IOException {
        try (CheckpointWrite write = store.beginSavepoint(at("sp"))) {
            SampleCheckpoint.ofSeed(seed).writeStreams(write);
            assertThatThrownBy(() -> store.resolve(at("sp").toString()))
                    .isInstanceOf(HoldfastException.class);
        }
    }

    @Test
    void givingUpLeavesNoDirectoryThatWasNotThere() throws IOException {
        files.prepare(at("was-there"));
        for (String name : new String[] {"was-there", "was-not"}) {
            try (CheckpointWrite write = store.beginSavepoint(at(name))) {
                SampleCheckpoint.ofSeed(seed).writeStreams(write);
            }
        }
        assertThat(files.list(at("was-there"))).isEmpty();
        assertThat(files.info(at("was-there"))).isPresent();
        assertThat(files.info(at("was-not"))).isEmpty();
    }

    @Test
    void aDirectoryThatHoldsSomethingIsRefused() throws IOException {
        put(at("full/mine.txt"));
        put(at("file"));
        savepoint(at("sp"));
        assertThatThrownBy(() -> store.beginSavepoint(at("full")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("full")
                .hasMessageContaining("mine.txt");
        assertThatThrownBy(() -> store.beginSavepoint(at("file")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it is a file");
        assertThatThrownBy(() -> store.beginSavepoint(at("sp"))).isInstanceOf(IOException.class);
        assertThat(SampleCheckpoint.damage(store, store.resolve(at("sp").toString()))).isEmpty();
        assertThat(files.info(at("full/mine.txt"))).isPresent();
    }

    @Test
    void discardingTakesWhatWasWrittenAndNothingElse() throws IOException {
        StoredCheckpoint alone = savepoint(at("alone"));
        StoredCheckpoint visited = savepoint(at("visited"));
        put(at("visited/notes.txt"));
        for (StoredCheckpoint each : new StoredCheckpoint[] {alone, visited, alone, visited}) {
            store.discard(each);
        }
        assertThat(files.info(at("alone"))).isEmpty();
        assertThat(files.list(at("visited")))
                .extracting(FileInfo::name)
                .containsExactly("notes.txt");
    }

    @Test
    void aPointerIsADirectoryOrItsMetadataFile() throws IOException {
        StoredCheckpoint savepoint = savepoint(at("sp"));
        for (String pointer :
                new String[] {
                    savepoint.pointer(),
                    at("sp").toString(),
                    at("sp") + "/",
                    at("sp") + "/_metadata",
                    at("x/../sp").toString()
                }) {
            StoredCheckpoint found = store.resolve(pointer);
            assertThat(found).as(pointer).isEqualTo(savepoint);
            assertThat(found.metadata()).isEqualTo(savepoint.metadata());
        }
    }

    @Test
    void aPointerToNothingSaysWhatWasLookedForAndWhatIsThere() throws IOException {
        savepoint(at("all/sp-1"));
        savepoint(at("all/sp-2"));
        put(at("all/sp-3/other"));
        assertThatThrownBy(() -> store.resolve(at("all/sp-9").toString()))
                .isInstanceOf(HoldfastException.class)
                .hasMessageStartingWith("STORAGE-5007 No checkpoint or savepoint at '")
                .hasMessageContaining("there is no such file or directory")
                .hasMessageContaining("looked for")
                .hasMessageContaining("sp-1/, sp-2/, sp-3/")
                .hasMessageContaining("all/sp-1\n")
                .hasMessageContaining("all/sp-2\n")
                .hasMessageNotContaining("all/sp-3\n")
                .hasMessageContaining("name one of the checkpoints listed");
        assertThatThrownBy(() -> store.resolve(at("all").toString()))
                .hasMessageContaining("a directory without a file _metadata")
                .hasMessageContaining("all/sp-1\n");
        assertThatThrownBy(() -> store.resolve(at("all/sp-3/other").toString()))
                .hasMessageContaining("a file of another name than _metadata");
        assertThatThrownBy(() -> store.resolve(at("no/such/place").toString()))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("found");
    }

    @Test
    void foreignFilesAreNotRemovedWhateverMetadataSay() throws IOException {
        String name = "00000000-0000-4000-8000-000000000000";
        put(at("foreign/" + name));
        put(at("sp-beside/" + name));
        StoredCheckpoint savepoint = savepoint(at("sp"));
        put(at("sp/notes.txt"));
        for (String path :
                new String[] {
                    "foreign/" + name, "sp-beside/" + name, "sp/../foreign/" + name, "sp/notes.txt"
                }) {
            StreamHandle handle = new StreamHandle.InFile(at(path), 1, 0, SnapshotScope.EXCLUSIVE);
            assertThatThrownBy(() -> store.discard(handle))
                    .as(path)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("foreign");
            assertThat(files.info(at(path))).as(path).isPresent();
        }
        for (StreamHandle each : SampleCheckpoint.handles(savepoint)) {
            store.discard(each);
        }
    }

    @Test
    void aStreamOfAnotherLengthIsNotOpened() throws IOException {
        StoredCheckpoint savepoint = savepoint(at("sp"));
        for (StreamHandle each : SampleCheckpoint.handles(savepoint)) {
            if (each instanceof StreamHandle.InFile file) {
                StreamHandle longer =
                        new StreamHandle.InFile(
                                file.file(), file.length() + 1, file.crc32c(), file.scope());
                assertThatThrownBy(() -> store.open(longer))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining(file.file().toString())
                        .hasMessageContaining("expected  " + longer.length() + " bytes")
                        .hasMessageContaining("found     " + file.length() + " bytes");
            }
        }
    }
}

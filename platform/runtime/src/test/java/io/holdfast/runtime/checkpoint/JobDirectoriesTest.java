package io.holdfast.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.config.Configuration;
import io.holdfast.runtime.checkpoint.JobDirectories.FoundJob;
import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.spi.filesystem.FileSystemFactory;
import io.holdfast.toolkit.metadata.CheckpointMetadata;
import io.holdfast.toolkit.metadata.CheckpointMetadataFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobDirectoriesTest {
    @TempDir Path directory;
    private FileSystem files;
    private JobDirectories jobs;

    @BeforeEach
    void openFiles() {
        files =
                ServiceLoader.load(FileSystemFactory.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(factory -> factory.schemes().contains("file"))
                        .findFirst()
                        .orElseThrow()
                        .create(new Configuration());
        jobs = new JobDirectories(files, directory.toUri());
    }

    @AfterEach
    void closeFiles() throws IOException {
        files.close();
    }

    private Path checkpoint(String jobId, long id, String jobName, long completed)
            throws IOException {
        Path checkpoint = Files.createDirectories(directory.resolve(jobId).resolve("chk-" + id));
        byte[] metadata =
                CheckpointMetadataFormat.encode(
                        new CheckpointMetadata(
                                id,
                                CheckpointMetadata.Kind.CHECKPOINT,
                                false,
                                Instant.EPOCH,
                                Instant.ofEpochSecond(completed),
                                jobId,
                                jobName,
                                List.of()),
                        Optional.of(checkpoint.toUri()));
        return Files.write(checkpoint.resolve("_metadata"), metadata);
    }

    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void theJobOfTheNameWithTheNewestCheckpointIsFound() throws IOException {
        checkpoint("a", 90, "hot items", 1000);
        checkpoint("b", 9, "hot items", 3000);
        checkpoint("b", 10, "hot items", 4000);
        checkpoint("c", 200, "sessions", 9000);
        assertThat(jobs.newest("hot items"))
                .contains(new FoundJob("b", "hot items", 10, Instant.ofEpochSecond(4000)));
        assertThat(jobs.newest("other")).isEmpty();
        assertThat(jobs.find().jobs()).extracting(FoundJob::jobId).containsExactly("c", "b", "a");
    }

    @Test
    void whatIsNoCheckpointIsPassedOver() throws IOException {
        checkpoint("a", 1, "hot items", 1);
        Files.createDirectories(directory.resolve("a/chk-2"));
        Files.createDirectories(directory.resolve("a/chk-x"));
        Files.createDirectories(directory.resolve("a/shared"));
        Files.createDirectories(directory.resolve("not a job id"));
        Files.writeString(directory.resolve("a-file"), "x");
        assertThat(jobs.newest("hot items").orElseThrow().checkpointId()).isEqualTo(1);
    }

    @Test
    void withoutTheDirectoryThereAreNoJobs() throws IOException {
        JobDirectories none = new JobDirectories(files, directory.resolve("nowhere").toUri());
        assertThat(none.newest("hot items")).isEmpty();
    }

    @Test
    void aJobIsKnownByAnOlderCheckpointIfItsNewestIsDamaged() throws IOException {
        checkpoint("a", 1, "hot items", 1);
        damage(checkpoint("a", 2, "hot items", 2));
        assertThat(jobs.newest("hot items").orElseThrow().jobId()).isEqualTo("a");
    }

    @Test
    void checkpointsThatCannotBeReadAreNotTakenForNone() throws IOException {
        damage(checkpoint("a", 2, "hot items", 2));
        checkpoint("b", 2, "sessions", 2);
        assertThatThrownBy(() -> jobs.newest("hot items"))
                .hasMessageContaining("SNAPSHOT-4305")
                .hasMessageContaining("a/chk-2/_metadata")
                .hasMessageContaining("sessions");
        assertThat(jobs.newest("sessions").orElseThrow().jobId()).isEqualTo("b");
    }
}

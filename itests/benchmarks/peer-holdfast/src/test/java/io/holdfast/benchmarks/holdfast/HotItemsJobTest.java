package io.holdfast.benchmarks.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.benchmarks.job.JobPeer;
import io.holdfast.benchmarks.job.JobSettings;
import io.holdfast.examples.ResultDigest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HotItemsJobTest {
    @TempDir private Path directory;

    /** The digest is what Flink finds for these events, too. */
    @ParameterizedTest
    @ValueSource(strings = {"holdfast-hashmap", "holdfast-rocksdb"})
    void theJobFindsWhatFlinkFinds(String peer) throws Exception {
        JobSettings settings = new JobSettings(100_000, 1, 2, Duration.ofSeconds(1), directory);
        assertThat(ResultDigest.of(JobPeer.named(peer).run(settings)).toString())
                .startsWith("digest sha256:441d9bec")
                .endsWith(" over 9 records");
    }
}

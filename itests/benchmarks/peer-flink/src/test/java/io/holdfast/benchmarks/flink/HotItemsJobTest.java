package io.holdfast.benchmarks.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.benchmarks.job.JobPeer;
import io.holdfast.benchmarks.job.JobSettings;
import io.holdfast.examples.ResultDigest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HotItemsJobTest {
    @TempDir private Path directory;

    @Test
    void bothBackendsOfFlinkGiveTheSameResult() throws Exception {
        String onHeap = digest("flink-hashmap");
        assertThat(digest("flink-rocksdb")).isEqualTo(onHeap);
        // What the plain reference of the examples' tests finds for these events.
        assertThat(onHeap).startsWith("digest sha256:441d9bec").endsWith(" over 9 records");
    }

    private String digest(String peer) throws Exception {
        Path own = Files.createDirectories(directory.resolve(peer));
        JobSettings settings = new JobSettings(100_000, 1, 2, Duration.ofSeconds(1), own);
        return ResultDigest.of(JobPeer.named(peer).run(settings)).toString();
    }
}

package io.holdfast.itests.worlds;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.host.ModuleRegistry;
import io.holdfast.runtime.JobClient;
import io.holdfast.runtime.JobResult;
import io.holdfast.runtime.LocalPlatform;
import io.holdfast.runtime.StreamExecutionEnvironment;
import io.holdfast.runtime.connector.CollectSink;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/**
 * Counts numbers by key, as fast as it is let; then says whether it counted right, and the digest
 * of what it wrote.
 */
final class CountingJob {
    private static final int KEYS = 97;

    /** A key and how often it was seen. */
    record Count(int key, long count) {}

    private final int records;
    private final Semaphore allowed = new Semaphore(0);
    private final CollectSink.Results<String> results = new CollectSink.Results<>();
    private final JobClient client;

    private CountingJob(ModuleRegistry modules, Configuration settings, int records) {
        this.records = records;
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                                LocalPlatform.open(modules, List.of()))
                        .configure(settings)
                        .setParallelism(2);
        env.fromCollection(IntStream.range(0, records).boxed().toList())
                .map(
                        number -> {
                            allowed.acquireUninterruptibly();
                            return new Count(number % KEYS, 1);
                        })
                .keyBy(Count::key, Integer.class)
                .reduce((a, b) -> new Count(a.key(), a.count() + b.count()), Count.class)
                .map(count -> count.key() + "=" + count.count())
                .sinkTo(results.sink(Serializers.STRING));
        client = env.executeAsync("counting");
    }

    /** Starts it; it waits until it is let. */
    static CountingJob start(
            ModuleRegistry modules, String backend, String storage, String directory, int records) {
        Configuration settings = new Configuration();
        settings.setString("state.backend.type", backend);
        settings.setString("execution.checkpointing.storage", storage);
        if (storage.equals("filesystem")) {
            settings.setString("execution.checkpointing.dir", directory);
        }
        settings.setString("execution.checkpointing.interval", "50 ms");
        return new CountingJob(modules, settings, records);
    }

    /** Follows it, and hands it over. */
    JobClient client() {
        return client;
    }

    /** Lets some more records pass. */
    void let(int more) {
        allowed.release(more);
    }

    /**
     * Lets the rest pass, waits for the end, and throws if a record was lost or counted twice.
     *
     * @return SHA-256 of the results, in an order of their own: how they come is up to threads
     */
    String finish() throws Exception {
        let(records);
        JobResult result = client.await();
        Map<String, Long> counts = new HashMap<>();
        for (String record : results.records()) {
            String[] sides = record.split("=");
            counts.merge(sides[0], Long.parseLong(sides[1]), Math::max);
        }
        long total = counts.values().stream().mapToLong(Long::longValue).sum();
        if (total != records || results.records().size() != records) {
            throw new AssertionError(
                    "%d records were counted as %d, in %d results"
                            .formatted(records, total, results.records().size()));
        }
        if (!result.status().name().equals("FINISHED")) {
            throw new AssertionError("the job ended " + result.status());
        }
        return digest(results.records());
    }

    private static String digest(List<String> records) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        records.stream()
                .sorted()
                .forEach(record -> digest.update((record + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }
}

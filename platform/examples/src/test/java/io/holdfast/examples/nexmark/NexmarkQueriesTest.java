package io.holdfast.examples.nexmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.config.Configuration;
import io.holdfast.examples.Example;
import io.holdfast.examples.ExampleResults;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The queries on the engine answer what plain collections answer. */
class NexmarkQueriesTest {
    private static final long SEED = 7;

    /** RocksDB takes ten times as long for each event. */
    private static final Map<String, Long> EVENTS =
            Map.of("hashmap", 300_000L, "rocksdb", 120_000L);

    @TempDir Path checkpoints;

    @ParameterizedTest
    @CsvSource({"hashmap, 1", "hashmap, 2", "hashmap, 4", "rocksdb, 1", "rocksdb, 2", "rocksdb, 4"})
    void hotItemsAreThoseOfTheReference(String backend, int parallelism) throws Exception {
        check(new HotItems(), NexmarkReference::hotItems, backend, parallelism);
    }

    @ParameterizedTest
    @CsvSource({"hashmap, 1", "hashmap, 2", "hashmap, 4", "rocksdb, 1", "rocksdb, 2", "rocksdb, 4"})
    void newUsersAreThoseOfTheReference(String backend, int parallelism) throws Exception {
        check(new NewUsers(), NexmarkReference::newUsers, backend, parallelism);
    }

    @ParameterizedTest
    @CsvSource({"hashmap, 1", "hashmap, 2", "hashmap, 4", "rocksdb, 1", "rocksdb, 2", "rocksdb, 4"})
    void userSessionsAreThoseOfTheReference(String backend, int parallelism) throws Exception {
        check(new UserSessions(), NexmarkReference::userSessions, backend, parallelism);
    }

    @Test
    void aStreamOfOneEventEnds() throws Exception {
        Configuration choices = Configuration.fromMap(Map.of("events", "1"));
        assertThat(ExampleResults.of(new HotItems(), choices, "hashmap", 4, checkpoints))
                .containsEntry("results", List.of());
    }

    private void check(
            Example query,
            Function<Stream<Event>, List<String>> reference,
            String backend,
            int parallelism)
            throws Exception {
        long events = EVENTS.get(backend);
        Configuration choices =
                new Configuration()
                        .setString("seed", Long.toString(SEED))
                        .setString("events", Long.toString(events));
        List<String> expected =
                reference.apply(NexmarkReference.events(new NexmarkGenerator(SEED), events));
        assertThat(
                        ExampleResults.of(query, choices, backend, parallelism, checkpoints)
                                .get("results"))
                .containsExactlyInAnyOrderElementsOf(expected);
    }
}

package io.holdfast.examples.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.config.Configuration;
import io.holdfast.examples.ExampleResults;
import io.holdfast.examples.SharedData;
import io.holdfast.examples.StandardTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sessions of the engine, next to counts by hand and by awk. */
class VisitorSessionsTest {
    @TempDir Path directory;

    @Test
    void aSmallLogGivesWhatOneCountsByHand() throws Exception {
        Path log =
                log(
                        line("10.0.0.1", "10:00:30", "/a", 100),
                        line("10.0.0.1", "10:00:00", "/b?x=1", 10),
                        "not a request",
                        line("10.0.0.2", "10:00:10", "/a", 1),
                        line("10.0.0.1", "10:29:59", "/a", 5),
                        line("10.0.0.1", "10:59:59", "/c", 7),
                        line("10.0.0.2", "10:00:11", "/a", 1));
        Map<String, List<String>> lines = run(Map.of("input", log.toString()), "hashmap", 2);
        assertThat(lines.get("results"))
                .containsExactlyInAnyOrder(
                        "session\t10.0.0.1\t2015-05-17T10:00:00Z\t2015-05-17T10:29:59Z\t3\t115\t2",
                        "session\t10.0.0.1\t2015-05-17T10:59:59Z\t2015-05-17T10:59:59Z\t1\t7\t1",
                        "session\t10.0.0.2\t2015-05-17T10:00:10Z\t2015-05-17T10:00:10Z\t1\t1\t1",
                        "visitor\t10.0.0.1\t4\t2\t122",
                        "visitor\t10.0.0.2\t1\t1\t1",
                        "page\t23864280\t1\t/a\t2",
                        "page\t23864280\t2\t/b\t1",
                        "page\t23864309\t1\t/a\t1",
                        "page\t23864339\t1\t/c\t1",
                        "lines\t7",
                        "dirty\t1",
                        "late\t1",
                        "bytes\t123");
        assertThat(lines.get("dirty"))
                .containsExactly(
                        "no identity and user followed by ' [' at column 7: not a request");
    }

    @Test
    void whatComesLaterThanTheDisorderAllowsIsSetAside() throws Exception {
        List<String> requests = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            requests.add(line("10.0.0.1", "12:00:00", "/a", 1));
        }
        requests.add(line("10.0.0.1", "11:58:59", "/a", 1));
        requests.add(line("10.0.0.1", "11:59:00", "/a", 1));
        Path log = log(requests.toArray(String[]::new));
        Map<String, List<String>> lines = run(Map.of("input", log.toString()), "hashmap", 2);
        assertThat(lines.get("results")).contains("lines\t5002", "late\t1", "bytes\t5001");
        assertThat(lines.get("late")).singleElement().asString().contains("10.0.0.1");
    }

    @Test
    void gapAndDisorderCanBeChosen() throws Exception {
        Path log =
                log(
                        line("10.0.0.1", "10:00:00", "/a", 1),
                        line("10.0.0.1", "10:02:00", "/a", 1),
                        line("10.0.0.1", "10:01:00", "/a", 1));
        assertThat(
                        run(
                                        Map.of(
                                                "input", log.toString(),
                                                "gap", "60 s",
                                                "disorder", "2 min"),
                                        "hashmap",
                                        1)
                                .get("results"))
                .filteredOn(line -> line.startsWith("session"))
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"hashmap, 1", "hashmap, 2", "rocksdb, 2", "rocksdb, 4"})
    void theRealLogIsCountedAsAwkCountsIt(String backend, int parallelism) throws Exception {
        Path log = SharedData.accessLog();
        StandardTools.assumeInstalled("sh", "awk", "sort");
        List<String> counted = StandardTools.run(LogFile.countWithAwk(log));
        Map<String, List<String>> lines =
                run(Map.of("input", log.toString()), backend, parallelism);

        List<String> results = new ArrayList<>(lines.get("results"));
        List<String> sessions =
                results.stream().filter(line -> line.startsWith("session\t")).toList();
        results.removeAll(sessions);
        assertThat(results).contains("lines\t10000", "dirty\t1", "bytes\t2747282505");
        assertThat(results.remove("late\t0")).isTrue();
        assertThat(results).containsExactlyInAnyOrderElementsOf(counted);
        assertThat(sessions.stream().mapToLong(line -> column(line, 4)).sum()).isEqualTo(9_999);
        assertThat(sessions.stream().mapToLong(line -> column(line, 5)).sum())
                .isEqualTo(2_747_282_505L);
        assertThat(lines.get("dirty")).hasSize(1);
        assertThat(lines.get("late")).isEmpty();
    }

    @Test
    void aMissingFileIsNamed() {
        String missing = directory.resolve("nothing.log").toString();
        assertThatThrownBy(() -> run(Map.of("input", missing), "hashmap", 1))
                .hasMessageContaining(missing);
    }

    private Map<String, List<String>> run(
            Map<String, String> choices, String backend, int parallelism) throws Exception {
        return ExampleResults.of(
                new VisitorSessions(),
                Configuration.fromMap(choices),
                backend,
                parallelism,
                directory.resolve("checkpoints"));
    }

    private Path log(String... lines) throws Exception {
        return Files.write(directory.resolve("access.log"), List.of(lines));
    }

    private static long column(String line, int index) {
        return Long.parseLong(line.split("\t")[index]);
    }

    private static String line(String visitor, String time, String page, int bytes) {
        return "%s - - [17/May/2015:%s +0000] \"GET %s HTTP/1.1\" 200 %d"
                .formatted(visitor, time, page, bytes);
    }
}

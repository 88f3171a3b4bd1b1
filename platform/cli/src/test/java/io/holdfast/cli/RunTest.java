package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import io.holdfast.cli.output.ExitCode;
import io.holdfast.examples.ResultDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs of examples by the command, small ones. */
class RunTest {
    private static final String KEEP =
            "--set=execution.checkpointing.externalized-checkpoint-retention="
                    + "RETAIN_ON_CANCELLATION";

    @TempDir Path directory;

    @Test
    void aRunTellsWhatWasResolvedAndEndsWithTheDigest() {
        Command run = run("nexmark-q5", "--events", "100000", "--parallelism", "2");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.lines().get(0)).startsWith("nexmark-q5: Hot items");
        assertThat(run.out())
                .containsPattern("state backend +hashmap +\\(state.backend.type is not set\\)")
                .containsPattern("checkpoint storage +filesystem +\\(a directory is set")
                .containsPattern("directory +file://.*/checkpoints +\\(command line --set\\)")
                .containsPattern("interval +2 s +\\(launcher's default\\)")
                .containsPattern("parallelism +2 +\\(command line --parallelism\\)")
                .containsPattern("done +100,000 events in ")
                .containsPattern("checkpoints +\\d+ completed, 0 failed");
        assertThat(run.lastLine()).matches("digest sha256:[0-9a-f]{64} over [1-9]\\d* records");
    }

    @Test
    void anOptionOfTheExampleGivenAsASettingIsRefused() {
        Command run = run("nexmark-q5", "--set", "events=1000");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("CLI-7005", "write --events 1000");
    }

    @Test
    void backendStorageAndParallelismDoNotChangeTheDigest() {
        String digest = run("nexmark-q8", "--events=100000").lastLine();
        assertThat(
                        run(
                                        "nexmark-q8",
                                        "--events=100000",
                                        "--parallelism=4",
                                        "--set=state.backend.type=rocksdb",
                                        "--set=execution.checkpointing.storage=jobmanager")
                                .lastLine())
                .isEqualTo(digest);
        assertThat(run("nexmark-q8", "--events=100000", "--seed=2").lastLine())
                .isNotEqualTo(digest);
    }

    @Test
    void whatNobodyAskedToKeepIsRemoved() throws Exception {
        assertThat(run("nexmark-q11", "--events", "20000").exitCode()).isZero();
        try (Stream<Path> left = Files.walk(directory.resolve("checkpoints"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void jsonIsOneDocumentWithTheSameDigest() {
        Command plain = run("nexmark-q11", "--events", "50000");
        Command json = run("nexmark-q11", "--events", "50000", "--json");
        assertThat(json.exitCode()).isZero();
        assertThat(json.lines()).hasSize(1);
        assertThat(json.err()).contains("state backend");
        Config summary = parsed(json.out());
        assertThat("digest " + summary.getString("digest"))
                .isEqualTo(plain.lastLine().replaceFirst(" over .*", ""));
        assertThat(summary.getString("status")).isEqualTo("done");
        assertThat(summary.getString("backend")).isEqualTo("hashmap");
        assertThat(summary.getLong("events")).isEqualTo(50_000);
        assertThat(summary.getLong("records")).isPositive();
        assertThat(summary.getInt("checkpoints.failed")).isZero();
    }

    @Test
    void jsonTellsProblemsToo() {
        Command json = run("nexmark-q5", "--json", "--set", "state.backend.type=rocksbd");
        assertThat(json.exitCode()).isEqualTo(ExitCode.USAGE);
        Config problem = parsed(json.out());
        assertThat(problem.getString("status")).isEqualTo("failed");
        assertThat(problem.getInt("exitCode")).isEqualTo(ExitCode.USAGE);
        assertThat(problem.getString("problem.code")).isEqualTo("CONFIG-1010");
        assertThat(problem.getString("problem.category")).isEqualTo("USER");
        assertThat(problem.getString("problem.summary")).contains("rocksbd");
    }

    @Test
    void outputIsFilesThatTheDigestIsOf() throws Exception {
        Path output = directory.resolve("the results");
        Command run = run("nexmark-q8", "--events=100000", "--output=" + output);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("lines in " + output.resolve("results"));
        assertThat(run.lastLine()).isEqualTo(ResultDigest.of(linesIn(output)).toString());
    }

    @Test
    void sessionsKeepDirtyLinesAside() throws Exception {
        Path log = directory.resolve("access.log");
        Files.writeString(
                log,
                """
                10.0.0.1 - - [17/May/2015:10:00:00 +0000] "GET / HTTP/1.1" 200 5
                rubbish
                """);
        Path output = directory.resolve("results");
        Command run = run("sessions", "--input", log.toString(), "--output", output.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsPattern("dirty +1 lines in ");
        assertThat(linesIn(output)).contains("lines\t2", "dirty\t1", "bytes\t5");
        assertThat(new ResultFiles(output.resolve("dirty")).lines()).isEqualTo(1);
    }

    @Test
    void resultsOfAnEarlierRunAreNotMixedWithNewOnes() {
        String output = "--output=" + directory.resolve("results");
        assertThat(run("nexmark-q11", "--events=20000", output).exitCode()).isZero();
        Command again = run("nexmark-q11", "--events=20000", output);
        assertThat(again.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(again.err()).contains("JOB-6041", "results of an earlier run");
    }

    @Test
    void anUnknownBackendIsGuessedFromWhatIsInstalled() {
        Command run = run("nexmark-q5", "--set", "state.backend.type=rocksbd");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err())
                .contains("CONFIG-1010", "'rocksbd'", "Did you mean 'rocksdb'?")
                .contains("state.backend.type = rocksbd", "command line --set")
                .contains("hashmap, rocksdb");
        assertThat(run.err()).doesNotContain("\tat ");
        assertThat(run("nexmark-q5", "--stacktrace", "--set=state.backend.type=x").err())
                .contains("\tat ");
    }

    @Test
    void aMissingFileAndABadSettingAreNamed() {
        Command missing = run("nexmark-q5", "--conf", directory.resolve("no.conf").toString());
        assertThat(missing.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(missing.err()).contains("CONFIG-1020", "no.conf", directory.toString());
        Command bad = run("nexmark-q5", "--set", "state.backend.type");
        assertThat(bad.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(bad.err()).contains("CONFIG-1040", "'state.backend.type'", "key=value");
        Command value = run("nexmark-q5", "--parallelism", "many");
        assertThat(value.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(value.err()).contains("many", "command line --parallelism");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rocksdb.conf", "hashmap.yaml"})
    void theSampleFilesAreUsable(String file) {
        Path conf = Path.of("../examples/conf", file);
        Command run = run("nexmark-q8", "--events", "20000", "--conf", conf.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .containsPattern("state backend +" + file.replaceFirst("\\..*", ""))
                .containsPattern(file + ", line \\d+");
    }

    @Test
    void directoriesThatCannotBeWrittenAreToldBeforeTheJobStarts() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        Command output = run("nexmark-q5", "--output", file.resolve("results").toString());
        assertThat(output.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(output.err()).contains("CLI-7022", "output directory", "--output");
        Command checkpoints =
                Command.run(
                        "run",
                        "nexmark-q5",
                        "--set=execution.checkpointing.dir=file://" + file.resolve("chk"));
        assertThat(checkpoints.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(checkpoints.err()).contains("CLI-7022", "checkpoint directory");
    }

    @Test
    void aMissingInputIsNamed() {
        Command run = run("sessions", "--input", directory.resolve("no.log").toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("JOB-6032", "no.log");
    }

    @Test
    void restoreLatestWithoutACheckpointBeginsAndSaysSo() {
        Command run = run("nexmark-q11", "--events=20000", "--restore=latest");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .containsPattern("restore +latest +\\(command line --restore\\)")
                .contains("there is no checkpoint of it");
    }

    @Test
    void restoreLatestGoesOnWithTheLinesSoFar() {
        Command first = run("nexmark-q8", "--events=100000", KEEP);
        Command second = run("nexmark-q8", "--events=100000", KEEP, "--restore=latest");
        assertThat(second.exitCode()).isZero();
        assertThat(second.out()).containsPattern("running +on from .*chk-\\d+");
        assertThat(second.lastLine()).isEqualTo(first.lastLine());
    }

    @Test
    void aRunGoesOnWhereItWroteAndNowhereElse() throws Exception {
        Path output = directory.resolve("one");
        Command first = run("nexmark-q8", "--events=100000", KEEP, "--output=" + output);
        Command elsewhere =
                run(
                        "nexmark-q8",
                        "--events=100000",
                        KEEP,
                        "--restore=latest",
                        "--output=" + directory.resolve("other"));
        assertThat(elsewhere.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(elsewhere.err()).contains("CLI-7023", "so far", output.toString(), "other");
        Command there = run("nexmark-q8", "--events=100000", KEEP, "--restore=latest");
        assertThat(there.lastLine()).isEqualTo(first.lastLine());
        assertThat(there.out()).contains("lines in " + output.resolve("results"));
    }

    @Test
    void aDamagedCheckpointOffersThePreviousOneWithTheCommand() throws Exception {
        String[] words = {
            "nexmark-q8",
            "--events=150000",
            "--rate=100000",
            "--set=execution.checkpointing.interval=100 ms",
            KEEP
        };
        Command first = run(words);
        assertThat(first.exitCode()).isZero();
        damage(newestMetadata());
        Command damaged = run(with(words, "--restore=latest"));
        assertThat(damaged.exitCode()).isEqualTo(ExitCode.DATA);
        assertThat(damaged.err()).contains("SNAPSHOT-4201", "is damaged", "expected", "found");
        String command =
                damaged.err()
                        .lines()
                        .map(String::strip)
                        .filter(line -> line.startsWith("command"))
                        .findFirst()
                        .orElseThrow();
        assertThat(command)
                .contains("./holdfast run nexmark-q8 --events=150000")
                .contains("'--set=execution.checkpointing.interval=100 ms'");
        String previous = command.replaceFirst(".* --restore ", "");
        Command back = run(with(words, "--restore", previous));
        assertThat(back.exitCode()).isZero();
        assertThat(back.out()).contains("on from " + previous);
        assertThat(back.lastLine()).isEqualTo(first.lastLine());
    }

    @Test
    void aCheckpointThatIsNotThereIsNamedAndTheJobDoesNotBeginWithoutIt() {
        String nowhere = directory.resolve("nowhere/chk-7").toString();
        Command run = run("nexmark-q11", "--events=20000", "--restore=" + nowhere);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("STORAGE-5007", nowhere, "there is no such file");
        assertThat(run.out()).doesNotContain("running", "digest");
    }

    @Test
    void aDamagedStateFileIsNamedWithBothChecksums() throws Exception {
        String[] words = {
            "nexmark-q8",
            "--events=150000",
            "--rate=100000",
            "--set=execution.checkpointing.interval=100 ms",
            "--set=execution.checkpointing.data-inline-threshold=0",
            KEEP
        };
        assertThat(run(words).exitCode()).isZero();
        Path newest = newestMetadata().getParent();
        Path state;
        try (Stream<Path> files = Files.list(newest)) {
            state = files.filter(file -> !file.endsWith("_metadata")).findFirst().orElseThrow();
        }
        damage(state);
        for (String which : List.of("latest", newest.toString())) {
            Command damaged = run(with(words, "--restore=" + which));
            assertThat(damaged.exitCode()).isEqualTo(ExitCode.DATA);
            assertThat(damaged.err())
                    .contains("SNAPSHOT-4201", state.getFileName().toString())
                    .containsPattern("expected +\\d+ bytes with CRC-32C [0-9a-f]{8}")
                    .containsPattern("found +\\d+ bytes with CRC-32C [0-9a-f]{8}")
                    .containsPattern(
                            "command +./holdfast run nexmark-q8 .* --restore \\S+chk-\\d+");
        }
    }

    private Command run(String... words) {
        return Command.run(
                Stream.of(
                                Stream.of("run"),
                                Stream.of(words),
                                Stream.of(
                                        "--set=execution.checkpointing.dir=file://"
                                                + directory.resolve("checkpoints")))
                        .flatMap(part -> part)
                        .toArray(String[]::new));
    }

    private static String[] with(String[] words, String... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }

    private static Config parsed(String json) {
        return ConfigFactory.parseString(
                json, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
    }

    private static List<String> linesIn(Path output) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : new ResultFiles(output.resolve("results")).visible()) {
            lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }

    private Path newestMetadata() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("checkpoints"))) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .max(
                            Comparator.comparingLong(
                                    file ->
                                            Long.parseLong(
                                                    file.getParent()
                                                            .getFileName()
                                                            .toString()
                                                            .substring("chk-".length()))))
                    .orElseThrow();
        }
    }

    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }
}

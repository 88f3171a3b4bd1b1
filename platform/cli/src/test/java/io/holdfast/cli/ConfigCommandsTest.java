package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain}, {@code options} and {@code migrate}, as they are used. */
class ConfigCommandsTest {
    @TempDir Path directory;
    private Path old;
    private Path fresh;

    @BeforeEach
    void writeOldFile() throws IOException {
        old = directory.resolve("flink-conf.yaml");
        fresh = directory.resolve("config.yaml");
        Files.writeString(
                old,
                """
                # where state lives
                state.backend: filesystem   # on the heap
                state.backend.incremental: true
                state.checkpoints.dir: file:///cp
                ignored:1
                """);
    }

    @Test
    void explainTellsWhatHoldsAndWhy() {
        Command explain = Command.run("explain", old.toString(), "--set", "state.backend=rocksdb");
        assertThat(explain.exitCode()).isZero();
        assertThat(explain.out())
                .contains("state backend: rocksdb")
                .contains("state.backend.type = rocksdb   (command line --set)")
                .contains("beats    state.backend = filesystem   (" + old + ", line 2)")
                .contains("written  state.checkpoints.dir");
        assertThat(explain.err()).contains("CONFIG-1027 The line of 'ignored' is ignored.");
    }

    @Test
    void explainShowsOneKeyAlsoByItsFormerName() {
        Command explain = Command.run("explain", old.toString(), "--only", "state.checkpoints.dir");
        assertThat(explain.out())
                .contains("execution.checkpointing.dir = file:///cp")
                .doesNotContain("incremental");
        Command unknown = Command.run("explain", "--only", "state.bakend");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.err()).contains("CLI-7031", "Did you mean 'state.backend'?");
        assertThat(Command.run("explain", "--only", "execution.checkpointing.savepoint-dir").out())
                .contains("execution.checkpointing.savepoint-dir is not set and has no default");
    }

    @Test
    void explainShowsWhatAnotherProfileWouldDo() throws IOException {
        Files.writeString(old, "state.backend: filesystem\n");
        Command diff = Command.run("explain", old.toString(), "--diff", "flink-1.20");
        assertThat(diff.exitCode()).isZero();
        assertThat(diff.out())
                .containsSubsequence("checkpoint storage", "default", "filesystem")
                .containsSubsequence("flink-1.20", "jobmanager");
        assertThat(Command.run("explain", "--diff", "flink-2.3").out())
                .isEqualTo("no difference between default and flink-2.3\n");
    }

    @Test
    void explainIsADocumentForMachines() {
        Config json =
                ConfigFactory.parseString(Command.run("explain", old.toString(), "--json").out());
        assertThat(json.getString("profile")).isEqualTo("default");
        assertThat(json.getConfigList("decisions").get(0).getString("choice")).isEqualTo("hashmap");
        assertThat(json.getConfigList("settings"))
                .anyMatch(one -> one.getString("key").equals("execution.checkpointing.dir"));
        assertThat(json.getConfigList("warnings")).isNotEmpty();
        Command failed =
                Command.run("explain", directory.resolve("none.yaml").toString(), "--json");
        assertThat(failed.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(failed.out()).contains("\"CONFIG-1020\"");
    }

    @Test
    void whatIsWrongIsAnExitCode() throws IOException {
        Files.writeString(old, "state.backend: rocksbd\n");
        Command explain = Command.run("explain", old.toString());
        assertThat(explain.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(explain.err()).contains("error: CONFIG-1010", "Did you mean 'rocksdb'?");
    }

    @Test
    void optionsAreListedByPrefixOfAnySpelling() {
        Command options = Command.run("options", "state.checkpoints.dir");
        assertThat(options.exitCode()).isZero();
        assertThat(options.out()).contains("execution.checkpointing.dir", "formerly", "1 option\n");
        assertThat(Command.run("options", "state.bakend").exitCode()).isEqualTo(ExitCode.USAGE);
        Config json = ConfigFactory.parseString(Command.run("options", "--json").out());
        assertThat(json.getConfigList("options").size()).isGreaterThan(20);
    }

    @Test
    void migrationRenamesSplitsAndKeepsComments() throws IOException {
        Command migrate = Command.run("migrate", old.toString());
        assertThat(migrate.exitCode()).isZero();
        assertThat(Files.readString(fresh))
                .isEqualTo(
                        """
                        # where state lives
                        state.backend.type: hashmap  # on the heap
                        execution.checkpointing.storage: filesystem
                        execution.checkpointing.incremental: true
                        execution.checkpointing.dir: file:///cp
                        # ignored:1
                        """);
        assertThat(migrate.out())
                .contains("line 2: 'state.backend' is now 'state.backend.type'")
                .contains("equal: both mean state backend hashmap, checkpoint storage filesystem");
        assertThat(Command.run("migrate", old.toString(), "--check").exitCode()).isZero();
    }

    @Test
    void hoconHoldsAKeyAndKeysBelowIt() throws IOException {
        Files.writeString(old, "a: x\na.b: \"q\"\nstate.backend.rocksdb.localdir: /tmp/r\n");
        Path target = directory.resolve("job.conf");
        assertThat(Command.run("migrate", old.toString(), target.toString()).exitCode()).isZero();
        assertThat(Files.readString(target))
                .isEqualTo(
                        """
                        a = "x"
                        "a.b" = "\\"q\\""
                        state.backend.rocksdb.localdir = "/tmp/r"
                        """);
    }

    @Test
    void nothingIsWrittenByDryRunAndCheck() throws IOException {
        Command dry = Command.run("migrate", old.toString(), "--dry-run");
        assertThat(dry.out()).startsWith("# where state lives\nstate.backend.type: hashmap");
        Command check = Command.run("migrate", old.toString(), "--check");
        assertThat(check.exitCode()).isEqualTo(ExitCode.DIFFERENT);
        assertThat(check.out()).contains("no file");
        assertThat(filesIn(directory)).containsExactly("flink-conf.yaml");
    }

    @Test
    void checkTellsWhatIsNotTheSameAnyMore() throws IOException {
        Files.writeString(fresh, "state.backend.type: rocksdb\n");
        Command check = Command.run("migrate", old.toString(), "--check");
        assertThat(check.exitCode()).isEqualTo(ExitCode.DIFFERENT);
        assertThat(check.out())
                .contains("not equal")
                .containsSubsequence(
                        "execution.checkpointing.dir", "old  file:///cp", "new  (not set)")
                .containsSubsequence("state backend", "old  hashmap", "new  rocksdb");
    }

    @Test
    void anExistingFileIsReplacedOnlyByForce() throws IOException {
        Files.writeString(fresh, "mine: 1\n");
        Command refused = Command.run("migrate", old.toString());
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("CLI-7040", "--force");
        assertThat(fresh).hasContent("mine: 1");
        assertThat(Command.run("migrate", old.toString(), "--force").exitCode()).isZero();
        assertThat(Files.readString(fresh)).contains("hashmap");
        assertThat(filesIn(directory)).containsExactly("config.yaml", "flink-conf.yaml");
    }

    @Test
    void theNewFileMayBeReadByNobodyElseThanTheOldOne() throws IOException {
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-------"));
        Command.run("migrate", old.toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)))
                .isEqualTo("rw-------");
    }

    @Test
    void whatCannotBeReadOrWrittenIsSaid() throws IOException {
        Path binary = directory.resolve("flink.yaml");
        Files.write(binary, new byte[] {(byte) 0xFF, 0, 1, (byte) 0xFE});
        assertThat(Command.run("migrate", binary.toString()).err()).contains("is not UTF-8 text");
        assertThat(Command.run("migrate", directory.resolve("no.yaml").toString()).err())
                .contains("does not exist", "flink-conf.yaml");
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertThat(Command.run("migrate", empty.toString()).err())
                .contains("CONFIG-1020", "flink-conf.yaml, config.yaml");
        assertThat(Command.run("migrate", old.toString(), directory + "/none/config.yaml").err())
                .contains("CLI-7041", "There is no directory");
        assertThat(Command.run("migrate", old.toString(), "x.toml").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(Command.run("migrate", old.toString(), "--to", "toml").err())
                .contains("CLI-7043");
        assertThat(Command.run("migrate", old.toString(), "--check", "--dry-run").err())
                .contains("CLI-7042");
    }

    @Test
    void aDirectoryThatTakesNoFilesIsTheEnvironmentsFault() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc")), "skipped: there is no /proc");
        Command migrate = Command.run("migrate", old.toString(), "/proc/config.yaml");
        assertThat(migrate.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(migrate.err()).contains("CLI-7041", "nothing was written");
    }

    @Test
    void aNameThatDoesNotTellTheFormatIsAskedAbout() throws IOException {
        Path other = directory.resolve("prod.yaml");
        Files.writeString(other, "a: x # y\nb:\n  c: 1\n");
        assertThat(Command.run("migrate", other.toString()).err()).contains("CLI-7045", "--lines");
        Command lines = Command.run("migrate", other.toString(), "--lines", "--dry-run");
        assertThat(lines.out()).isEqualTo("a: x  # y\n# b ******\nc: 1\n");
    }

    @Test
    void olderFlinksMeantSomethingElseByNothing() throws IOException {
        Files.writeString(old, "state.checkpoints.dir: file:///cp\n");
        Command migrate = Command.run("migrate", old.toString(), "--from", "flink-1.12");
        assertThat(migrate.out())
                .contains("'execution.checkpointing.storage' is set to 'jobmanager'");
        assertThat(Files.readString(fresh))
                .contains("execution.checkpointing.storage: jobmanager\n");
    }

    @Test
    void helpShowsExamples() {
        for (String command : new String[] {"explain", "options", "migrate"}) {
            Command help = Command.run(command, "--help");
            assertThat(help.exitCode()).isZero();
            assertThat(help.out()).contains("Examples:", "./holdfast " + command);
        }
        assertThat(Command.run("completion").out())
                .contains("explain", "migrate", "options", "--dry-run", "flink-1.20");
    }

    private static Iterable<String> filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}

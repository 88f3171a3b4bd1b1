package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.output.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command makes of the words it is given, before any job runs. */
class WordsTest {
    @Test
    void examplesAreListedWithOneSentenceEach() {
        Command examples = Command.run("examples");
        assertThat(examples.exitCode()).isZero();
        assertThat(examples.out())
                .contains("nexmark-q5   Hot items:")
                .contains("nexmark-q8   New users:")
                .contains("nexmark-q11  User sessions:")
                .contains("sessions     Sessions of a web server's visitors");
    }

    @Test
    void helpShowsExamplesAndEveryFlag() {
        assertThat(Command.run("--help").out()).contains("./holdfast run nexmark-q5", "130");
        Command run = Command.run("run", "--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("--conf", "--set", "--restore", "--parallelism", "--output", "--json")
                .contains("--events", "--seed", "--rate", "--input", "--gap", "--disorder")
                .contains("Of sessions:", "Default: 30 min")
                .contains("./holdfast run nexmark-q5 --restore latest");
    }

    @Test
    void noWordsAtAllShowTheHelp() {
        assertThat(Command.run().out()).contains("Usage: holdfast");
    }

    @Test
    void theVersionNamesTheJava() {
        Command version = Command.run("--version");
        assertThat(version.exitCode()).isZero();
        assertThat(version.out()).startsWith("holdfast ").contains("Java ");
    }

    @Test
    void anUnknownExampleIsGuessed() {
        Command run = Command.run("run", "nexmark-q6");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err())
                .contains("CLI-7002", "'nexmark-q6'", "Did you mean", "nexmark-q8", "sessions");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aMissingExampleIsAskedFor() {
        Command run = Command.run("run");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("CLI-7001", "EXAMPLE", "./holdfast run --help");
    }

    @Test
    void anUnknownFlagIsGuessed() {
        Command run = Command.run("run", "nexmark-q5", "--paralelism", "2");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--paralelism", "possible", "--parallelism");
    }

    @Test
    void aFlagOfAnotherExampleIsRefused() {
        Command run = Command.run("run", "sessions", "--events", "5", "--gap", "soon");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err())
                .contains("2 problems")
                .contains("'sessions' does not take --events.")
                .contains("--input, --gap, --disorder, --rate")
                .contains("--gap = soon")
                .contains("duration such as");
    }

    @Test
    void aValueOutOfRangeNamesTheRange() {
        Command run = Command.run("run", "nexmark-q5", "--events", "0");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("events", "1 or more", "command line");
    }

    @Test
    void sessionsNeedInput() {
        Command run = Command.run("run", "sessions");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("CLI-7010", "--input FILE");
        assertThat(Command.run("run", "sessions", "--input", "-", "a.log").err())
                .contains("CLI-7011");
    }

    @Test
    void theCompletionScriptIsBash(@TempDir Path directory) throws Exception {
        Command completion = Command.run("completion", "bash");
        assertThat(completion.exitCode()).isZero();
        assertThat(completion.out()).contains("nexmark-q5", "--restore", "complete -F");
        Path script = directory.resolve("holdfast_completion");
        Files.writeString(script, completion.out());
        Process bash = new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();
        assertThat(bash.waitFor()).isZero();
    }

    @Test
    void otherShellsAreNamed() {
        Command completion = Command.run("completion", "fish");
        assertThat(completion.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(completion.err()).contains("'fish'", "bash, zsh");
    }
}

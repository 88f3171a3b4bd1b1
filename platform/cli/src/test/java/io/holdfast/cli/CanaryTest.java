package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.config.Configuration;
import io.holdfast.cli.output.ExitCode;
import io.holdfast.cli.output.Words;
import io.holdfast.config.resolve.Resolution;
import io.holdfast.runtime.StreamExecutionEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret in any slot of the configuration is in no output, no error and no stack trace. */
class CanaryTest {
    private static final String CANARY = "c4nary";

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "config.yaml     | s3.secret-key: c4nary",
                "config.yaml     | s3: {secret-key: c4nary, acess.token: c4nary}",
                "config.yaml     | s3.secert-key: [c4nary, c4nary]",
                "config.yaml     | db.url: 'jdbc:x://user:c4nary@host/db'",
                "config.yaml     | execution.checkpointing.dir: s3://key:c4nary@bucket/cp",
                "flink-conf.yaml | s3.secret-key: c4nary",
                "flink-conf.yaml | s3.secret-key: x#c4nary",
                "flink-conf.yaml | s3.secret-key:c4nary",
                "flink-conf.yaml | s3.secret-key c4nary",
                "flink-conf.yaml | c4nary",
                "flink-conf.yaml | # s3.secret-key: c4nary",
                "flink-conf.yaml | s3.secret-key: c4nary%ns3.secret-key: c4nary",
                "job.conf        | s3.secret-key = c4nary",
                "job.json        | {\"s3\": {\"secret-key\": \"c4nary\"}}",
                "job.properties  | s3.secret-key=c4nary"
            })
    void inFiles(String name, String text) throws IOException {
        Path file = write(name, text.formatted());
        requireSilence("explain", file.toString());
        requireSilence("explain", file.toString(), "--json", "--defaults");
        requireSilence("explain", "--job", file.toString());
        requireSilence("explain", file.toString(), "--diff", "flink-1.20");
        if (name.endsWith(".yaml")) {
            String target = directory.resolve("new.yaml").toString();
            requireSilence("migrate", file.toString(), target, "--dry-run");
            requireSilence("migrate", file.toString(), target, "--dry-run", "--json");
            requireSilence("migrate", file.toString(), target);
            requireSilence("migrate", file.toString(), target, "--check");
            assertThat(Files.readString(Path.of(target))).contains(CANARY);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*c4nary", "!c4nary", "!!c4nary x", "&c4nary", "\"c4nary", "'c4nary", "@c4nary",
                "`c4nary", "c4nary: x", "{c4nary", "[c4nary", "|c4nary", "- c4nary", "? c4nary",
                "\"\\c4nary\"", "%c4nary\n%c4nary", "\tc4nary", "!<c4nary", "c4nary\u0001",
                        "{c4nary}"
            })
    void inErrorsOfYaml(String value) throws IOException {
        Path file = write("config.yaml", "a: 1\ns3.secret-key: " + value + "\n");
        requireSilence("explain", file.toString());
        requireSilence("explain", file.toString(), "--stacktrace");
        requireSilence("migrate", file.toString(), "--dry-run", "--stacktrace");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c4nary$x",
                "\"c4nary",
                "\"\"\"c4nary",
                "c4nary{",
                "[c4nary",
                "{c4nary",
                "${c4nary",
                "c4nary}",
                "c4nary\"x\"\"",
                "c4nary^",
                "\"\\c4nary\"",
                "c4nary = c4nary",
                "c4nary]",
                "${secret:env:c4nary}",
                "c4nary\nc4nary"
            })
    void inErrorsOfHocon(String value) throws IOException {
        Path file = write("job.conf", "a = 1\ns3.secret-key = " + value + "\n");
        requireSilence("explain", file.toString());
        requireSilence("explain", file.toString(), "--stacktrace");
    }

    @Test
    void inErrorsOfProperties() throws IOException {
        Path file = write("job.properties", "s3.secret-key = \\uc4nary\n");
        requireSilence("explain", file.toString(), "--stacktrace");
    }

    @Test
    void onTheCommandLine() {
        requireSilence("explain", "--set", "s3.secret-key=c4nary");
        requireSilence("explain", "--set", "s3.secret-key=c4nary", "--json");
        requireSilence("explain", "--set", "s3.secret-key", "c4nary");
        requireSilence("explain", "--set", "s3.secret-key:c4nary");
        requireSilence("explain", "--set", "c4nary");
        requireSilence("run", "nexmark-q5", "--set", "s3.secret-key", "c4nary");
        requireSilence("run", "nexmark-q5", "--set", "s3.secret-key=c4nary", "--conf", "none.yaml");
        assertThat(Words.again(List.of("run", "x", "--set", "a.password=c4nary", "--restore", "y")))
                .isEqualTo("./holdfast run x --set 'a.password=******'");
    }

    @Test
    void inSystemProperties() {
        System.setProperty("holdfast.set.s3.secret-key", CANARY);
        try {
            Command explain = requireSilence("explain");
            assertThat(explain.out()).contains("s3.secret-key = ******   (system property");
        } finally {
            System.clearProperty("holdfast.set.s3.secret-key");
        }
    }

    @Test
    void inTheEnvironmentAndBehindReferences() throws Exception {
        Path file =
                write(
                        "config.yaml",
                        "a: ${secret:env:A_VARIABLE}\n"
                                + "b: x${secret:file:%s}y\n".formatted(write("pw", CANARY + "\n"))
                                + "state.backend.type: ${secret:env:A_VARIABLE}\n"
                                + "execution.checkpointing.interval: ${secret:env:A_VARIABLE}\n"
                                + "restart-strategy.type: ${secret:env:A_VARIABLE}\n");
        Path output = directory.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.holdfast.cli.Holdfast",
                        "explain",
                        file.toString(),
                        "--stacktrace");
        builder.environment().put("A_VARIABLE", CANARY);
        builder.environment().put("HOLDFAST_SET_S3_SECRET__KEY", CANARY);
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        int exitCode = builder.start().waitFor();
        String told = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(exitCode).as(told).isEqualTo(ExitCode.USAGE);
        assertThat(told)
                .contains(
                        "s3.secret-key = ******   (environment variable",
                        "a = ******",
                        "b = ******")
                .contains("No state backend named '******'")
                .doesNotContain(CANARY);
    }

    @Test
    void inCode() {
        Configuration configuration = new Configuration();
        configuration.setString("s3.secret-key", CANARY);
        Resolution resolution =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration).resolve();
        assertThat(resolution.explanation().text(true))
                .contains("s3.secret-key = ******")
                .doesNotContain(CANARY);
        assertThat(resolution.warnings().toString() + resolution.problems() + configuration)
                .doesNotContain(CANARY);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static Command requireSilence(String... arguments) {
        Command command = Command.run(arguments);
        assertThat(command.out() + command.err()).doesNotContain(CANARY);
        return command;
    }
}

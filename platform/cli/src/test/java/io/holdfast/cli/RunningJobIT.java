package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.cli.LaunchedProject.Ended;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job in a process of its own, whose modules are changed by other processes while it runs: all
 * through the launcher. Its result is compared with that of an undisturbed run.
 */
class RunningJobIT {
    private static final String HEAP = "io.holdfast.backend.hashmap";
    private static final int LINES = 100_000;
    private static final int LINES_AT_ONCE = 20;
    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss", Locale.ENGLISH);

    @TempDir Path temporary;
    private LaunchedProject project;
    private Path folder;
    private Path input;
    private Path output;
    private Process job;
    private ScheduledExecutorService feeder;
    private final List<String> lines = new ArrayList<>();
    private int fed;

    @BeforeEach
    void prepare() throws IOException {
        project = LaunchedProject.in(temporary);
        project.putBuild();
        project.environment().put("XDG_RUNTIME_DIR", temporary.resolve("r").toString());
        project.environment().put("XDG_STATE_HOME", temporary.resolve("state").toString());
        project.environment().put("XDG_DATA_HOME", temporary.resolve("data").toString());
        project.environment().put("HOLDFAST_OPTS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
        folder = Files.createDirectories(temporary.resolve("data/holdfast/modules"));
        LocalDateTime begin = LocalDateTime.of(2015, 5, 17, 0, 0);
        for (int i = 0; i < LINES; i++) {
            lines.add(
                    "10.0.%d.%d - - [%s +0000] \"GET /%d HTTP/1.1\" 200 %d"
                            .formatted(
                                    i % 7,
                                    i * 31 % 200,
                                    TIME.format(begin.plusSeconds(i / 4)),
                                    i % 11,
                                    i % 1000));
        }
        input = Files.write(temporary.resolve("access.log"), lines);
        output = temporary.resolve("job.txt");
    }

    @AfterEach
    void end() {
        if (feeder != null) {
            feeder.shutdownNow();
        }
        if (job != null) {
            job.descendants().forEach(ProcessHandle::destroyForcibly);
            job.destroyForcibly();
        }
    }

    /** Starts the job and feeds it slowly. */
    private void startJob() throws IOException {
        job =
                project.command(project.launcher(), "run", "sessions", "--input", "-")
                        .redirectOutput(output.toFile())
                        .redirectErrorStream(true)
                        .start();
        feeder = Executors.newSingleThreadScheduledExecutor();
        feeder.scheduleAtFixedRate(this::feed, 0, BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> {
                            List<? extends Config> jobs =
                                    json("job", "list", "--json").getConfigList("jobs");
                            return jobs.size() == 1
                                    && jobs.get(0).getString("status").equals("RUNNING");
                        });
    }

    private synchronized void feed() {
        feed(Math.min(fed + LINES_AT_ONCE, LINES));
    }

    private synchronized void feed(int until) {
        try {
            OutputStream out = job.getOutputStream();
            for (; fed < until; fed++) {
                out.write((lines.get(fed) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            out.flush();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Feeds the rest and waits for the end; the last line is the digest. */
    private String finishJob() throws Exception {
        feeder.shutdown();
        assertThat(fed).as("lines that were fed while modules changed").isLessThan(LINES);
        feed(LINES);
        job.getOutputStream().close();
        assertThat(job.waitFor(2, TimeUnit.MINUTES)).as("it ended").isTrue();
        List<String> said = Files.readAllLines(output);
        System.out.println(String.join("\n", said));
        assertThat(job.exitValue()).as(String.join("\n", said)).isZero();
        return said.get(said.size() - 1);
    }

    private Ended holdfast(String... words) throws Exception {
        Ended ended = project.run(project.launcher(), words);
        System.out.println("$ ./holdfast " + String.join(" ", words));
        System.out.print(ended.out() + ended.err());
        System.out.println("exit code " + ended.exitCode());
        return ended;
    }

    private String done(String... words) throws Exception {
        Ended ended = holdfast(words);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.err()).isEmpty();
        return ended.out();
    }

    private String refused(int exitCode, String... words) throws Exception {
        Ended ended = holdfast(words);
        assertThat(ended.exitCode()).isEqualTo(exitCode);
        assertThat(ended.err()).doesNotContain("\tat ");
        return ended.err();
    }

    private Config json(String... words) throws Exception {
        return ConfigFactory.parseString(project.run(project.launcher(), words).out());
    }

    private Path heap(String version) throws IOException {
        return ModuleJars.version(
                LaunchedProject.built("holdfast-backend-hashmap"),
                version,
                temporary.resolve("heap-" + version + ".jar"));
    }

    private Path broken() throws IOException {
        return ModuleJars.backend(
                HEAP,
                "9.2.0",
                "hashmap",
                "if (config != null) throw new IllegalStateException(\"no licence\");",
                temporary.resolve("broken.jar"));
    }

    private List<String> inFolder() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void modulesOfARunningJobChangeAndItsResultDoesNot() throws Exception {
        startJob();
        assertThat(done("module", "list"))
                .startsWith("process ")
                .contains("(sessions), folder " + folder.toRealPath())
                .containsPattern(HEAP + " +\\S+ +in use by job sessions +class path");

        // A version that does not work when it is used: all is as it was.
        Path broken = broken();
        assertThat(refused(1, "module", "update", "hashmap", broken.toString(), "--handover"))
                .contains("no licence", "sessions", "The folder is as it was, and every job");
        assertThat(inFolder()).isEmpty();
        assertThat(done("job", "list")).containsPattern("running +hashmap 0.1.0");

        // The class path's version is updated; the job keeps it, then is handed over.
        assertThat(refused(2, "module", "install", heap("9.0.0").toString()))
                .contains("CLI-7058", "module update " + HEAP);
        assertThat(done("module", "update", "hashmap", heap("9.0.0").toString()))
                .containsPattern("from +" + HEAP + " .*holdfast-backend-hashmap")
                .containsPattern("to +" + HEAP + " 9.0.0 \\(heap-9.0.0.jar\\)")
                .containsPattern("process \\d+ +available")
                .containsPattern("draining +job sessions keeps the old version");
        assertThat(done("module", "update", "hashmap", heap("9.1.0").toString(), "--handover"))
                .containsPattern("handed over +sessions, pause \\d+\\.\\d ms");
        assertThat(done("module", "info", "hashmap"))
                .containsSubsequence("9.1.0", "in use by job sessions", "class loader")
                .containsSubsequence("covered", "class path", "came with the program")
                .doesNotContain("9.0.0 ");

        // And the same over a jar of the folder.
        byte[] before = Files.readAllBytes(folder.resolve("heap-9.0.0.jar"));
        assertThat(refused(1, "module", "update", "hashmap", broken.toString(), "--handover"))
                .contains("no licence", "sessions", "The folder is as it was, and every job");
        assertThat(Files.readAllBytes(folder.resolve("heap-9.0.0.jar"))).isEqualTo(before);
        assertThat(done("job", "list")).contains("running", "hashmap 9.1.0");

        // To another backend, and the module that it had leaves.
        assertThat(refused(2, "job", "switch", "sesions", "--backend", "rocksdb"))
                .contains("CLI-7064", "Did you mean 'sessions'?");
        assertThat(refused(2, "job", "switch", "sessions", "--backend", "rocksbd"))
                .contains("Did you mean 'rocksdb'?");
        assertThat(done("job", "switch", "sessions", "--backend", "rocksdb"))
                .containsPattern("from +hashmap 9.1.0")
                .containsPattern("to +rocksdb ")
                .containsPattern("handed over +pause \\d+\\.\\d ms");
        assertThat(done("module", "remove", "hashmap", "--wait"))
                .containsPattern("removed +" + HEAP + " 9.1.0")
                .containsPattern("instead +" + HEAP)
                .contains("nobody has it any more");
        assertThat(refused(2, "module", "remove", "rocksdb")).contains("CLI-7062");

        // A stranger's module comes and goes; hostile and untrusted ones do not come.
        Path strange =
                ModuleJars.backend(
                        "org.example.state", "1", "strange", "", temporary.resolve("strange.jar"));
        assertThat(done("module", "install", strange.toString()))
                .containsPattern("process \\d+ +available");
        assertThat(done("module", "remove", "org.example.state")).contains("removed");
        Path hostile = ModuleJars.hostile(temporary.resolve("hostile.jar"));
        assertThat(refused(2, "module", "install", hostile.toString())).contains("MODULE-2011");
        Files.createFile(temporary.resolve("trusted.txt"));
        assertThat(
                        refused(
                                2,
                                "module",
                                "install",
                                strange.toString(),
                                "--set=modules.trust=digest-list",
                                "--set=modules.trust.digests=trusted.txt"))
                .contains("not in the list");
        assertThat(inFolder()).isEmpty();

        String digest = finishJob();
        assertThat(digest).startsWith("digest sha256:");
        assertThat(done("run", "sessions", "--input", input.toString())).endsWith(digest + "\n");
        assertThat(done("job", "list")).isEqualTo("no job runs\n");
    }
}

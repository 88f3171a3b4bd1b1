package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.api.config.Configuration;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.cli.output.ExitCode;
import io.holdfast.cli.settings.Modules;
import io.holdfast.control.client.ControlDirectory;
import io.holdfast.control.server.ControlServer;
import io.holdfast.runtime.JobClient;
import io.holdfast.runtime.LocalPlatform;
import io.holdfast.runtime.StreamExecutionEnvironment;
import io.holdfast.runtime.connector.CollectSink;
import io.holdfast.runtime.connector.GeneratorSource;
import io.holdfast.runtime.connector.RateLimitedSource;
import io.holdfast.runtime.metrics.JobStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code holdfast module} and {@code holdfast job} where no job runs: a folder and its jars. */
class ModuleCommandsIT {
    private static final String HEAP = "io.holdfast.backend.hashmap";

    @TempDir Path directory;
    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(directory.resolve("modules"));
    }

    private Command module(String... words) {
        return Command.run(
                Stream.of(Stream.of("module"), Stream.of(words), Stream.of("--modules=" + folder))
                        .flatMap(part -> part)
                        .toArray(String[]::new));
    }

    private Path stranger(String version) throws IOException {
        return ModuleJars.backend(
                "org.example.state", version, "strange", "", directory.resolve("strange.jar"));
    }

    private List<String> inFolder() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatWouldBeLoadedIsListed() {
        Command list = module("list");
        assertThat(list.exitCode()).isZero();
        assertThat(list.lines().get(0))
                .isEqualTo("no process runs; ./holdfast would load, folder " + folder);
        assertThat(list.lines().get(1)).matches("NAME +VERSION +STATE +WORLD +JAR +SHA-256");
        assertThat(list.out())
                .containsPattern(HEAP + " +\\S+ +available +class path +holdfast-backend-hashmap")
                .contains("io.holdfast.storage.filesystem");
    }

    @Test
    void aModuleIsInstalledListedToldOfAndRemoved() throws Exception {
        Command install = module("install", stranger("1.0.0").toString());
        assertThat(install.exitCode()).as(install.toString()).isZero();
        assertThat(install.out())
                .containsPattern("installed +org.example.state 1.0.0")
                .contains("available, from its next start on");
        assertThat(inFolder()).containsExactly("strange.jar");
        assertThat(module("list").out())
                .containsPattern("org.example.state +1.0.0 +available +class loader +strange.jar");
        Command info = module("info", "example-state");
        assertThat(info.out())
                .contains("version   1.0.0", "provides  state backend strange", "trust     any")
                .containsPattern("sha-256 +[0-9a-f]{64}");
        Command options =
                Command.run("explain", "--modules=" + folder, "--set=state.backend=strange");
        assertThat(options.out()).contains("state backend: strange");
        Command remove = module("remove", "strange.jar");
        assertThat(remove.exitCode()).isZero();
        assertThat(inFolder()).isEmpty();
        assertThat(module("list").out()).doesNotContain("org.example");
    }

    @Test
    void jsonIsOneDocument() throws Exception {
        Command install = module("install", stranger("1.0.0").toString(), "--json");
        Config installed = ConfigFactory.parseString(install.out());
        assertThat(installed.getString("module.name")).isEqualTo("org.example.state");
        Config list = ConfigFactory.parseString(module("list", "--json").out());
        assertThat(list.getConfigList("modules"))
                .anySatisfy(
                        each -> {
                            assertThat(each.getString("name")).isEqualTo("org.example.state");
                            assertThat(each.getString("sha256"))
                                    .isEqualTo(installed.getString("module.sha256"));
                        });
        Config info = ConfigFactory.parseString(module("info", "strange", "--json").out());
        assertThat(info.getConfigList("versions").get(0).getString("state")).isEqualTo("available");
        Command again = module("install", directory.resolve("strange.jar").toString(), "--json");
        assertThat(again.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(again.out()).contains("\"CLI-7058\"");
    }

    @Test
    void whatIsInstalledIsUpdatedInItsPlace() throws Exception {
        module("install", stranger("1.0.0").toString());
        Command again = module("install", stranger("2.0.0").toString());
        assertThat(again.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(again.err())
                .contains("CLI-7058", "org.example.state 1.0.0", "module update org.example.state");
        Path other =
                Files.move(directory.resolve("strange.jar"), directory.resolve("other name.jar"));
        Command update = module("update", "strange", other.toString());
        assertThat(update.exitCode()).as(update.toString()).isZero();
        assertThat(update.out())
                .containsPattern("from +org.example.state 1.0.0")
                .containsPattern("to +org.example.state 2.0.0");
        assertThat(inFolder()).containsExactly("strange.jar");
        assertThat(module("info", "strange").out()).contains("2.0.0").doesNotContain("1.0.0");
    }

    @Test
    void anUpdateIsLaidOverAModuleOfTheClassPathAndTakenAwayAgain() throws Exception {
        Path young =
                ModuleJars.version(
                        LaunchedProject.built("holdfast-backend-hashmap"),
                        "9.0.0",
                        directory.resolve("young.jar"));
        Command install = module("install", young.toString());
        assertThat(install.err()).contains("CLI-7058", "class path");
        assertThat(module("update", "hashmap", young.toString()).exitCode()).isZero();
        assertThat(module("list").out())
                .containsPattern(HEAP + " +9.0.0 +available +class loader +young.jar")
                .containsPattern(HEAP + " +\\S+ +covered +class path +holdfast-backend-hashmap");
        Command run =
                Command.run(
                        "run",
                        "nexmark-q11",
                        "--events=20000",
                        "--modules=" + folder,
                        "--set=execution.checkpointing.dir=file://" + directory.resolve("c"));
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.out()).containsPattern("modules +" + folder);
        Command remove = module("remove", "hashmap");
        assertThat(remove.out()).containsPattern("instead +" + HEAP + " .*class path");
        Command never = module("remove", "hashmap");
        assertThat(never.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(never.err()).contains("CLI-7062", "came with the program", "module update");
    }

    @Test
    void hostileDamagedAndUntrustedJarsNeverReachTheFolder() throws Exception {
        Command hostile =
                module("install", ModuleJars.hostile(directory.resolve("h.jar")).toString());
        assertThat(hostile.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(hostile.err()).contains("MODULE-2011", "h.jar", "do not use it");
        Path torn = Files.write(directory.resolve("torn.jar"), new byte[] {'P', 'K', 3, 4});
        Command damaged = module("install", torn.toString());
        assertThat(damaged.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(damaged.err()).contains("MODULE-2010", "torn.jar");
        Path list = Files.createFile(directory.resolve("trusted.txt"));
        Command untrusted =
                module(
                        "install",
                        stranger("1.0.0").toString(),
                        "--set=modules.trust=digest-list",
                        "--set=modules.trust.digests=" + list);
        assertThat(untrusted.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(untrusted.err()).contains("not in the list of trusted ones", "strange.jar");
        Command missing = module("install", directory.resolve("nothing.jar").toString());
        assertThat(missing.err()).contains("CLI-7053", "nothing.jar");
        assertThat(inFolder()).isEmpty();
    }

    @Test
    void aJarThatIsRefusedWhenItIsLoadedIsTakenOutAgain() throws Exception {
        Path thief =
                ModuleJars.backend(
                        "org.example.thief", "1", "hashmap", "", directory.resolve("thief.jar"));
        Command install = module("install", thief.toString());
        assertThat(install.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(install.err())
                .contains(
                        "MODULE-2003", "'hashmap' is provided already", "the folder is as it was");
        assertThat(inFolder()).isEmpty();
        module("install", stranger("1.0.0").toString());
        Path bad =
                ModuleJars.backend(
                        "org.example.state", "2", "Bad Name", "", directory.resolve("bad.jar"));
        Command update = module("update", "strange", bad.toString());
        assertThat(update.exitCode()).isEqualTo(ExitCode.JOB_FAILED);
        assertThat(update.err()).contains("MODULE-2005", "Bad Name");
        assertThat(module("info", "strange").out()).contains("version   1.0.0");
        assertThat(inFolder()).containsExactly("strange.jar");
    }

    @Test
    void namesThatMeanNothingOrTooMuchAreTold() throws Exception {
        Command unknown = module("info", "hashmpa");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.err())
                .contains("CLI-7057", "Did you mean 'hashmap'?", "io.holdfast.storage.jobmanager");
        module("install", stranger("1.0.0").toString());
        module(
                "install",
                ModuleJars.backend("com.other.state", "1", "other", "", directory.resolve("o.jar"))
                        .toString());
        Command ambiguous = module("info", "state");
        assertThat(ambiguous.err())
                .contains("CLI-7056", "com.other.state, org.example.state", "say more");
        for (String name :
                List.of(
                        "COM.OTHER.STATE",
                        "other-state",
                        "o.jar",
                        "o",
                        "holdfast-backend-hashmap")) {
            assertThat(module("info", name).exitCode()).as(name).isZero();
        }
        Command wrong =
                module("update", "other-state", directory.resolve("strange.jar").toString());
        assertThat(wrong.err()).contains("CLI-7061", "another module");
        Command noBackend =
                module(
                        "update",
                        "storage-jobmanager",
                        directory.resolve("strange.jar").toString(),
                        "--handover");
        assertThat(noBackend.err()).contains("CLI-7060", "is no state backend");
    }

    @Test
    void aFileThatIsInTheWayIsNotOverwritten() throws Exception {
        Path jar = stranger("1.0.0");
        Files.writeString(folder.resolve("strange.jar"), "somebody's");
        Command install = module("install", jar.toString());
        assertThat(install.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(install.err()).contains("CLI-7059", "strange.jar");
        assertThat(folder.resolve("strange.jar")).hasContent("somebody's");
        assertThat(module("list").out()).contains("failed", "MODULE-2010");
        Command update = module("update", "strange.jar", jar.toString());
        assertThat(update.exitCode()).as(update.toString()).isZero();
        assertThat(module("list").out()).doesNotContain("failed");
    }

    @Test
    void aFolderThatIsMissingIsMadeByInstallAndMissedByList() throws Exception {
        Files.delete(folder);
        Command list = module("list");
        assertThat(list.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(list.err()).contains("MODULE-2020", folder.toString());
        assertThat(module("install", stranger("1.0.0").toString()).exitCode()).isZero();
        assertThat(inFolder()).containsExactly("strange.jar");
    }

    @Test
    void whereNobodyRunsThatIsSaid() {
        assertThat(Command.run("job", "list").out()).isEqualTo("no job runs\n");
        assertThat(Command.run("job", "list", "--json").out()).isEqualTo("{\"jobs\":[]}\n");
        Command nobody = Command.run("job", "switch", "nexmark-q5", "--backend", "rocksdb");
        assertThat(nobody.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(nobody.err()).contains("CLI-7064", "running  none");
        assertThat(Command.run("module", "list", "--process", "1").err()).contains("CLI-7050");
    }

    @Test
    void whereSeveralRunOneMustBeChosen() throws Exception {
        try (LocalPlatform platform = Modules.open(List.of(Modules.inFolder(folder.toString())));
                ControlServer one = ControlServer.open(platform, ControlDirectory.ofThisUser());
                ControlServer two = ControlServer.open(platform, ControlDirectory.ofThisUser())) {
            assertThat(one.socket()).isNotEqualTo(two.socket());
            Command list = Command.run("module", "list");
            assertThat(list.exitCode()).isEqualTo(ExitCode.USAGE);
            String pid = Long.toString(ProcessHandle.current().pid());
            assertThat(list.err()).contains("CLI-7051", pid + " (no job)", "--process");
            // Both watch the same folder: what is installed there is not ambiguous.
            Command install = Command.run("module", "install", stranger("1.0.0").toString());
            assertThat(install.exitCode()).as(install.toString()).isZero();
            assertThat(install.out()).containsPattern("process " + pid + " +available");
        }
    }

    private static JobClient startJob(LocalPlatform platform, String name) {
        Configuration settings = new Configuration();
        settings.setString("execution.checkpointing.storage", "jobmanager");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(platform)
                        .configure(settings)
                        .setParallelism(1);
        env.fromSource(
                        new RateLimitedSource<>(
                                new GeneratorSource<>(i -> i, Long.MAX_VALUE, 1), 1_000),
                        "numbers")
                .map(number -> number % 7)
                .keyBy(number -> number, Long.class)
                .reduce(Long::sum, Long.class)
                .map(String::valueOf)
                .sinkTo(new CollectSink.Results<String>().sink(Serializers.STRING));
        JobClient job = env.executeAsync(name);
        Awaitility.await().until(() -> job.status() == JobStatus.RUNNING);
        return job;
    }

    @Test
    void ifOneJobCannotGoOnAllGoBack() throws Exception {
        Path forOne =
                ModuleJars.heapForOneJob(
                        LaunchedProject.built("holdfast-backend-hashmap"),
                        "9.0.0",
                        directory.resolve("one.jar"));
        try (LocalPlatform platform = Modules.open(List.of(Modules.inFolder(folder.toString())));
                ControlServer server =
                        ControlServer.open(platform, ControlDirectory.ofThisUser())) {
            assertThat(server.socket()).exists();
            JobClient first = startJob(platform, "first");
            String before = first.stateBackend();
            Command update = module("update", "hashmap", forOne.toString(), "--handover");
            assertThat(update.exitCode()).as(update.toString()).isZero();
            assertThat(update.out()).containsPattern("handed over +first, pause \\d+\\.\\d ms");
            assertThat(first.stateBackend()).contains("9.0.0", "one.jar");
            assertThat(module("remove", "hashmap").out())
                    .containsPattern("draining +job first keeps it until it ends");
            first.handOver().get();
            assertThat(first.stateBackend()).isEqualTo(before);

            JobClient second = startJob(platform, "second");
            Command both = module("update", "hashmap", forOne.toString(), "--handover");
            assertThat(both.exitCode()).isEqualTo(ExitCode.JOB_FAILED);
            assertThat(both.err())
                    .contains("licensed for one job")
                    .containsPattern("job +second")
                    .contains("The folder is as it was, and every job has the version it had.");
            assertThat(List.of(first.stateBackend(), second.stateBackend())).containsOnly(before);
            assertThat(List.of(first.status(), second.status())).containsOnly(JobStatus.RUNNING);
            assertThat(inFolder()).isEmpty();
            Command list = module("list");
            assertThat(list.out())
                    .containsPattern(HEAP + " +\\S+ +in use by job first, job second +class path")
                    .doesNotContain("9.0.0");
            first.cancel();
            second.cancel();
            Awaitility.await().until(() -> platform.jobs().isEmpty());
        }
    }

    @Test
    void helpShowsExamples() {
        for (String command : List.of("list", "info", "install", "update", "remove")) {
            Command help = Command.run("module", command, "--help");
            assertThat(help.exitCode()).isZero();
            assertThat(help.out()).contains("Examples:", "./holdfast module " + command);
        }
        for (String command : List.of("list", "switch")) {
            assertThat(Command.run("job", command, "--help").out())
                    .contains("Examples:", "./holdfast job " + command);
        }
        assertThat(Command.run("module").out()).contains("install", "./holdfast module list");
        assertThat(Command.run("completion").out())
                .contains("module", "install", "--handover", "switch");
    }
}

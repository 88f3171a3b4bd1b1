package io.holdfast.control.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.error.Problem;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.layer.Origin;
import io.holdfast.control.client.ControlDirectory;
import io.holdfast.control.client.HostClient;
import io.holdfast.control.client.RunningHosts;
import io.holdfast.control.view.HandOverView;
import io.holdfast.control.view.JobView;
import io.holdfast.control.view.ModuleView;
import io.holdfast.control.wire.Exchange;
import io.holdfast.control.wire.Line;
import io.holdfast.runtime.JobClient;
import io.holdfast.runtime.LocalPlatform;
import io.holdfast.runtime.StreamExecutionEnvironment;
import io.holdfast.runtime.connector.CollectSink;
import io.holdfast.runtime.metrics.JobStatus;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real platform with a job, asked through a real socket. */
class ControlServerTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int RECORDS = 20_000;

    @TempDir Path temporary;
    private Path modules;
    private ControlDirectory directory;
    private LocalPlatform platform;
    private ControlServer server;
    private final Semaphore allowed = new Semaphore(0);
    private final CollectSink.Results<String> results = new CollectSink.Results<>();

    @BeforeEach
    void open() throws IOException {
        modules = Files.createDirectory(temporary.resolve("modules"));
        directory = new ControlDirectory(temporary.resolve("c"));
        Configuration settings = new Configuration();
        settings.setString("modules.dir", modules.toString());
        platform =
                LocalPlatform.open(
                        ControlServerTest.class.getClassLoader(),
                        List.of(
                                Layer.of(
                                        Level.CLUSTER,
                                        settings,
                                        Origin.ofConfiguration("the test"))));
        server = ControlServer.open(platform, directory);
    }

    @AfterEach
    void close() {
        allowed.release(RECORDS);
        platform.jobs().forEach(JobClient::cancel);
        server.close();
        platform.close();
    }

    /** A record and how often it was seen. */
    record Count(int key, long count) {}

    private JobClient startJob() {
        Configuration settings = new Configuration();
        settings.setString("execution.checkpointing.storage", "jobmanager");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(platform)
                        .configure(settings)
                        .setParallelism(1);
        env.fromCollection(IntStream.range(0, RECORDS).boxed().toList())
                .map(
                        number -> {
                            allowed.acquireUninterruptibly();
                            return new Count(number % 7, 1);
                        })
                .keyBy(Count::key, Integer.class)
                .reduce((a, b) -> new Count(a.key(), a.count() + b.count()), Count.class)
                .map(count -> count.key() + "=" + count.count())
                .sinkTo(results.sink(Serializers.STRING));
        JobClient job = env.executeAsync("counting");
        Awaitility.await().until(() -> job.status() == JobStatus.RUNNING);
        return job;
    }

    private HostClient only() {
        RunningHosts found = RunningHosts.find(directory);
        assertThat(found.silent()).isEmpty();
        assertThat(found.hosts()).hasSize(1);
        return found.hosts().get(0);
    }

    @Test
    void aHostTellsItsProcessItsFolderAndItsJobs() throws Exception {
        assertThat(only().view().pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(only().view().folder()).contains(modules.toRealPath());
        assertThat(only().view().jobs()).isEmpty();
        JobClient job = startJob();
        assertThat(only().view().jobs())
                .singleElement()
                .satisfies(
                        view -> {
                            assertThat(view.id()).isEqualTo(job.jobId());
                            assertThat(view.name()).isEqualTo("counting");
                            assertThat(view.status()).isEqualTo("RUNNING");
                            assertThat(view.backend()).startsWith("hashmap ");
                        });
        allowed.release(RECORDS);
        assertThat(job.await().status()).isEqualTo(JobStatus.FINISHED);
        Awaitility.await().until(() -> only().view().jobs().isEmpty());
    }

    @Test
    void modulesAreToldWithTheirUsersAndOptions() {
        startJob();
        List<ModuleView> told = only().modules();
        assertThat(told)
                .filteredOn(
                        each ->
                                each.providers().stream()
                                        .anyMatch(one -> one.names().contains("hashmap")))
                .singleElement()
                .satisfies(
                        each -> {
                            assertThat(each.state()).isEqualTo(ModuleView.State.IN_USE);
                            assertThat(each.users()).containsExactly("job counting");
                            assertThat(each.onClassPath()).isTrue();
                        });
        assertThat(told)
                .flatExtracting(ModuleView::providers)
                .anySatisfy(
                        each -> assertThat(each.options()).contains("execution.checkpointing.dir"));
    }

    @Test
    void aRefreshTellsWhatBecameOfAJar() throws Exception {
        Files.writeString(modules.resolve("no.jar"), "this is no jar");
        Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThat(only().refresh())
                                        .filteredOn(each -> each.state() == ModuleView.State.FAILED)
                                        .singleElement()
                                        .satisfies(
                                                each ->
                                                        assertThat(
                                                                        each.problem()
                                                                                .map(Problem::code))
                                                                .contains("MODULE-2010")));
    }

    @Test
    void aJobIsSwitchedWhileItRuns() {
        JobClient job = startJob();
        HostClient host = only();
        CompletableFuture<HandOverView> switched =
                CompletableFuture.supplyAsync(() -> host.switchBackend(job.jobId(), "hashmap"));
        Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .until(
                        () -> {
                            allowed.release();
                            return switched.isDone();
                        });
        HandOverView handOver = switched.join();
        assertThat(handOver.from()).startsWith("hashmap ");
        assertThat(handOver.subtasks()).hasSize(1);
        assertThat(handOver.pause()).isPositive();
        allowed.release(RECORDS);
        assertThat(job.await().status()).isEqualTo(JobStatus.FINISHED);
        assertThat(results.records()).hasSize(RECORDS).contains("0=2858", "6=2857");
    }

    @Test
    void whatIsRefusedThereIsToldHere() {
        JobClient job = startJob();
        HostClient host = only();
        assertThatThrownBy(() -> host.switchBackend(job.jobId(), "hashmpa"))
                .hasMessageContaining("hashmpa")
                .hasMessageContaining("Did you mean 'hashmap'?");
        assertThatThrownBy(() -> host.handOver(job.jobId())).hasMessageStartingWith("JOB-6061");
        assertThatThrownBy(() -> host.handOver("none"))
                .hasMessageStartingWith("CONTROL-8005 There is no job 'none' here.")
                .hasMessageContaining(job.jobId());
        assertThat(host.now().jobs()).extracting(JobView::id).containsExactly(job.jobId());
    }

    @Test
    void nobodyElseMayEnterTheDirectory() throws Exception {
        assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
                "skipped: this file system has no permissions");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
                .isEqualTo("rwx------");
        Files.setPosixFilePermissions(
                directory.path(), PosixFilePermissions.fromString("rwxrwxrwx"));
        directory.prepare();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
                .isEqualTo("rwx------");
        Path link = Files.createSymbolicLink(temporary.resolve("link"), directory.path());
        assertThatThrownBy(() -> ControlServer.open(platform, new ControlDirectory(link)))
                .hasMessageStartingWith("CONTROL-8001");
    }

    @Test
    void aSocketOfADeadProcessIsRemovedAndOthersAreFound() throws Exception {
        Path dead = directory.socket(999_999_999, 0);
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(dead));
        }
        assertThat(dead).exists();
        only();
        assertThat(dead).doesNotExist();
        assertThat(server.socket()).exists();
    }

    @Test
    void twoHostsOfAProcessAreBothFound() {
        try (ControlServer second = ControlServer.open(platform, directory)) {
            assertThat(second.socket()).isNotEqualTo(server.socket());
            assertThat(RunningHosts.find(directory).hosts()).hasSize(2);
        }
        assertThat(RunningHosts.find(directory).hosts()).hasSize(1);
    }

    @Test
    void aClosedServerLeavesNothingAndIsNotFound() throws Exception {
        HostClient host = only();
        server.close();
        server.close();
        assertThat(RunningHosts.find(directory).hosts()).isEmpty();
        try (var left = Files.list(directory.path())) {
            assertThat(left).isEmpty();
        }
        assertThatThrownBy(host::modules).hasMessageStartingWith("CONTROL-8003");
    }

    @Test
    void aDirectoryThatNeverWasHasNobody() {
        ControlDirectory nowhere = new ControlDirectory(temporary.resolve("never"));
        assertThat(RunningHosts.find(nowhere)).isEqualTo(new RunningHosts(List.of(), List.of()));
    }

    @Test
    void aPathThatIsTooLongForASocketIsSaid() {
        ControlDirectory deep = new ControlDirectory(temporary.resolve("x".repeat(120)));
        assertThatThrownBy(() -> ControlServer.open(platform, deep))
                .hasMessageStartingWith("CONTROL-8001")
                .hasMessageContaining("short path");
    }

    private Line answer(Line... question) throws IOException {
        try (Exchange exchange = Exchange.connect(server.socket())) {
            for (Line line : question) {
                exchange.write(line, LONG);
            }
            assertThat(exchange.read(LONG).tag()).isEqualTo("failed");
            return exchange.read(LONG);
        }
    }

    @Test
    void otherVersionsAndUnknownQuestionsAreRefusedWithAReason() throws Exception {
        assertThat(answer(Line.of("holdfast", 99)).field(0)).isEqualTo("CONTROL-8004");
        assertThat(answer(Line.of("GET / HTTP/1.1")).field(0)).isEqualTo("CONTROL-8004");
        Line unknown = answer(Line.of("holdfast", 1), Line.of("shutdown"));
        assertThat(unknown.field(2)).contains("does not know the question 'shutdown'");
        assertThat(answer(Line.of("holdfast", 1), Line.of("switch")).field(0))
                .isEqualTo("CONTROL-8009");
    }

    @Test
    void whoConnectsAndSaysNothingKeepsNobodyWaiting() throws Exception {
        try (Exchange silent = Exchange.connect(server.socket());
                Exchange half = Exchange.connect(server.socket())) {
            half.write(Line.of("holdfast", 1), LONG);
            assertThat(only().modules()).isNotEmpty();
            assertThatThrownBy(() -> silent.read(LONG)).isInstanceOf(IOException.class);
        }
    }
}

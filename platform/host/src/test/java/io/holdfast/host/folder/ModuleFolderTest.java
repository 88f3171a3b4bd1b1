package io.holdfast.host.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.config.Configuration;
import io.holdfast.host.Lease;
import io.holdfast.host.ModuleJar;
import io.holdfast.host.ModuleRegistry;
import io.holdfast.host.ModuleReport;
import io.holdfast.host.ProviderKind;
import io.holdfast.host.SigningKey;
import io.holdfast.host.archive.Trust;
import io.holdfast.host.world.LoaderWorld;
import io.holdfast.spi.state.StateBackendFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars come, change and go in a folder, while modules are in use. */
class ModuleFolderTest {
    private static final ProviderKind<StateBackendFactory> BACKEND = ProviderKind.STATE_BACKEND;

    @TempDir Path directory;
    private Path folder;
    private ModuleFolder source;
    private ModuleRegistry registry;

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectories(directory.resolve("modules"));
        source = source(Trust.any());
        registry = ModuleRegistry.open(source);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private ModuleFolder source(Trust trust) throws IOException {
        return new ModuleFolder(
                folder,
                directory.resolve("work"),
                new LoaderWorld(getClass().getClassLoader()),
                trust,
                Duration.ofMillis(300));
    }

    private static ModuleJar module(String version) {
        return ModuleJar.backend("Good", "good")
                .header("Bundle-SymbolicName", "test.good")
                .version(version);
    }

    private void put(ModuleJar module, String name) throws IOException {
        Path beside = module.write(directory.resolve(name));
        Files.move(beside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private void awaitVersion(String version) {
        Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThat(registry.modules())
                                        .filteredOn(ModuleFolderTest::usable)
                                        .extracting(each -> each.origin().version())
                                        .contains(version));
    }

    private void awaitFailure(String reason) {
        Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThat(registry.modules())
                                        .anySatisfy(
                                                each -> {
                                                    assertThat(each.state())
                                                            .isEqualTo(ModuleReport.State.FAILED);
                                                    assertThat(each.problem().get().toString())
                                                            .contains(reason);
                                                }));
    }

    private static boolean usable(ModuleReport module) {
        return module.state() == ModuleReport.State.AVAILABLE
                || module.state() == ModuleReport.State.IN_USE;
    }

    @Test
    void aJarIsUsedAndSaysWhereItIsFrom() throws Exception {
        put(module("1.0.0"), "good.jar");
        awaitVersion("1.0.0");
        try (Lease<StateBackendFactory> lease = registry.lease(BACKEND, "good", "job counts")) {
            assertThat(lease.factory().create(new Configuration()).name()).isEqualTo("good");
            ModuleReport report = registry.modules().get(0);
            assertThat(report.name()).isEqualTo("test.good");
            assertThat(report.state()).isEqualTo(ModuleReport.State.IN_USE);
            assertThat(report.users()).containsExactly("job counts");
            assertThat(report.origin().world()).isEqualTo("class loader");
            assertThat(report.origin().digest()).hasSize(64);
            assertThat(report.origin().location())
                    .isEqualTo(folder.resolve("good.jar").toRealPath().toString());
        }
    }

    @Test
    void whatLiesThereAtTheStartIsThereAtOnce() throws Exception {
        registry.close();
        module("1.0.0").write(folder.resolve("good.jar"));
        source = source(Trust.any());
        registry = ModuleRegistry.open(source);
        assertThat(registry.names(BACKEND)).containsExactly("good");
    }

    @Test
    void aReplacementByAnAtomicRenameLeavesNoMomentWithoutTheService() throws Exception {
        Path jar = module("1.0.0").write(directory.resolve("whole.jar"));
        put(jar, "1.0.0", "good.jar");
        awaitVersion("1.0.0");
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger leases = new AtomicInteger();
        CompletableFuture<Void> user =
                CompletableFuture.runAsync(
                        () -> {
                            while (!stop.get()) {
                                leaseAndUse("good");
                                leases.incrementAndGet();
                            }
                        });
        for (int i = 1; i <= 50; i++) {
            put(jar, "1.0." + i, "good.jar");
            awaitLeaseOf("good", "1.0." + i);
        }
        stop.set(true);
        assertThat(user).succeedsWithin(Duration.ofMinutes(1));
        assertThat(leases).hasValueGreaterThan(50);
        awaitNoLeaks();
    }

    private void put(Path jar, String version, String name) throws IOException {
        Path beside = ModuleJar.restated(jar, version, directory.resolve(version + name));
        Files.move(beside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private void leaseAndUse(String name) {
        try (Lease<StateBackendFactory> lease = registry.lease(BACKEND, name)) {
            assertThat(lease.factory().create(new Configuration()).name()).isEqualTo(name);
        }
    }

    private void awaitLeaseOf(String name, String version) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .until(
                        () -> {
                            try (Lease<StateBackendFactory> lease = registry.lease(BACKEND, name)) {
                                return lease.origin().version().equals(version);
                            }
                        });
    }

    @Test
    void eightThreadsReplaceRefreshComeGoAndUseAtOnce() throws Exception {
        Path one = module("1.0.0").write(directory.resolve("one.jar"));
        Path two =
                ModuleJar.backend("Other", "other")
                        .header("Bundle-SymbolicName", "test.other")
                        .write(directory.resolve("two.jar"));
        Path guest =
                ModuleJar.backend("Guest", "guest")
                        .header("Bundle-SymbolicName", "test.guest")
                        .write(directory.resolve("guest.jar"));
        put(one, "0.0.0", "good.jar");
        put(two, "0.0.0", "other.jar");
        awaitLeaseOfAny();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger uses = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> users = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String name = i % 2 == 0 ? "good" : "other";
                users.add(
                        threads.submit(
                                () -> {
                                    while (!stop.get()) {
                                        leaseAndUse(name);
                                        uses.incrementAndGet();
                                    }
                                }));
            }
            users.add(
                    threads.submit(
                            () -> {
                                while (!stop.get()) {
                                    source.refresh();
                                    registry.modules();
                                }
                            }));
            List<Future<?>> changes =
                    List.of(
                            threads.submit(() -> replaceOften(one, "good")),
                            threads.submit(() -> replaceOften(two, "other")),
                            threads.submit(() -> comeAndGoOften(guest)));
            for (Future<?> each : changes) {
                each.get(2, TimeUnit.MINUTES);
            }
            stop.set(true);
            for (Future<?> each : users) {
                each.get(1, TimeUnit.MINUTES);
            }
        } finally {
            stop.set(true);
            threads.shutdown();
        }
        assertThat(uses).hasValueGreaterThan(100);
        assertThat(registry.names(BACKEND)).containsExactly("good", "other");
        assertThat(registry.modules()).hasSize(2).allMatch(ModuleFolderTest::usable);
        awaitNoLeaks();
    }

    private void awaitLeaseOfAny() {
        Awaitility.await().until(() -> registry.names(BACKEND).size() == 2);
    }

    private Void replaceOften(Path jar, String name) throws IOException {
        for (int i = 1; i <= 25; i++) {
            put(jar, "1.0." + i, name + ".jar");
            awaitLeaseOf(name, "1.0." + i);
        }
        return null;
    }

    private Void comeAndGoOften(Path jar) throws IOException {
        for (int i = 1; i <= 15; i++) {
            put(jar, "1.0." + i, "guest.jar");
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> registry.names(BACKEND).contains("guest"));
            leaseAndUse("guest");
            Files.delete(folder.resolve("guest.jar"));
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> !registry.names(BACKEND).contains("guest"));
        }
        return null;
    }

    @Test
    void aFileThatIsDeletedToBeReplacedIsNotTakenForRemoved() throws Exception {
        registry.close();
        source =
                new ModuleFolder(
                        folder,
                        directory.resolve("work"),
                        new LoaderWorld(getClass().getClassLoader()),
                        Trust.any(),
                        Duration.ofMillis(300),
                        Duration.ofDays(1));
        registry = ModuleRegistry.open(source);
        put(module("1.0.0"), "good.jar");
        awaitVersion("1.0.0");
        Files.delete(folder.resolve("good.jar"));
        source.refresh();
        source.refresh();
        assertThat(registry.names(BACKEND)).containsExactly("good");
        put(module("2.0.0"), "good.jar");
        awaitVersion("2.0.0");
    }

    @Test
    void whoUsesTheOldVersionKeepsItUntilItIsGivenBack() throws Exception {
        put(module("1.0.0"), "good.jar");
        awaitVersion("1.0.0");
        Lease<StateBackendFactory> old = registry.lease(BACKEND, "good", "job one");
        put(module("2.0.0"), "good.jar");
        awaitVersion("2.0.0");
        assertThat(old.origin().version()).isEqualTo("1.0.0");
        assertThat(old.factory().create(new Configuration()).name()).isEqualTo("good");
        assertThat(registry.modules())
                .extracting(ModuleReport::state)
                .containsExactly(ModuleReport.State.DRAINING, ModuleReport.State.AVAILABLE);
        try (Lease<StateBackendFactory> young = registry.lease(BACKEND, "good")) {
            assertThat(young.origin().version()).isEqualTo("2.0.0");
        }
        old.close();
        assertThat(registry.modules()).hasSize(1);
        awaitNoLeaks();
    }

    private void awaitNoLeaks() {
        source.refresh();
        assertThat(source.leaks()).isEmpty();
    }

    @Test
    void aDeletedJarDrainsAndItsClassLoaderGoes() throws Exception {
        put(module("1.0.0"), "good.jar");
        awaitVersion("1.0.0");
        Lease<StateBackendFactory> lease = registry.lease(BACKEND, "good");
        Files.delete(folder.resolve("good.jar"));
        Awaitility.await().until(() -> registry.names(BACKEND).isEmpty());
        assertThat(lease.factory().create(new Configuration()).name()).isEqualTo("good");
        lease.close();
        assertThat(registry.modules()).isEmpty();
        awaitNoLeaks();
        try (var left = Files.list(directory.resolve("work"))) {
            assertThat(left).as("only the lock is left").hasSize(1);
        }
    }

    @Test
    void aModuleWhoseRecordTheJdkRemembersGoesAllTheSame() throws Exception {
        put(
                new ModuleJar()
                        .provider(
                                StateBackendFactory.class,
                                "Records",
                                "public class Records implements StateBackendFactory",
                                "record Part(Records whole) {} public Records() { Part part = new"
                                        + " Part(this); part.toString(); part.hashCode();"
                                        + " part.equals(new Part(null)); } public String name() {"
                                        + " return \"records\"; }"
                                        + ModuleJar.create("records")),
                "records.jar");
        Awaitility.await().until(() -> registry.names(BACKEND).contains("records"));
        Files.delete(folder.resolve("records.jar"));
        Awaitility.await().until(() -> registry.modules().isEmpty());
        awaitNoLeaks();
    }

    @Test
    void aModuleThatStaysInMemoryIsReportedWithItsHolder() throws Exception {
        put(
                new ModuleJar()
                        .provider(
                                StateBackendFactory.class,
                                "Leaky",
                                "public class Leaky implements StateBackendFactory",
                                "public Leaky() { Thread t = new Thread(() -> { synchronized"
                                        + " (Leaky.class) { try { Leaky.class.wait(60000); } catch"
                                        + " (InterruptedException e) { return; } } },"
                                        + " \"statistics of leaky\"); t.setDaemon(true); t.start();"
                                        + " } public String name() { return \"leaky\"; }"
                                        + ModuleJar.create("leaky")),
                "leaky.jar");
        Awaitility.await().until(() -> registry.names(BACKEND).contains("leaky"));
        Files.delete(folder.resolve("leaky.jar"));
        Awaitility.await().until(() -> registry.modules().isEmpty());
        // The registry forgets it first, then the folder unloads it.
        Awaitility.await().untilAsserted(() -> assertThat(source.leaks()).hasSize(1));
        assertThat(source.leaks())
                .first()
                .asString()
                .contains("leaky.jar")
                .contains("thread 'statistics of leaky'");
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("statistics of leaky"))
                .forEach(Thread::interrupt);
        Awaitility.await().untilAsserted(() -> assertThat(source.leaks()).isEmpty());
    }

    @Test
    void aJarThatIsBeingCopiedIsWaitedFor() throws Exception {
        byte[] jar = Files.readAllBytes(module("1.0.0").write(directory.resolve("whole.jar")));
        try (OutputStream out = Files.newOutputStream(folder.resolve("good.jar"))) {
            for (int from = 0; from < jar.length; from += 500) {
                assertThat(registry.names(BACKEND)).isEmpty();
                out.write(jar, from, Math.min(500, jar.length - from));
                out.flush();
                source.refresh();
            }
        }
        awaitVersion("1.0.0");
    }

    @Test
    void aCopyThatStopsHalfWayIsReportedAndUsedOnceItIsWhole() throws Exception {
        byte[] jar = Files.readAllBytes(module("1.0.0").write(directory.resolve("whole.jar")));
        Files.write(folder.resolve("good.jar"), Arrays.copyOf(jar, jar.length / 2));
        awaitFailure("MODULE-2010 The jar is damaged or was never completed");
        assertThat(registry.names(BACKEND)).isEmpty();
        Files.write(folder.resolve("good.jar"), jar);
        awaitVersion("1.0.0");
        assertThat(registry.modules()).hasSize(1);
    }

    @Test
    void whoeverLetsItSettleKnowsOfEveryJar() throws Exception {
        Files.write(folder.resolve("torn.jar"), new byte[] {1, 2, 3});
        source.settle();
        assertThat(registry.modules())
                .singleElement()
                .satisfies(each -> assertThat(each.state()).isEqualTo(ModuleReport.State.FAILED));
        Files.delete(folder.resolve("torn.jar"));
        put(module("1.0.0"), "good.jar");
        source.settle();
        assertThat(registry.names(BACKEND)).containsExactly("good");
        Files.delete(folder.resolve("good.jar"));
        source.settle();
        assertThat(registry.modules()).isEmpty();
    }

    @Test
    void aBadSuccessorLeavesTheOldOneInUse() throws Exception {
        put(module("1.0.0"), "good.jar");
        awaitVersion("1.0.0");
        Files.write(folder.resolve("good.jar"), new byte[] {1, 2, 3});
        awaitFailure("keeping  test.good 1.0.0");
        try (Lease<StateBackendFactory> lease = registry.lease(BACKEND, "good")) {
            assertThat(lease.factory().create(new Configuration()).name()).isEqualTo("good");
        }
        put(module("1.0.1"), "good.jar");
        awaitVersion("1.0.1");
        assertThat(registry.modules()).hasSize(1);
    }

    @Test
    void aSecondJarOfAModuleIsRefusedUntilTheFirstIsGone() throws Exception {
        put(module("1.0.0"), "a.jar");
        awaitVersion("1.0.0");
        put(module("2.0.0"), "b.jar");
        awaitFailure("MODULE-2012 Two jars hold the module test.good.");
        Files.delete(folder.resolve("a.jar"));
        awaitVersion("2.0.0");
        assertThat(registry.modules()).hasSize(1);
    }

    @Test
    void aModuleThatMissesALibraryIsUsedWhenTheLibraryComes() throws Exception {
        put(
                ModuleJar.backend("Good", "good")
                        .header("Import-Package", "io.holdfast.extra;version=\"[1,2)\""),
                "good.jar");
        awaitFailure("io.holdfast.extra, which is not here");
        put(library("1.0.0"), "extra.jar");
        Awaitility.await().until(() -> registry.names(BACKEND).contains("good"));
    }

    private static ModuleJar library(String version) {
        return new ModuleJar()
                .source("Extra", "public class Extra {}")
                .header("Bundle-SymbolicName", "io.holdfast.extra")
                .header("Export-Package", "io.holdfast.extra;version=\"1.5.0\"")
                .version(version);
    }

    @Test
    void aLibraryStaysAsItIsUntilTheHostEnds() throws Exception {
        put(library("1.0.0"), "extra.jar");
        awaitVersion("1.0.0");
        put(library("1.0.1"), "extra.jar");
        awaitFailure("MODULE-2015");
        Files.delete(folder.resolve("extra.jar"));
        Awaitility.await().until(() -> registry.modules().size() == 1);
        assertThat(registry.modules())
                .singleElement()
                .satisfies(each -> assertThat(each.origin().version()).isEqualTo("1.0.0"));
    }

    @Test
    void listenersAreToldAndMayThrow() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        Runnable end =
                registry.listen(
                        now -> {
                            told.add(now.state() + " " + now.origin().version());
                            throw new IllegalStateException("a listener of the test fails");
                        });
        put(module("1.0.0"), "good.jar");
        awaitVersion("1.0.0");
        put(module("2.0.0"), "good.jar");
        Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThat(told)
                                        .containsExactly(
                                                "AVAILABLE 1.0.0",
                                                "AVAILABLE 2.0.0",
                                                "DRAINING 1.0.0",
                                                "GONE 1.0.0"));
        end.run();
    }

    @Test
    void leasesOutliveTheRegistryAndTheFolderThen() throws Exception {
        put(module("1.0.0"), "good.jar");
        awaitVersion("1.0.0");
        Lease<StateBackendFactory> lease = registry.lease(BACKEND, "good");
        registry.close();
        assertThat(lease.factory().create(new Configuration()).name()).isEqualTo("good");
        lease.close();
        assertThat(registry.modules()).isEmpty();
        assertThat(source.leaks()).isEmpty();
    }

    @Test
    void aWorkDirectoryHasOneOwnerAndIsSweptByTheNext() throws Exception {
        assertThatThrownBy(() -> source(Trust.any())).hasMessageStartingWith("MODULE-2017");
        registry.close();
        Path left = Files.createDirectories(directory.resolve("work/7"));
        Files.write(left.resolve("old.jar"), new byte[10]);
        source = source(Trust.any());
        registry = ModuleRegistry.open(source);
        assertThat(left).doesNotExist();
    }

    @Test
    void whatIsNotListedIsNotLoaded() throws Exception {
        registry.close();
        Path list = Files.createFile(directory.resolve("trusted"));
        source = source(Trust.listedIn(list));
        registry = ModuleRegistry.open(source);
        put(module("1.0.0"), "good.jar");
        awaitFailure("MODULE-2013 The jar is not in the list of trusted ones.");
        assertThat(registry.names(BACKEND)).isEmpty();
    }

    @Test
    void anOlderVersionIsRefusedWhereSignaturesCount() throws Exception {
        registry.close();
        SigningKey signing = SigningKey.make(directory, "ours");
        source = source(Trust.signedBy(signing.certificate()));
        registry = ModuleRegistry.open(source);
        Path jar = module("2.0.0").write(directory.resolve("whole.jar"));
        putSigned(signing, jar, "2.0.0");
        awaitVersion("2.0.0");
        putSigned(signing, jar, "1.9.9");
        awaitFailure("MODULE-2016 An older version must not replace a newer one.");
        try (Lease<StateBackendFactory> lease = registry.lease(BACKEND, "good")) {
            assertThat(lease.origin().version()).isEqualTo("2.0.0");
        }
        putSigned(signing, jar, "2.0.1");
        awaitVersion("2.0.1");
        assertThat(registry.modules()).hasSize(1);
    }

    private void putSigned(SigningKey signing, Path jar, String version) throws Exception {
        Path restated = ModuleJar.restated(jar, version, directory.resolve("restated.jar"));
        Files.move(
                signing.sign(restated), folder.resolve("good.jar"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void aModuleThatHangsInUseIsFailedAndAnotherVersionTakesItsPlace() throws Exception {
        registry.close();
        source = source(Trust.any());
        registry = ModuleRegistry.open(Duration.ofSeconds(2), source);
        List<String> told = new CopyOnWriteArrayList<>();
        registry.listen(now -> told.add(now.state() + " " + now.origin().version()));
        put(
                new ModuleJar()
                        .provider(
                                StateBackendFactory.class,
                                "Good",
                                "public class Good implements StateBackendFactory",
                                "public String name() { return \"good\"; } public StateBackend"
                                        + " create(ReadableConfig config) { while"
                                        + " (!Thread.interrupted()) {"
                                        + " java.util.concurrent.locks.LockSupport.park(); } return"
                                        + " null; }")
                        .header("Bundle-SymbolicName", "test.good")
                        .version("1.0.0"),
                "good.jar");
        awaitVersion("1.0.0");
        assertThatThrownBy(() -> leaseAndUse("good")).hasMessageStartingWith("MODULE-2007");
        awaitFailure("MODULE-2007 A module hangs in create()");
        assertThat(told).containsExactly("AVAILABLE 1.0.0", "FAILED 1.0.0");
        put(module("2.0.0"), "good.jar");
        awaitVersion("2.0.0");
        leaseAndUse("good");
        source.refresh();
        assertThat(source.leaks())
                .singleElement()
                .asString()
                .contains("thread 'holdfast-probe modules.Good'");
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("holdfast-probe modules.Good"))
                .forEach(Thread::interrupt);
        Awaitility.await().untilAsserted(() -> assertThat(source.leaks()).isEmpty());
    }
}

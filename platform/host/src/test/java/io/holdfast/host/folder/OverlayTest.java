package io.holdfast.host.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.api.config.Configuration;
import io.holdfast.host.ClassPathSource;
import io.holdfast.host.FactoryClasses;
import io.holdfast.host.Lease;
import io.holdfast.host.ModuleJar;
import io.holdfast.host.ModuleRegistry;
import io.holdfast.host.ModuleReport;
import io.holdfast.host.ProviderKind;
import io.holdfast.host.ProviderReport;
import io.holdfast.host.SigningKey;
import io.holdfast.host.archive.ModuleArchive;
import io.holdfast.host.archive.Trust;
import io.holdfast.host.world.LoaderWorld;
import io.holdfast.spi.state.StateBackendFactory;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of modules over a class path that has some of them already. */
class OverlayTest {
    private static final ProviderKind<StateBackendFactory> BACKEND = ProviderKind.STATE_BACKEND;

    @TempDir static Path application;
    @TempDir Path directory;
    private static URLClassLoader classPath;
    private Path folder;
    private ModuleFolder source;
    private ModuleRegistry registry;

    @BeforeAll
    static void makeClassPath() throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String name : List.of("good", "other")) {
            Path jar = application.resolve("app-" + name + ".jar");
            urls.add(module(name, "1.0.0").write(jar).toUri().toURL());
        }
        classPath =
                new URLClassLoader(urls.toArray(URL[]::new), OverlayTest.class.getClassLoader());
    }

    @AfterAll
    static void closeClassPath() throws IOException {
        classPath.close();
    }

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectories(directory.resolve("modules"));
        start(Trust.any());
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private void start(Trust trust) throws IOException {
        source =
                new ModuleFolder(
                        folder,
                        directory.resolve("work"),
                        new LoaderWorld(OverlayTest.class.getClassLoader()),
                        trust,
                        Duration.ofMillis(300));
        registry = ModuleRegistry.open(new ClassPathSource(classPath), source);
    }

    private static ModuleJar module(String name, String version) {
        String type = name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1);
        return ModuleJar.backend(type, name)
                .header("Bundle-SymbolicName", "test." + name + ";singleton:=true")
                .version(version);
    }

    private void put(ModuleJar module, String name) throws IOException {
        Path beside = module.write(directory.resolve(name));
        Files.move(beside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        source.refresh();
    }

    private void delete(String name) throws IOException {
        Files.delete(folder.resolve(name));
        Awaitility.await()
                .until(
                        () ->
                                registry.modules().stream()
                                        .map(each -> each.origin().location())
                                        .noneMatch(location -> location.endsWith("/" + name)));
    }

    private String versionHandedOut(String name) {
        try (Lease<StateBackendFactory> lease = registry.lease(BACKEND, name)) {
            assertThat(lease.factory().create(new Configuration()).name()).isEqualTo(name);
            return lease.origin().version();
        }
    }

    private ModuleReport onClassPath(String module) {
        return registry.modules().stream()
                .filter(each -> each.origin().world().equals("class path"))
                .filter(each -> each.name().equals(module))
                .findFirst()
                .orElseThrow();
    }

    private String refusal() {
        return registry.modules().stream()
                .filter(each -> each.state() == ModuleReport.State.FAILED)
                .map(each -> each.problem().orElseThrow().toString())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aModuleOfTheClassPathGoesByItsOwnName() {
        assertThat(registry.modules())
                .extracting(ModuleReport::name, ModuleReport::state)
                .containsExactly(
                        tuple("test.good", ModuleReport.State.AVAILABLE),
                        tuple("test.other", ModuleReport.State.AVAILABLE));
    }

    @Test
    void aJarOfTheSameModuleTakesItsPlaceAndGivesItBack() throws Exception {
        put(module("good", "2.0.0"), "young.jar");
        assertThat(versionHandedOut("good")).isEqualTo("2.0.0");
        assertThat(versionHandedOut("other")).isEqualTo("1.0.0");
        assertThat(onClassPath("test.good").state()).isEqualTo(ModuleReport.State.COVERED);
        assertThat(onClassPath("test.good").providers())
                .extracting(ProviderReport::state)
                .containsExactly(ProviderReport.State.COVERED);
        put(module("good", "3.0.0"), "young.jar");
        assertThat(versionHandedOut("good")).isEqualTo("3.0.0");
        delete("young.jar");
        assertThat(versionHandedOut("good")).isEqualTo("1.0.0");
        assertThat(onClassPath("test.good").state()).isEqualTo(ModuleReport.State.AVAILABLE);
    }

    @Test
    void whatLiesThereAtTheStartIsOverTheClassPathToo() throws Exception {
        registry.close();
        module("good", "2.0.0").write(folder.resolve("good.jar"));
        start(Trust.any());
        assertThat(versionHandedOut("good")).isEqualTo("2.0.0");
        assertThat(registry.options()).isEmpty();
        assertThat(registry.names(BACKEND)).containsExactly("good", "other");
    }

    @Test
    void whoUsesTheClassPathsKeepsIt() throws Exception {
        Lease<StateBackendFactory> old = registry.lease(BACKEND, "good", "job one");
        put(module("good", "2.0.0"), "good.jar");
        assertThat(onClassPath("test.good").state()).isEqualTo(ModuleReport.State.DRAINING);
        assertThat(onClassPath("test.good").users()).containsExactly("job one");
        assertThat(old.factory().create(new Configuration()).name()).isEqualTo("good");
        old.close();
        assertThat(onClassPath("test.good").state()).isEqualTo(ModuleReport.State.COVERED);
        Lease<StateBackendFactory> young = registry.lease(BACKEND, "good", "job two");
        deleteInUse("good.jar");
        assertThat(versionHandedOut("good")).isEqualTo("1.0.0");
        assertThat(young.origin().version()).isEqualTo("2.0.0");
        young.close();
    }

    private void deleteInUse(String name) throws IOException {
        Files.delete(folder.resolve(name));
        Awaitility.await()
                .until(() -> onClassPath("test.good").state() == ModuleReport.State.AVAILABLE);
    }

    @Test
    void thereIsNoMomentWithoutTheService() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        List<String> gaps = new CopyOnWriteArrayList<>();
        Thread user =
                new Thread(
                        () -> {
                            while (!stop.get()) {
                                registry.check(BACKEND, "good")
                                        .ifPresent(problem -> gaps.add(problem.toString()));
                            }
                        });
        user.start();
        for (int i = 2; i <= 6; i++) {
            put(module("good", i + ".0.0"), "good.jar");
            delete("good.jar");
        }
        stop.set(true);
        user.join();
        assertThat(gaps).isEmpty();
    }

    @Test
    void aClassNameMeansTheOneThatLiesOver() throws Exception {
        put(module("good", "2.0.0"), "good.jar");
        FactoryClasses factories = new FactoryClasses(registry, classPath).usedBy("job one");
        assertThat(factories.find(BACKEND, "modules.Good").detail()).contains("version 2.0.0");
        try (Lease<StateBackendFactory> lease = factories.lease(BACKEND, "modules.Good")) {
            assertThat(lease.origin().version()).isEqualTo("2.0.0");
            assertThat(registry.modules())
                    .filteredOn(each -> each.state() == ModuleReport.State.IN_USE)
                    .singleElement()
                    .satisfies(each -> assertThat(each.users()).containsExactly("job one"));
        }
    }

    @Test
    void aJarOfAnotherModuleTakesNoNameAway() throws Exception {
        put(
                ModuleJar.backend("Thief", "good").header("Bundle-SymbolicName", "test.thief"),
                "thief.jar");
        assertThat(refusal()).contains("MODULE-2003", "'good' is provided already", "app-good.jar");
        assertThat(versionHandedOut("good")).isEqualTo("1.0.0");
    }

    @Test
    void aNameThatIsOnlyCoveredIsTakenAllTheSame() throws Exception {
        put(
                ModuleJar.backend("Renamed", "renamed").header("Bundle-SymbolicName", "test.good"),
                "good.jar");
        assertThat(registry.names(BACKEND)).containsExactly("other", "renamed");
        put(
                ModuleJar.backend("Thief", "good").header("Bundle-SymbolicName", "test.thief"),
                "thief.jar");
        assertThat(refusal()).contains("MODULE-2003", "app-good.jar");
        delete("good.jar");
        assertThat(registry.names(BACKEND)).containsExactly("good", "other");
        assertThat(versionHandedOut("good")).isEqualTo("1.0.0");
    }

    @Test
    void aJarThatFailsLeavesTheClassPathsInUse() throws Exception {
        put(
                new ModuleJar()
                        .provider(
                                StateBackendFactory.class,
                                "Good",
                                "public class Good implements StateBackendFactory",
                                "public Good() { throw new IllegalStateException(\"no licence\"); }"
                                        + " public String name() { return \"good\"; }"
                                        + ModuleJar.create("good"))
                        .header("Bundle-SymbolicName", "test.good"),
                "good.jar");
        assertThat(refusal()).contains("no licence");
        assertThat(versionHandedOut("good")).isEqualTo("1.0.0");
        assertThat(onClassPath("test.good").state()).isEqualTo(ModuleReport.State.AVAILABLE);
    }

    @Test
    void aJarThatProvidesNothingTakesNobodysPlace() throws Exception {
        put(
                new ModuleJar()
                        .source("Nothing", "public class Nothing {}")
                        .header("Bundle-SymbolicName", "test.good"),
                "good.jar");
        assertThat(refusal()).contains("MODULE-2014", "provides nothing", "app-good.jar");
        assertThat(versionHandedOut("good")).isEqualTo("1.0.0");
    }

    @Test
    void newerGivesWayToOlderIfAListSaysSoButNotForASignature() throws Exception {
        registry.close();
        Path jar = module("good", "0.9.0").write(directory.resolve("old.jar"));
        Path list = directory.resolve("trusted");
        Files.writeString(list, ModuleArchive.read(jar, "old.jar").digest() + "  old.jar\n");
        start(Trust.listedIn(list));
        Files.move(jar, folder.resolve("old.jar"), StandardCopyOption.ATOMIC_MOVE);
        source.refresh();
        assertThat(versionHandedOut("good")).isEqualTo("0.9.0");
        registry.close();
        SigningKey key = SigningKey.make(directory, "ours");
        Path signed = key.sign(folder.resolve("old.jar"));
        Files.move(signed, folder.resolve("old.jar"), StandardCopyOption.REPLACE_EXISTING);
        start(Trust.signedBy(key.certificate()));
        assertThat(refusal()).contains("An older version must not replace a newer one", "1.0.0");
        assertThat(versionHandedOut("good")).isEqualTo("1.0.0");
    }

    @Test
    void aModuleSeesWhatAJarOfTheClassPathExportsIfItImportsIt() throws Exception {
        ModuleJar curious =
                new ModuleJar()
                        .provider(
                                StateBackendFactory.class,
                                "Curious",
                                "public class Curious implements StateBackendFactory",
                                "public Curious() throws Exception {"
                                        + " Class.forName(\"org.assertj.core.util.Lists\"); }"
                                        + " public String name() { return \"curious\"; }"
                                        + ModuleJar.create("curious"));
        put(curious, "curious.jar");
        assertThat(refusal()).contains("ClassNotFoundException: org.assertj.core.util.Lists");
        put(
                curious.header("Import-Package", "org.assertj.core.util;version=\"[3,4)\""),
                "curious.jar");
        assertThat(registry.names(BACKEND)).contains("curious");
        delete("curious.jar");
        put(
                curious.header("Import-Package", "org.assertj.core.util;version=\"[99,100)\""),
                "curious.jar");
        assertThat(refusal()).contains("MODULE-2014", "org.assertj.core.util in version [99,100)");
    }

    @Test
    void copiesLieInADirectoryOfTheHostsOwnThatGoesWithIt() throws Exception {
        registry.close();
        String temporary = System.getProperty("java.io.tmpdir");
        Path mine = Files.createDirectory(directory.resolve("tmp"));
        System.setProperty("java.io.tmpdir", mine.toString());
        try {
            module("good", "2.0.0").write(folder.resolve("good.jar"));
            source =
                    ModuleFolder.open(
                            folder,
                            new LoaderWorld(OverlayTest.class.getClassLoader()),
                            Trust.any());
            registry = ModuleRegistry.open(new ClassPathSource(classPath), source);
            assertThat(mine).isDirectoryContaining("glob:**/holdfast-modules-*");
            Lease<StateBackendFactory> lease = registry.lease(BACKEND, "good");
            registry.close();
            assertThat(mine).isNotEmptyDirectory();
            lease.close();
            assertThat(mine).isEmptyDirectory();
        } finally {
            System.setProperty("java.io.tmpdir", temporary);
        }
    }

    @Test
    void whatAKilledHostLeftIsRemovedAndWhatALivingOneHasIsNot() throws Exception {
        Path parent = Files.createDirectory(directory.resolve("tmp"));
        WorkDirectory living = WorkDirectory.below(parent);
        Path left = Files.createDirectory(parent.resolve("holdfast-modules-7"));
        Files.createFile(left.resolve("owner.lock"));
        Path young = Files.createDirectory(parent.resolve("holdfast-modules-8"));
        Files.createFile(young.resolve("owner.lock"));
        for (Path each : List.of(left, livingDirectory(parent, left, young))) {
            Files.setLastModifiedTime(
                    each.resolve("owner.lock"),
                    java.nio.file.attribute.FileTime.fromMillis(1_000_000));
        }
        WorkDirectory next = WorkDirectory.below(parent);
        assertThat(left).doesNotExist();
        assertThat(young).exists();
        try (var there = Files.list(parent)) {
            assertThat(there).hasSize(3);
        }
        next.close();
        living.close();
        assertThat(parent).isDirectoryNotContaining(path -> !path.equals(young));
        assertThatThrownBy(() -> living.copy(left)).isInstanceOf(IOException.class);
    }

    private static Path livingDirectory(Path parent, Path... others) throws IOException {
        try (var there = Files.list(parent)) {
            return there.filter(each -> !List.of(others).contains(each)).findFirst().orElseThrow();
        }
    }
}

package io.holdfast.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.spi.state.StateBackendFactory;
import io.holdfast.spi.storage.CheckpointStorageFactory;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real jars on a real class path, most of them broken. */
class ClassPathSourceTest {
    private static final ProviderKind<StateBackendFactory> BACKEND = ProviderKind.STATE_BACKEND;
    private static final String OPEN = "public class %s implements StateBackendFactory";

    @TempDir Path lib;
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private ModuleRegistry registry(ModuleJar... jars) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (int i = 0; i < jars.length; i++) {
            urls.add(jars[i].write(lib.resolve("module-" + i + ".jar")).toUri().toURL());
        }
        URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), getClass().getClassLoader());
        open.add(loader);
        ModuleRegistry registry = ModuleRegistry.open(new ClassPathSource(loader));
        open.add(registry);
        return registry;
    }

    private static ModuleJar failing(String className, String members) {
        return new ModuleJar()
                .provider(StateBackendFactory.class, className, OPEN.formatted(className), members);
    }

    private static ModuleJar good() {
        return ModuleJar.backend("Good", "good").version("1.2.3");
    }

    private ProviderReport report(ModuleRegistry registry, String className) {
        return registry.providers().stream()
                .filter(each -> each.className().equals("modules." + className))
                .findFirst()
                .orElseThrow();
    }

    /** The good module works; the other is failed, with a reason and the jar it is in. */
    private void assertIsolated(ModuleRegistry registry, String className, String reason) {
        assertThat(registry.names(BACKEND)).containsExactly("good");
        try (Lease<StateBackendFactory> lease = registry.lease(BACKEND, "good")) {
            assertThat(lease.factory().create(new Configuration()).name()).isEqualTo("good");
        }
        ProviderReport failed = report(registry, className);
        assertThat(failed.state()).isEqualTo(ProviderReport.State.FAILED);
        assertThat(failed.problem().orElseThrow().summary()).contains(reason);
        assertThat(failed.origin().location()).isEqualTo(lib.resolve("module-0.jar").toString());
    }

    @Test
    void findsAProviderAndSaysWhereItIsFrom() throws Exception {
        ModuleRegistry registry = registry(good());
        ProviderReport found = report(registry, "Good");
        assertThat(found.state()).isEqualTo(ProviderReport.State.AVAILABLE);
        assertThat(found.origin())
                .hasToString("class path; " + lib.resolve("module-0.jar") + ", version 1.2.3");
    }

    @Test
    void aConstructorThatThrowsHurtsNobodyElse() throws Exception {
        ModuleJar bad =
                failing(
                        "Bad",
                        "public Bad() { throw new IllegalStateException(\"no licence\"); }"
                                + " public String name() { return \"bad\"; }"
                                + ModuleJar.create("bad"));
        assertIsolated(registry(bad, good()), "Bad", "IllegalStateException: no licence");
    }

    @Test
    void aStaticInitializerThatThrowsHurtsNobodyElse() throws Exception {
        ModuleJar bad =
                failing(
                        "Bad",
                        "static final int N = Integer.parseInt(\"many\");"
                                + " public String name() { return \"bad\"; }"
                                + ModuleJar.create("bad"));
        assertIsolated(registry(bad, good()), "Bad", "For input string: \"many\"");
    }

    @Test
    void namesThatAreNoNamesAreRefused() throws Exception {
        for (String name : List.of("null", "\"\"", "\"  \"", "\"Good Backend\"", "\"a_b\"")) {
            ModuleJar bad =
                    failing(
                            "Bad",
                            "public String name() { return " + name + "; }" + ModuleJar.create(""));
            assertIsolated(registry(bad, good()), "Bad", "its name is");
            closeAll();
            open.clear();
        }
    }

    @Test
    void optionsThatThrowOrAreNullAreRefused() throws Exception {
        ModuleJar none =
                failing(
                        "Bad",
                        "public String name() { return \"bad\"; }"
                                + " public List<ConfigOption<?>> options() { return null; }"
                                + ModuleJar.create("bad"));
        assertIsolated(registry(none, good()), "Bad", "its options are null");
        ModuleJar thrown =
                failing(
                        "Bad",
                        "public String name() { return \"bad\"; }"
                                + " public List<ConfigOption<?>> options() { return options(); }"
                                + ModuleJar.create("bad"));
        assertIsolated(
                registry(thrown, good()), "Bad", "asked for its options: StackOverflowError");
    }

    @Test
    void aMissingSuperclassIsBlamedOnTheJarThatNeedsIt() throws Exception {
        ModuleJar bad =
                failing("Bad", "public String name() { return \"bad\"; }" + ModuleJar.create("bad"))
                        .source("Base", "class Base {}")
                        .leaveOut("Base");
        bad.source(
                "Bad",
                "public class Bad extends Base implements StateBackendFactory {"
                        + "public String name() { return \"bad\"; }"
                        + ModuleJar.create("bad")
                        + "}");
        assertIsolated(registry(bad, good()), "Bad", "NoClassDefFoundError: modules/Base");
    }

    @Test
    void aDeclaredClassThatIsMissingIsBlamedOnItsJar() throws Exception {
        ModuleJar bad = new ModuleJar().service(StateBackendFactory.class, "modules.Absent");
        assertIsolated(registry(bad, good()), "Absent", "modules.Absent not found");
    }

    @Test
    void aDeclaredClassOfAnotherKindIsBlamedOnItsJar() throws Exception {
        ModuleJar bad =
                new ModuleJar()
                        .source("Other", "public class Other {}")
                        .service(StateBackendFactory.class, "modules.Other");
        assertIsolated(registry(bad, good()), "Other", "not a subtype");
    }

    @Test
    void aConstructorWithParametersIsBlamedOnItsJar() throws Exception {
        ModuleJar bad =
                failing(
                        "Bad",
                        "public Bad(int size) {} public String name() { return \"bad\"; }"
                                + ModuleJar.create("bad"));
        assertIsolated(registry(bad, good()), "Bad", "NoSuchMethodException: modules.Bad.<init>()");
    }

    @Test
    void anUnreadableDeclarationIsBlamedOnItsJar() throws Exception {
        ModuleRegistry registry =
                registry(
                        new ModuleJar().service(StateBackendFactory.class, "no class name"),
                        good());
        assertThat(registry.names(BACKEND)).containsExactly("good");
        assertThat(registry.providers())
                .filteredOn(each -> each.state() == ProviderReport.State.FAILED)
                .singleElement()
                .satisfies(
                        each -> {
                            assertThat(each.origin().location())
                                    .isEqualTo(lib.resolve("module-0.jar").toString());
                            assertThat(each.problem().orElseThrow().summary()).contains("Illegal");
                        });
    }

    @Test
    void manyBrokenJarsAreToldApart() throws Exception {
        ModuleRegistry registry =
                registry(
                        new ModuleJar().service(StateBackendFactory.class, "modules.First"),
                        good(),
                        new ModuleJar().service(StateBackendFactory.class, "modules.Second"),
                        new ModuleJar().service(CheckpointStorageFactory.class, "modules.Third"));
        assertThat(registry.names(BACKEND)).containsExactly("good");
        assertThat(registry.providers())
                .filteredOn(each -> each.state() == ProviderReport.State.FAILED)
                .extracting(
                        each -> each.kind().noun(),
                        ProviderReport::className,
                        each -> Path.of(each.origin().location()).getFileName().toString())
                .containsExactlyInAnyOrder(
                        tuple("state backend", "modules.First", "module-0.jar"),
                        tuple("state backend", "modules.Second", "module-2.jar"),
                        tuple("checkpoint storage", "modules.Third", "module-3.jar"));
    }

    @Test
    void twoModulesWithOneNameAreBothNamedAndNeitherWins() throws Exception {
        ModuleRegistry registry =
                registry(
                        ModuleJar.backend("One", "same"), ModuleJar.backend("Two", "same"), good());
        assertThat(registry.names(BACKEND)).containsExactly("good");
        assertThatThrownBy(() -> registry.lease(BACKEND, "same"))
                .isInstanceOf(HoldfastException.class)
                .hasMessageStartingWith("MODULE-2003")
                .hasMessageContaining("modules.One (class path; " + lib.resolve("module-0.jar"))
                .hasMessageContaining("modules.Two (class path; " + lib.resolve("module-1.jar"));
        assertThat(report(registry, "One").state()).isEqualTo(ProviderReport.State.FAILED);
    }

    @Test
    void aClassNameTellsApartModulesWithOneName() throws Exception {
        ModuleRegistry registry =
                registry(ModuleJar.backend("One", "same"), ModuleJar.backend("Two", "same"));
        try (Lease<StateBackendFactory> lease = registry.lease(BACKEND, "modules.Two")) {
            assertThat(lease.origin().location()).endsWith("module-1.jar");
        }
    }

    @Test
    void anUnknownNameListsWhatIsInstalledAndWhatFailed() throws Exception {
        ModuleJar bad =
                failing(
                        "Bad",
                        "public Bad() { throw new IllegalStateException(\"no licence\"); }"
                                + " public String name() { return \"bad\"; }"
                                + ModuleJar.create("bad"));
        ModuleRegistry registry = registry(bad, good(), ModuleJar.backend("Heap", "heap"));
        assertThatThrownBy(() -> registry.lease(BACKEND, "godo"))
                .hasMessageStartingWith("MODULE-2001 No state backend named 'godo'.")
                .hasMessageContaining("Did you mean 'good'?")
                .hasMessageContaining("installed  good, heap")
                .hasMessageContaining("failed     modules.Bad (class path; " + lib)
                .hasMessageContaining("no licence")
                .hasMessageContaining("do         correct the name, or install");
        assertThat(registry.check(BACKEND, "godo").orElseThrow().code()).isEqualTo("MODULE-2001");
        assertThat(registry.check(BACKEND, "GOOD")).isEmpty();
    }

    @Test
    void aProviderThatFailedUnderAKnownNameIsNotCalledUnknown() throws Exception {
        ModuleJar bad =
                failing(
                        "Bad",
                        "public String name() { return \"bad\"; }"
                                + " public List<ConfigOption<?>> options() { throw new"
                                + " NoSuchMethodError(\"gone()\"); }"
                                + ModuleJar.create("bad"));
        ModuleRegistry registry = registry(bad);
        assertThatThrownBy(() -> registry.lease(BACKEND, "bad"))
                .hasMessageStartingWith("MODULE-2002 The state backend 'bad' is installed but")
                .hasMessageContaining("NoSuchMethodError: gone()")
                .hasMessageContaining("of another version");
    }
}

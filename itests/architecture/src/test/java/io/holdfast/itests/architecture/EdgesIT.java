package io.holdfast.itests.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom. A failure prints the path. */
class EdgesIT {
    private static final String[] EVERYWHERE = {"java..", "org.osgi.annotation.versioning.."};
    private static JavaClasses product;

    /** A module's packages and the packages of others that it may name. */
    record Module(String packages, List<String> mayUse) {
        Module(String packages, String... mayUse) {
            this(packages, List.of(mayUse));
        }

        @Override
        public String toString() {
            return packages;
        }
    }

    static Stream<Module> modules() {
        String api = "io.holdfast.api..";
        String spi = "io.holdfast.spi..";
        String toolkit = "io.holdfast.toolkit..";
        return Stream.of(
                new Module(api),
                new Module(spi, api),
                new Module(toolkit, api, spi),
                new Module("io.holdfast.host..", api, spi, "javax.management..", "org.slf4j.."),
                new Module(
                        "io.holdfast.osgi..",
                        api,
                        spi,
                        "io.holdfast.host..",
                        "org.osgi.framework..",
                        "org.osgi.resource..",
                        "org.osgi.util.tracker..",
                        "org.slf4j.."),
                new Module(
                        "io.holdfast.config..",
                        api,
                        spi,
                        "com.typesafe.config..",
                        "org.snakeyaml.engine.."),
                new Module("io.holdfast.backend.hashmap..", api, spi, toolkit),
                new Module("io.holdfast.rocksdb..", api, "org.rocksdb.."),
                new Module(
                        "io.holdfast.backend.rocksdb..",
                        api,
                        spi,
                        toolkit,
                        "io.holdfast.rocksdb..",
                        "org.rocksdb.."),
                // What a job's serializers need is the API: they know neither backend nor host.
                new Module("io.holdfast.format.avro..", api, "org.apache.avro.."),
                new Module("io.holdfast.format.protobuf..", api, "com.google.protobuf.."),
                new Module("io.holdfast.storage.jobmanager..", api, spi, toolkit),
                new Module("io.holdfast.storage.filesystem..", api, spi, toolkit),
                new Module(
                        "io.holdfast.legacy..",
                        api,
                        spi,
                        "io.holdfast.backend.hashmap",
                        "io.holdfast.backend.rocksdb",
                        "io.holdfast.storage.jobmanager",
                        "io.holdfast.storage.filesystem"),
                new Module(
                        "io.holdfast.runtime..",
                        api,
                        spi,
                        toolkit,
                        "io.holdfast.host..",
                        "io.holdfast.config..",
                        "org.slf4j.."),
                // Whoever asks a host needs none of it; see decision 0011.
                new Module("io.holdfast.control.view..", api),
                new Module("io.holdfast.control.wire..", api, "io.holdfast.control.view.."),
                new Module(
                        "io.holdfast.control.client..",
                        api,
                        "io.holdfast.control.view..",
                        "io.holdfast.control.wire.."),
                new Module(
                        "io.holdfast.control.server..",
                        api,
                        "io.holdfast.control..",
                        "io.holdfast.host..",
                        "io.holdfast.runtime",
                        "io.holdfast.runtime.metrics",
                        "org.slf4j.."),
                new Module(
                        "io.holdfast.examples..",
                        api,
                        "io.holdfast.runtime",
                        "io.holdfast.runtime.connector"),
                new Module(
                        "io.holdfast.testkit..",
                        api,
                        spi,
                        toolkit,
                        "org.junit.jupiter..",
                        "org.assertj..",
                        "org.opentest4j..",
                        "org.apiguardian.."));
    }

    @BeforeAll
    static void readClasses() {
        product =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.holdfast");
        assertThat(product.size()).as("classes found").isGreaterThan(300);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void moduleNamesOnlyWhatItMay(Module module) {
        String[] allowed =
                Stream.of(
                                Stream.of(module.packages()),
                                module.mayUse().stream(),
                                Arrays.stream(EVERYWHERE))
                        .flatMap(each -> each)
                        .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(module.packages())
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed))
                .check(product);
    }

    @Test
    void everyClassBelongsToAModuleWithARule() {
        String[] known =
                Stream.concat(modules().map(Module::packages), Stream.of("io.holdfast.cli.."))
                        .toArray(String[]::new);
        classes()
                .should()
                .resideInAnyPackage(known)
                .orShould()
                .resideInAPackage("io.holdfast.itests..")
                .check(product);
    }

    @Test
    void nothingDependsOnLegacyAdapters() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.holdfast.legacy..", "io.holdfast.itests..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.holdfast.legacy..")
                .check(product);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.holdfast.(**)").should().beFreeOfCycles().check(product);
    }

    @Test
    void aCycleWouldBeFound() {
        JavaClasses planted =
                new ClassFileImporter().importPackages("io.holdfast.itests.architecture.planted");
        assertThatThrownBy(
                        () ->
                                slices().matching("io.holdfast.itests.architecture.planted.(*)..")
                                        .should()
                                        .beFreeOfCycles()
                                        .check(planted))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Cycle detected");
    }

    @Test
    void nothingIsWrittenByJavaSerialization() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectOutputStream")
                .check(product);
    }

    /**
     * Two classes load by name what is not data: the options factory, what a configuration names;
     * Avro's, what the schema of a class of the job names.
     */
    @Test
    void noClassIsLoadedByANameFromData() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.holdfast.backend.rocksdb.OptionsFactories")
                .and()
                .doNotHaveFullyQualifiedName("io.holdfast.format.avro.JobClasses")
                .and()
                .resideInAnyPackage(
                        "io.holdfast.format..",
                        "io.holdfast.api..",
                        "io.holdfast.spi..",
                        "io.holdfast.toolkit..",
                        "io.holdfast.backend..",
                        "io.holdfast.storage..",
                        "io.holdfast.runtime..")
                .should()
                .callMethod(Class.class, "forName", String.class)
                .orShould()
                .callMethod(Class.class, "forName", String.class, boolean.class, ClassLoader.class)
                .orShould()
                .callMethod(ClassLoader.class, "loadClass", String.class)
                .check(product);
    }
}

package io.holdfast.itests.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/**
 * The resolver is a function of its inputs: it reads no file and no environment, loads no class,
 * asks no clock and remembers nothing.
 */
class PurityIT {
    private static final String[] PURE = {
        "io.holdfast.config.resolve..", "io.holdfast.config.profile..", "io.holdfast.config.layer.."
    };

    private static final JavaClasses PRODUCT =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.holdfast");

    private static ArchRule touchesNothingIn(String... packages) {
        return noClasses()
                .that(resideInAnyPackage(packages))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                "java.io..",
                                "java.nio..",
                                "java.net.http..",
                                "java.lang.reflect..",
                                "java.time.chrono..",
                                "java.util.concurrent..",
                                "java.util.logging..",
                                "org.slf4j..",
                                "com.typesafe..",
                                "org.snakeyaml.."))
                .orShould()
                .accessClassesThat()
                .belongToAnyOf(System.class, Runtime.class, Thread.class, ClassLoader.class)
                .orShould()
                .callMethod(Class.class, "forName", String.class)
                .orShould()
                .callMethod(java.util.Locale.class, "getDefault");
    }

    @Test
    void resolverTouchesNoFileNoEnvironmentAndNoClassLoader() {
        touchesNothingIn(PURE).check(PRODUCT);
    }

    @Test
    void resolverKeepsNothingBetweenCalls() {
        fields().that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(PURE)
                .and()
                .areStatic()
                .should()
                .beFinal()
                .check(PRODUCT);
        fields().that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(PURE)
                .and()
                .areStatic()
                .should()
                .notHaveRawType("java.util.HashMap")
                .andShould()
                .notHaveRawType("java.util.ArrayList")
                .andShould()
                .notHaveRawType(StringBuilder.class)
                .check(PRODUCT);
    }

    @Test
    void readerOfFilesWouldBeFound() {
        assertThatThrownBy(() -> touchesNothingIn("io.holdfast.config.file..").check(PRODUCT))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("java.nio.file");
    }
}

package io.holdfast.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How many of our public types one gets to by following names from a type that modules implement:
 * what is hidden behind them is not for whoever implements it.
 */
class ReachIT {
    /** Guidance is some 30; descriptors, handles and the error type are the bulk of it. */
    private static final int LIMIT = 60;

    private static final JavaClasses CONTRACTS =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.holdfast.api", "io.holdfast.spi");

    static Stream<JavaClass> spiTypes() {
        return CONTRACTS.stream()
                .filter(type -> type.getPackageName().startsWith("io.holdfast.spi"))
                .filter(
                        type ->
                                type.isTopLevelClass()
                                        && !type.getSimpleName().equals("package-info"));
    }

    @ParameterizedTest
    @MethodSource("spiTypes")
    void reachIsShort(JavaClass type) {
        assertThat(reach(type))
                .as("types reached from %s", type.getName())
                .hasSizeLessThanOrEqualTo(LIMIT);
    }

    private static Set<String> reach(JavaClass from) {
        Set<String> reached = new TreeSet<>();
        Deque<JavaClass> open = new ArrayDeque<>(Set.of(from));
        while (!open.isEmpty()) {
            for (Dependency dependency : open.poll().getDirectDependenciesFromSelf()) {
                JavaClass target = topLevel(dependency.getTargetClass().getBaseComponentType());
                if (target.getPackageName().startsWith("io.holdfast")
                        && target.getModifiers().contains(JavaModifier.PUBLIC)
                        && !target.equals(from)
                        && reached.add(target.getName())) {
                    open.add(target);
                }
            }
        }
        return reached;
    }

    private static JavaClass topLevel(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }
}

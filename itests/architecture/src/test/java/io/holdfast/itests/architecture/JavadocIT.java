package io.holdfast.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every type says what it is; every public method of the contracts says what it does; every package
 * has its page.
 */
class JavadocIT {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "platform/api",
                "platform/spi",
                "platform/toolkit",
                "platform/host",
                "platform/host-osgi",
                "platform/testkit",
                "platform/runtime",
                "config",
                "platform/examples",
                "platform/cli",
                "bundles/backend-hashmap",
                "bundles/backend-rocksdb",
                "bundles/rocksdb-native",
                "bundles/format-avro",
                "bundles/format-protobuf",
                "bundles/storage-filesystem",
                "bundles/storage-jobmanager"
            })
    void publicTypesAndMethodsAreDocumented(String module) throws IOException {
        assertThat(undocumented(ROOT.resolve(module).resolve("src/main/java"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "platform/api",
                "platform/spi",
                "platform/toolkit",
                "platform/host",
                "platform/host-osgi",
                "platform/testkit",
                "platform/runtime",
                "config",
                "platform/examples",
                "platform/cli",
                "bundles/backend-hashmap",
                "bundles/backend-rocksdb",
                "bundles/rocksdb-native",
                "bundles/format-avro",
                "bundles/format-protobuf",
                "bundles/storage-filesystem",
                "bundles/storage-jobmanager"
            })
    void everyPackageHasItsPage(String module) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
            List<Path> folders =
                    files.filter(file -> file.toString().endsWith(".java"))
                            .filter(
                                    file ->
                                            !file.getFileName()
                                                    .toString()
                                                    .equals("module-info.java"))
                            .map(Path::getParent)
                            .distinct()
                            .toList();
            assertThat(folders).isNotEmpty();
            assertThat(folders)
                    .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
        }
    }

    private static List<String> undocumented(Path sources) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(sources)) {
            files =
                    walk.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.getFileName().toString().endsWith("-info.java"))
                            .toList();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> missing = new ArrayList<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    manager,
                                    diagnostic -> {},
                                    List.of("-proc:none"),
                                    null,
                                    manager.getJavaFileObjectsFromPaths(files));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Scanner(docs, missing).scan(unit, null);
            }
        }
        return missing;
    }

    /** Looks at types that are reachable from outside their file, and at their public methods. */
    private static final class Scanner extends TreePathScanner<Void, Void> {
        private final DocTrees docs;
        private final List<String> missing;

        Scanner(DocTrees docs, List<String> missing) {
            this.docs = docs;
            this.missing = missing;
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            if (type.getSimpleName().length() == 0) {
                return null;
            }
            boolean topLevel =
                    getCurrentPath().getParentPath().getLeaf() instanceof CompilationUnitTree;
            boolean isPublic =
                    type.getModifiers().getFlags().contains(Modifier.PUBLIC) || isInterfaceMember();
            if ((topLevel || isPublic) && comment() == null) {
                missing.add(place() + " type " + type.getSimpleName());
            }
            return isPublic ? super.visitClass(type, unused) : null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            var flags = method.getModifiers().getFlags();
            boolean isPublic =
                    flags.contains(Modifier.PUBLIC)
                            || isInterfaceMember() && !flags.contains(Modifier.PRIVATE);
            boolean inherits =
                    method.getModifiers().getAnnotations().stream()
                            .anyMatch(
                                    annotation ->
                                            annotation
                                                    .getAnnotationType()
                                                    .toString()
                                                    .equals("Override"));
            if (isPublic && !inherits && comment() == null) {
                missing.add(place() + " method " + method.getName());
            }
            return null;
        }

        private boolean isInterfaceMember() {
            return getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.INTERFACE;
        }

        private DocCommentTree comment() {
            return docs.getDocCommentTree(getCurrentPath());
        }

        private String place() {
            CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
            long position =
                    docs.getSourcePositions().getStartPosition(unit, getCurrentPath().getLeaf());
            return ROOT.relativize(Path.of(unit.getSourceFile().toUri()))
                    + ":"
                    + unit.getLineMap().getLineNumber(position);
        }
    }
}

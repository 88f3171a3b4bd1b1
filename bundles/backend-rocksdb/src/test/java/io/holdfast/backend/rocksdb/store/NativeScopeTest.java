package io.holdfast.backend.rocksdb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NativeScopeTest {
    private final List<String> closed = new ArrayList<>();
    private final NativeScope scope = new NativeScope();

    private AutoCloseable named(String name) {
        return scope.own(() -> closed.add(name));
    }

    @Test
    void theYoungestIsClosedFirstAndNothingTwice() {
        named("a");
        AutoCloseable b = named("b");
        named("c");
        scope.close(b);
        scope.close(b);

        scope.close();
        scope.close();

        assertThat(closed).containsExactly("b", "c", "a");
    }

    @Test
    void oneFailureDoesNotKeepTheOthersOpen() {
        named("a");
        scope.own(
                () -> {
                    throw new IllegalStateException("stuck");
                });
        named("c");

        assertThatThrownBy(scope::close).hasRootCauseMessage("stuck");
        assertThat(closed).containsExactly("c", "a");
    }

    /** What is made outside a scope, or a share of the slot, is closed by nobody. */
    @Test
    void everyNativeObjectIsMadeInAScopeAShareOrATryStatement() throws IOException {
        Pattern making =
                Pattern.compile(
                        "new (DBOptions|ColumnFamilyOptions|ReadOptions|WriteOptions|WriteBatch"
                                + "|LRUCache|WriteBufferManager|FlushOptions|Slice|BloomFilter|EnvOptions"
                                + "|Options|RocksIterator)\\(|RocksDB\\.open\\(|\\.newIterator\\(");
        Pattern kept =
                Pattern.compile("(own\\(|try \\([A-Za-z]+ [a-z]+ =|\\.share\\([^;]*->)\\s*$");
        List<String> stray = new ArrayList<>();
        List<String> made = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(
                            file -> {
                                String text = read(file);
                                var matcher = making.matcher(text);
                                while (matcher.find()) {
                                    made.add(matcher.group());
                                    String before =
                                            text.substring(0, matcher.start())
                                                    .replaceAll("\\bdb$", "")
                                                    .stripTrailing();
                                    if (!kept.matcher(before).find()) {
                                        stray.add(file + ": " + matcher.group());
                                    }
                                }
                            });
        }
        assertThat(made).hasSizeGreaterThan(8);
        assertThat(stray).isEmpty();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

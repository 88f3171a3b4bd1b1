package io.holdfast.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.spi.filesystem.DurableOutput;
import io.holdfast.spi.filesystem.FileInfo;
import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.spi.filesystem.FileSystemFactory;
import io.holdfast.spi.filesystem.SeekableInput;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One file system for each factory, made late, closed once. */
class OpenFileSystemsTest {
    private final ModuleRegistryTest.Hand source = new ModuleRegistryTest.Hand();
    private final ModuleRegistry registry = ModuleRegistry.open(source);
    private final OpenFileSystems fileSystems =
            registry.openFileSystems(new Configuration().setString("bucket", "b"));
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    /** Serves nothing but its own life. */
    private final class Empty implements FileSystem {
        private final boolean failsToClose;

        Empty(boolean failsToClose) {
            this.failsToClose = failsToClose;
            made.incrementAndGet();
        }

        @Override
        public SeekableInput open(URI file) throws IOException {
            throw new IOException(file.toString());
        }

        @Override
        public DurableOutput create(URI file) throws IOException {
            throw new IOException(file.toString());
        }

        @Override
        public Optional<FileInfo> info(URI path) {
            return Optional.empty();
        }

        @Override
        public List<FileInfo> list(URI directory) {
            return List.of();
        }

        @Override
        public void delete(URI path) {}

        @Override
        public Closeable lock(URI directory) {
            return () -> {};
        }

        @Override
        public void prepare(URI directory) {}

        @Override
        public void close() throws IOException {
            closed.incrementAndGet();
            if (failsToClose) {
                throw new IOException("connection lost");
            }
        }
    }

    private interface Maker {
        FileSystem make(ReadableConfig config);
    }

    private void install(Maker maker, String... schemes) {
        source.add(
                ProviderKind.FILE_SYSTEM,
                "test." + schemes[0],
                () ->
                        new FileSystemFactory() {
                            @Override
                            public Set<String> schemes() {
                                return Set.of(schemes);
                            }

                            @Override
                            public FileSystem create(ReadableConfig config) {
                                return maker.make(config);
                            }
                        });
    }

    @Test
    void oneFileSystemServesAllSchemesOfItsFactory() throws IOException {
        install(config -> new Empty(false), "s3", "s3a");
        FileSystem first = fileSystems.forPath(URI.create("s3://bucket/a"));
        assertThat(fileSystems.forPath(URI.create("S3A://bucket/b"))).isSameAs(first);
        assertThat(made).hasValue(1);
        assertThat(registry.providers().get(0).leases()).isEqualTo(1);
        fileSystems.close();
        fileSystems.close();
        assertThat(closed).hasValue(1);
        assertThat(registry.providers().get(0).leases()).isZero();
        assertThatThrownBy(() -> fileSystems.forPath(URI.create("s3://bucket/a")))
                .hasMessageStartingWith("MODULE-2006");
    }

    @Test
    void manyThreadsMakeOne() throws Exception {
        install(config -> new Empty(false), "s3");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<FileSystem> look = () -> fileSystems.forPath(URI.create("s3://bucket/a"));
            for (Future<FileSystem> each :
                    threads.invokeAll(IntStream.range(0, 64).mapToObj(i -> look).toList())) {
                assertThat(each.get()).isNotNull();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(made).hasValue(1);
    }

    @Test
    void anUnservedSchemeListsTheServedOnesAndTheFailedModules() {
        install(config -> new Empty(false), "hdfs");
        source.add(
                ProviderKind.FILE_SYSTEM,
                "test.S3",
                () -> {
                    throw new NoClassDefFoundError("software/amazon/S3Client");
                });
        assertThatThrownBy(() -> fileSystems.forPath(URI.create("s3://bucket/a")))
                .hasMessageStartingWith(
                        "STORAGE-5001 No module serves 's3', the scheme of 's3://bucket/a'.")
                .hasMessageContaining("served  hdfs")
                .hasMessageContaining("failed  test.S3")
                .hasMessageContaining("S3Client")
                .hasMessageContaining("install a module with a file system for 's3'");
        assertThatThrownBy(() -> fileSystems.forPath(URI.create("hdsf://node/a")))
                .hasMessageContaining("Did you mean 'hdfs'?");
        assertThatThrownBy(() -> fileSystems.forPath(URI.create("/data/a")))
                .hasMessageStartingWith("STORAGE-5001 The path '/data/a' has no scheme.");
    }

    @Test
    void aFailureToMakeOneIsNotRemembered() {
        AtomicInteger attempts = new AtomicInteger();
        install(
                config -> {
                    if (attempts.incrementAndGet() == 1) {
                        throw new IllegalStateException("no route to host");
                    }
                    return new Empty(false);
                },
                "s3");
        URI path = URI.create("s3://bucket/a");
        assertThatThrownBy(() -> fileSystems.forPath(path))
                .hasMessageContaining("no route to host")
                .hasMessageContaining("test.s3");
        assertThat(registry.providers().get(0).leases()).isZero();
        assertThat(fileSystems.forPath(path)).isNotNull();
    }

    @Test
    void oneThatFailsToCloseKeepsNoOtherFromClosing() {
        install(config -> new Empty(true), "s3");
        install(config -> new Empty(true), "hdfs");
        fileSystems.forPath(URI.create("s3://bucket/a"));
        fileSystems.forPath(URI.create("hdfs://node/a"));
        assertThatThrownBy(fileSystems::close)
                .isInstanceOf(IOException.class)
                .hasRootCauseMessage("connection lost")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        assertThat(closed).hasValue(2);
        assertThat(registry.providers()).allMatch(each -> each.leases() == 0);
    }
}

package io.holdfast.storage.filesystem.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.storage.filesystem.ChildJvm;
import io.holdfast.storage.filesystem.PublishLoop;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One owner of a directory: among processes, class loaders and names of the directory. */
class LocalLockTest {
    @TempDir Path root;
    private final LocalFileSystem files = new LocalFileSystem(new RealDisk());

    @Test
    void anotherProcessIsNamedAndItsDeathGivesTheLockFree() throws Exception {
        URI job = root.resolve("job").toUri();
        try (ChildJvm child =
                ChildJvm.start(PublishLoop.class, root.toString(), "job", "1", "1000000", "1000")) {
            child.await("ready");
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThatThrownBy(() -> files.lock(job))
                        .hasMessageStartingWith("STORAGE-5002 The directory '" + root + "/job' is")
                        .hasMessageContaining("used by  process " + child.pid())
                        .hasMessageContaining("since ");
            }
            child.await("published 3");
            child.kill();
        }
        files.lock(job).close();
    }

    @Test
    void aRefusedAttemptInThisProcessDoesNotGiveTheLockAwayToOthers() throws Exception {
        URI job = root.resolve("job").toUri();
        try (Closeable lock = files.lock(job)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> files.lock(job)).hasMessageContaining("this process");
            try (ChildJvm child =
                    ChildJvm.start(PublishLoop.class, root.toString(), "job", "1", "1", "1000")) {
                assertThat(child.line()).contains("up");
                assertThat(child.line()).as("it must not get ready").isEmpty();
                assertThat(child.exit()).isEqualTo(1);
            }
        }
    }

    @Test
    void anotherClassLoaderOfThisProcessIsRefusedToo() throws Exception {
        URI job = root.resolve("job").toUri();
        URL[] classPath = {
            LocalLock.class.getProtectionDomain().getCodeSource().getLocation(),
            io.holdfast.toolkit.checkpoint.CheckpointLayout.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
        };
        ClassLoader apart =
                new ClassLoader(getClass().getClassLoader()) {
                    @Override
                    protected Class<?> loadClass(String name, boolean resolve)
                            throws ClassNotFoundException {
                        if (name.startsWith("io.holdfast.storage")) {
                            throw new ClassNotFoundException(name);
                        }
                        return super.loadClass(name, resolve);
                    }
                };
        try (Closeable lock = files.lock(job);
                URLClassLoader copy = new URLClassLoader(classPath, apart)) {
            assertThat(lock).isNotNull();
            Class<?> factory = copy.loadClass(LocalFileSystemFactory.class.getName());
            assertThat(factory).isNotSameAs(LocalFileSystemFactory.class);
            Object other =
                    factory.getMethod("create", ReadableConfig.class)
                            .invoke(
                                    factory.getDeclaredConstructor().newInstance(),
                                    new Configuration());
            assertThatThrownBy(() -> ((io.holdfast.spi.filesystem.FileSystem) other).lock(job))
                    .isNotInstanceOf(InvocationTargetException.class)
                    .hasMessageStartingWith("STORAGE-5002")
                    .hasMessageContaining("this process");
        }
    }

    @Test
    void aDirectoryIsTheSameUnderAnotherName() throws IOException {
        Files.createDirectories(root.resolve("real"));
        Files.createSymbolicLink(root.resolve("alias"), root.resolve("real"));
        try (Closeable lock = files.lock(root.resolve("real").toUri())) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> files.lock(root.resolve("alias").toUri()))
                    .hasMessageStartingWith("STORAGE-5002");
        }
        files.lock(root.resolve("alias").toUri()).close();
    }

    @Test
    void nothingStaysBehindInTheProcess() throws IOException {
        Files.createDirectories(root.resolve("job"));
        files.lock(root.resolve("job").toUri()).close();
        assertThat(System.getProperties().stringPropertyNames())
                .noneMatch(name -> name.startsWith("io.holdfast.storage.filesystem.lock"));
        Files.createDirectory(root.resolve("broken"));
        Files.createDirectory(root.resolve("broken" + File.separator + LocalLock.FILE));
        assertThatThrownBy(() -> files.lock(root.resolve("broken").toUri()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("STORAGE-5014 Cannot lock '" + root + "/broken'");
        assertThat(System.getProperties().stringPropertyNames())
                .noneMatch(name -> name.startsWith("io.holdfast.storage.filesystem.lock"));
    }
}

package io.holdfast.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RocksDbLibraryTest {
    @TempDir Path directory;
    private Path temporary;

    @BeforeEach
    void makeTemporaryDirectory() throws IOException {
        temporary = Files.createDirectory(directory.resolve("tmp"));
    }

    @Test
    void theLibraryIsLoadedAndItsCopyRemoved() throws Exception {
        Child.Result result = run(ChildMains.LoadOnce.class);

        assertThat(result.output()).contains("loaded ");
        assertThat(result.exit()).isZero();
        assertThat(left()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void threadsThatTouchItAtTheSameMomentShareOneCopy() throws Exception {
        Child.Result result = run(ChildMains.FirstTouch.class);

        assertThat(result.output()).contains("good 32, copies 1");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void manyDeploymentsInOneJvmDoNotKillIt() throws Exception {
        Child.Result result = run(ChildMains.Redeploy.class);

        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(result.output()).contains("copies 5").doesNotContain("unloaded false");
        assertThat(result.output().lines().filter("writes 1"::equals)).hasSize(5);
    }

    @Test
    void aPlatformWithoutLibraryIsNamed() throws Exception {
        Child.Result result = run(ChildMains.LoadOnce.class, "-Dos.name=Haiku");

        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.output()).contains("STATE-3101 There is no RocksDB for Haiku on");
    }

    @Test
    void aPlatformWhoseLibraryIsNotInTheJarIsNamed() throws Exception {
        Child.Result result =
                run(ChildMains.LoadOnce.class, "-Dos.name=FreeBSD", "-Dos.arch=sparc");

        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.output()).contains("STATE-3101 There is no RocksDB for FreeBSD on sparc");
    }

    @Test
    void aMissingDirectoryIsNamedAndALaterCallSucceeds() throws Exception {
        Path missing = directory.resolve("missing");
        Child.Result result =
                Child.run(
                        Child.command(
                                ChildMains.LoadTwice.class,
                                List.of(),
                                missing.toString(),
                                temporary.toString()),
                        directory);

        assertThat(result.output())
                .contains("STATE-3102")
                .contains("NoSuchFileException: " + missing)
                .contains("loaded ");
        assertThat(left()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDirectoryMountedNoexecIsNamedAndALaterCallSucceeds() throws Exception {
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        Child.Result result = runWithMount("noexec", mounted);

        assertThat(result.output())
                .contains("STATE-3103")
                .contains(mounted + " is mounted noexec")
                .contains(RocksDbLibrary.DIRECTORY_PROPERTY)
                .contains("loaded ");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsNamedWithWhatIsNeededAndALaterCallSucceeds() throws Exception {
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        Child.Result result = runWithMount("size=1m", mounted);

        assertThat(result.output())
                .contains("STATE-3102")
                .containsPattern("needed +\\d{8} bytes")
                .containsPattern("free +\\d{1,7} bytes")
                .contains("loaded ");
    }

    private Child.Result run(Class<?> main, String... jvmOptions) throws Exception {
        List<String> options = new ArrayList<>(List.of(jvmOptions));
        options.add("-Djava.io.tmpdir=" + temporary);
        return Child.run(Child.command(main, options), directory);
    }

    /** In a mount namespace of its own, with a file system of the given option in a directory. */
    private Child.Result runWithMount(String option, Path mounted) throws Exception {
        List<String> unshare = List.of("unshare", "--user", "--map-root-user", "--mount");
        List<String> probe = new ArrayList<>(unshare);
        probe.addAll(List.of("mount", "-t", "tmpfs", "tmpfs", mounted.toString()));
        assumeTrue(
                canRun(probe),
                "skipped: user and mount namespaces are not allowed here, so no file system with "
                        + option
                        + " can be mounted");
        List<String> command = new ArrayList<>(unshare);
        command.addAll(
                List.of(
                        "sh",
                        "-c",
                        "mount -t tmpfs -o " + option + " tmpfs '" + mounted + "' && exec \"$@\"",
                        "sh"));
        command.addAll(
                Child.command(
                        ChildMains.LoadTwice.class,
                        List.of(),
                        mounted.toString(),
                        temporary.toString()));
        return Child.run(command, directory);
    }

    private boolean canRun(List<String> command) throws InterruptedException {
        try {
            return Child.run(command, directory).exit() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    // JVMs keep a directory for their performance data in the temporary directory; databases of
    // the tests stand there too.
    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("holdfast-rocksdb-"))
                    .toList();
        }
    }
}

package io.holdfast.testkit.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.spi.filesystem.DurableOutput;
import io.holdfast.spi.filesystem.FileInfo;
import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.spi.filesystem.SeekableInput;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every file system must do. A module proves it by extending this class. */
public abstract class FileSystemContract {
    private final long seed = Long.getLong("test.seed", System.nanoTime());
    private final List<FileSystem> opened = new ArrayList<>();
    private FileSystem files;

    /** For subclasses. */
    protected FileSystemContract() {}

    /**
     * Opens a file system.
     *
     * @return a new one, on the same storage within one test
     */
    protected abstract FileSystem open();

    /**
     * A directory to test in.
     *
     * @return an absolute URI; different and empty, or not existing, for each test
     */
    protected abstract URI root();

    @BeforeEach
    void openOne() {
        files = another();
    }

    private FileSystem another() {
        FileSystem fileSystem = open();
        opened.add(fileSystem);
        return fileSystem;
    }

    @AfterEach
    void closeAll() throws IOException {
        for (FileSystem each : opened) {
            each.close();
        }
    }

    private URI at(String path) {
        URI root = root();
        try {
            return new URI(
                    root.getScheme(),
                    root.getAuthority(),
                    root.getPath().replaceAll("/$", "") + "/" + path,
                    null,
                    null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        new Random(seed + length).nextBytes(bytes);
        return bytes;
    }

    private void put(URI file, byte[] bytes) throws IOException {
        try (DurableOutput output = files.create(file)) {
            output.write(bytes);
            output.commit();
        }
    }

    private byte[] get(URI file) throws IOException {
        try (SeekableInput input = files.open(file)) {
            return input.readAllBytes();
        }
    }

    private List<String> names(URI directory) throws IOException {
        return files.list(directory).stream().map(FileInfo::name).toList();
    }

    @Test
    void nothingIsVisibleBeforeCommit() throws IOException {
        URI file = at("new/file");
        try (DurableOutput output = files.create(file)) {
            output.write(randomBytes(100_000));
            output.flush();
            assertThat(files.info(file)).isEmpty();
            assertThat(names(at("new"))).isEmpty();
            assertThatThrownBy(() -> files.open(file)).isInstanceOf(FileNotFoundException.class);
            output.commit();
        }
        assertThat(names(at("new"))).containsExactly("file");
    }

    @Test
    void aCommittedFileHoldsAllBytes() throws IOException {
        for (int length : new int[] {0, 1, 8191, 8192, 8193, 70_000}) {
            byte[] bytes = randomBytes(length);
            URI file = at("file-" + length);
            try (DurableOutput output = files.create(file)) {
                for (int i = 0; i < Math.min(3, length); i++) {
                    output.write(bytes[i]);
                }
                output.write(bytes, Math.min(3, length), length - Math.min(3, length));
                assertThat(output.length()).isEqualTo(length);
                output.commit();
            }
            assertThat(get(file)).as("seed %d", seed).isEqualTo(bytes);
            FileInfo info = files.info(file).orElseThrow();
            assertThat(info.length()).isEqualTo(length);
            assertThat(info.directory()).isFalse();
        }
    }

    @Test
    void closingWithoutCommitLeavesNothing() throws IOException {
        URI file = at("given-up");
        DurableOutput output = files.create(file);
        output.write(randomBytes(20_000));
        output.close();
        output.close();
        assertThat(files.info(file)).isEmpty();
        assertThatThrownBy(output::commit).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> output.write(1)).isInstanceOf(IOException.class);
        assertThat(files.info(file)).isEmpty();
        put(file, randomBytes(3));
        assertThat(get(file)).isEqualTo(randomBytes(3));
    }

    @Test
    void closingAfterCommitKeepsTheFile() throws IOException {
        URI file = at("kept");
        DurableOutput output = files.create(file);
        output.write(7);
        output.commit();
        output.close();
        output.close();
        assertThat(get(file)).containsExactly(7);
    }

    @Test
    void aNameThatExistsIsNotTaken() throws IOException {
        URI file = at("taken");
        try (DurableOutput late = files.create(file)) {
            late.write(2);
            put(file, new byte[] {1});
            assertThatThrownBy(late::commit)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("taken");
        }
        assertThatThrownBy(() -> files.create(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("taken");
        assertThat(get(file)).containsExactly(1);
    }

    @Test
    void ofManyWritersOfOneNameOneWins() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 10; round++) {
                URI file = at("race/" + round);
                List<Callable<Boolean>> writers = new ArrayList<>();
                for (int i = 1; i <= 4; i++) {
                    byte[] bytes = randomBytes(i * 1000);
                    writers.add(() -> wins(file, bytes));
                }
                int wins = 0;
                for (Future<Boolean> writer : threads.invokeAll(writers)) {
                    wins += writer.get() ? 1 : 0;
                }
                assertThat(wins).isEqualTo(1);
                byte[] found = get(file);
                assertThat(found).as("seed %d", seed).isEqualTo(randomBytes(found.length));
            }
            assertThat(names(at("race"))).hasSize(10);
        } finally {
            threads.shutdown();
        }
    }

    private boolean wins(URI file, byte[] bytes) {
        try {
            put(file, bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void missingThingsAreTold() throws IOException {
        assertThat(files.info(at("absent"))).isEmpty();
        assertThat(files.list(at("absent"))).isEmpty();
        assertThatThrownBy(() -> files.open(at("absent")))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("absent");
        put(at("file"), new byte[1]);
        assertThat(files.info(at("file/below"))).isEmpty();
    }

    @Test
    void filesAndDirectoriesAreNotConfused() throws IOException {
        put(at("directory/file"), new byte[1]);
        assertThat(files.info(at("directory")).orElseThrow().directory()).isTrue();
        assertThatThrownBy(() -> files.open(at("directory")))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("directory");
        assertThatThrownBy(() -> files.create(at("directory"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> put(at("directory/file/below"), new byte[1]))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> files.list(at("directory/file"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> files.prepare(at("directory/file")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aFileIsReadFromAnyPosition() throws IOException {
        byte[] bytes = randomBytes(100_000);
        put(at("long"), bytes);
        Random random = new Random(seed);
        try (SeekableInput input = files.open(at("long"))) {
            assertThat(input.length()).isEqualTo(bytes.length);
            for (int i = 0; i < 200; i++) {
                int position = random.nextInt(bytes.length + 1);
                int count = random.nextInt(5000);
                input.seek(position);
                byte[] read = input.readNBytes(count);
                assertThat(read)
                        .as("seed %d, position %d", seed, position)
                        .isEqualTo(
                                Arrays.copyOfRange(
                                        bytes, position, Math.min(bytes.length, position + count)));
                assertThat(input.position()).isEqualTo(position + read.length);
            }
            input.seek(bytes.length);
            assertThat(input.read()).isEqualTo(-1);
            assertThatThrownBy(() -> input.seek(bytes.length + 1)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> input.seek(-1)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aListIsSortedAndTellsPathsThatWork() throws IOException {
        String odd = "with blank, ?, # and 100% more";
        put(at("list/b"), new byte[2]);
        put(at("list/a/inner"), new byte[3]);
        put(at("list/" + odd), new byte[4]);
        assertThat(names(at("list"))).containsExactly("a", "b", odd);
        assertThat(files.list(at("list/"))).hasSize(3);
        for (FileInfo each : files.list(at("list"))) {
            FileInfo again = files.info(each.path()).orElseThrow();
            assertThat(again.directory()).isEqualTo(each.directory());
            assertThat(again.path()).isEqualTo(each.path());
            if (!each.directory()) {
                assertThat(get(each.path())).hasSize((int) each.length());
            }
        }
    }

    @Test
    void deletingTakesAllBelowAndMayBeRepeated() throws IOException {
        put(at("tree/a/b/c"), new byte[1]);
        put(at("tree/d"), new byte[1]);
        put(at("tree-beside"), new byte[1]);
        files.delete(at("tree"));
        files.delete(at("tree"));
        files.delete(at("tree/a/never"));
        assertThat(files.info(at("tree"))).isEmpty();
        assertThat(files.info(at("tree/a/b/c"))).isEmpty();
        assertThat(get(at("tree-beside"))).hasSize(1);
        DurableOutput unfinished = files.create(at("tree/e/unfinished"));
        unfinished.write(1);
        files.delete(at("tree"));
        assertThat(files.info(at("tree"))).isEmpty();
        unfinished.close();
    }

    @Test
    void aDirectoryIsLockedForOneOwner() throws IOException {
        FileSystem other = another();
        Closeable lock = files.lock(at("locked"));
        assertThat(files.info(at("locked")).orElseThrow().directory()).isTrue();
        for (FileSystem each : List.of(files, other)) {
            assertThatThrownBy(() -> each.lock(at("locked")))
                    .isInstanceOf(HoldfastException.class)
                    .hasMessageStartingWith("STORAGE-5002")
                    .hasMessageContaining("used by");
        }
        assertThat(names(at("locked"))).as("what the lock needs is not shown").isEmpty();
        try (Closeable beside = other.lock(at("locked-beside"))) {
            assertThat(beside).isNotNull();
        }
        lock.close();
        lock.close();
        try (Closeable again = other.lock(at("locked"))) {
            lock.close();
            assertThatThrownBy(() -> files.lock(at("locked")))
                    .as("a lock that was given back gives nothing back again")
                    .isInstanceOf(HoldfastException.class);
            assertThat(again).isNotNull();
        }
    }

    @Test
    void preparingMakesADirectoryAndKeepsWhatIsThere() throws IOException {
        files.prepare(at("ready/made"));
        assertThat(files.info(at("ready/made")).orElseThrow().directory()).isTrue();
        put(at("ready/made/file"), new byte[5]);
        files.prepare(at("ready/made"));
        assertThat(get(at("ready/made/file"))).hasSize(5);
    }

    @Test
    void anInterruptedThreadReadsAndWritesAndStaysInterrupted() throws IOException {
        byte[] bytes = randomBytes(50_000);
        try {
            Thread.currentThread().interrupt();
            put(at("interrupted/file"), bytes);
            assertThat(get(at("interrupted/file"))).isEqualTo(bytes);
            try (Closeable lock = files.lock(at("interrupted"))) {
                assertThat(lock).isNotNull();
            }
            files.delete(at("interrupted/file"));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(names(at("interrupted"))).isEmpty();
    }

    @Test
    void afterTheEndNothingIsServed() throws IOException {
        put(at("file"), new byte[1]);
        try (DurableOutput output = files.create(at("late"));
                SeekableInput input = files.open(at("file"))) {
            files.close();
            files.close();
            assertThatThrownBy(() -> output.write(1)).isInstanceOf(IOException.class);
            assertThatThrownBy(output::commit).isInstanceOf(IOException.class);
            assertThatThrownBy(input::read).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> files.open(at("file"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> files.create(at("late"))).isInstanceOf(IOException.class);
        assertThat(another().info(at("late"))).isEmpty();
    }
}

package io.holdfast.itests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real file system of a few megabytes, which can be filled to the last byte. */
final class SmallDisk implements AutoCloseable {
    private final Path root;

    private SmallDisk(Path root) {
        this.root = root;
    }

    /** Mounts one; without the right to do so the test is skipped, and says so. */
    static SmallDisk mount(Path root, String size) throws IOException, InterruptedException {
        Files.createDirectories(root);
        Optional<String> refusal =
                run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", root.toString());
        refusal.ifPresent(
                why -> System.out.println("SKIPPED, needs the right to mount a tmpfs: " + why));
        assumeTrue(refusal.isEmpty(), "needs the right to mount a tmpfs");
        return new SmallDisk(root);
    }

    Path root() {
        return root;
    }

    /** Leaves no free byte. */
    void fill() throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream filler = Files.newOutputStream(filler())) {
            while (true) {
                filler.write(block);
            }
        } catch (IOException e) {
            assertThat(Files.getFileStore(root).getUsableSpace()).as(e.toString()).isZero();
        }
    }

    void free() throws IOException {
        Files.delete(filler());
    }

    private Path filler() {
        return root.resolve("filler");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        assertThat(run("umount", root.toString())).isEmpty();
    }

    /** Runs a command; what it complains about, or empty if it worked. */
    private static Optional<String> run(String... command)
            throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean worked = process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        return worked ? Optional.empty() : Optional.of(output.strip() + ".");
    }
}

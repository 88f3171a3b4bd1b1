package io.holdfast.runtime.checkpoint;

import io.holdfast.spi.filesystem.SeekableInput;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.toolkit.metadata.CheckpointMetadata;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.zip.CRC32C;

/**
 * Reads every file a checkpoint refers to and compares length and CRC-32C with the metadata, before
 * any backend opens any of them. Safe for several threads.
 */
public final class CheckpointVerifier {
    private static final int BUFFER = 1 << 16;

    private final SnapshotSource source;
    private final Executor executor;
    private final int parallelism;

    /**
     * Makes a verifier.
     *
     * @param source opens the files
     * @param executor reads them; its threads may be blocked by a storage that hangs
     * @param parallelism how many files are read at the same time, at least 1
     */
    public CheckpointVerifier(SnapshotSource source, Executor executor, int parallelism) {
        this.source = Objects.requireNonNull(source, "source");
        this.executor = Objects.requireNonNull(executor, "executor");
        this.parallelism = parallelism;
    }

    /**
     * Checks all files of a checkpoint. Blocks; the calling thread reads nothing itself, so it can
     * be interrupted even while a storage hangs.
     *
     * @param metadata the checkpoint
     * @return every file that is missing, unreadable, or of other length or content, by name; empty
     *     if the checkpoint is whole
     * @throws InterruptedIOException if the thread was interrupted; its interrupt flag is set
     */
    public List<Damage> verify(CheckpointMetadata metadata) throws InterruptedIOException {
        return verify(metadata.files().toList());
    }

    /**
     * Checks some files of a checkpoint, as {@link #verify(CheckpointMetadata)} does all of them.
     *
     * @param files the files, each once
     * @return every one that is damaged, by name
     * @throws InterruptedIOException if the thread was interrupted; its interrupt flag is set
     */
    public List<Damage> verify(List<StreamHandle.InFile> files) throws InterruptedIOException {
        Run run = new Run(files);
        for (int i = Math.min(parallelism, files.size()); i > 0; i--) {
            executor.execute(run);
        }
        return run.await();
    }

    /** The files of one call, taken one by one by several threads. */
    private final class Run implements Runnable {
        private final List<StreamHandle.InFile> files;
        private final AtomicInteger next = new AtomicInteger();
        private final CountDownLatch open;
        private final AtomicReferenceArray<Damage> damages;
        private volatile boolean givenUp;

        Run(List<StreamHandle.InFile> files) {
            this.files = files;
            this.open = new CountDownLatch(files.size());
            this.damages = new AtomicReferenceArray<>(files.size());
        }

        @Override
        public void run() {
            byte[] buffer = new byte[BUFFER];
            for (int i = next.getAndIncrement();
                    i < files.size() && !givenUp;
                    i = next.getAndIncrement()) {
                damages.set(i, check(files.get(i), buffer));
                open.countDown();
            }
        }

        private Damage check(StreamHandle.InFile file, byte[] buffer) {
            String expected = "%d bytes with CRC-32C %08x".formatted(file.length(), file.crc32c());
            try {
                String found = read(file, buffer);
                return found.equals(expected) ? null : new Damage(file.file(), expected, found);
            } catch (FileNotFoundException e) {
                return new Damage(file.file(), expected, "no such file");
            } catch (IOException | RuntimeException e) {
                return new Damage(file.file(), expected, "cannot be read: " + e.getMessage());
            }
        }

        private String read(StreamHandle.InFile file, byte[] buffer) throws IOException {
            try (SeekableInput in = source.open(file)) {
                // A file that has grown is not read to an end that may never come.
                long length = in.length();
                if (length != file.length()) {
                    return length + " bytes";
                }
                CRC32C crc = new CRC32C();
                long done = 0;
                while (done <= length && !givenUp) {
                    int count = in.read(buffer);
                    if (count < 0) {
                        break;
                    }
                    crc.update(buffer, 0, count);
                    done += count;
                }
                return "%d bytes with CRC-32C %08x".formatted(done, (int) crc.getValue());
            }
        }

        List<Damage> await() throws InterruptedIOException {
            try {
                open.await();
            } catch (InterruptedException e) {
                givenUp = true;
                Thread.currentThread().interrupt();
                InterruptedIOException stopped =
                        new InterruptedIOException("stopped while files were verified");
                stopped.initCause(e);
                throw stopped;
            }
            Damage[] found = new Damage[files.size()];
            Arrays.setAll(found, damages::get);
            List<Damage> list = new ArrayList<>(Arrays.asList(found));
            list.removeIf(Objects::isNull);
            list.sort(Comparator.comparing(damage -> damage.file().toString()));
            return List.copyOf(list);
        }
    }
}

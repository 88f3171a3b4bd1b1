package io.holdfast.runtime.connector;

import io.holdfast.api.error.Problem;
import io.holdfast.api.process.RuntimeContext;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A directory that is taken for the subtasks of one sink, in one attempt of one job. */
final class OutputDirectory implements Closeable {
    /*
     * Between processes the operating system's lock on a file decides; it ends with the process,
     * however that ends. Within a process the register below decides, before the file is touched:
     * on POSIX, closing any other descriptor of a locked file gives the lock up. The register is
     * static because directories are shared by everything in the process, and a sink's subtasks
     * share no object. The lock ends with the last subtask, not with the first: others may still
     * be giving their files the final names. The lock file is never removed: another process may
     * be about to lock the one that was there.
     */
    static final String LOCK = ".lock";

    private static final Map<Object, Owner> TAKEN = new HashMap<>();
    // Far behind the text that names the owner, which others must be able to read.
    private static final long LOCKED_BYTE = 1L << 40;
    private static final int MAX_OWNER = 512;

    /** The sink that has a directory. Guarded by {@link #TAKEN}. */
    private static final class Owner {
        final String attemptId;
        final String sink;
        final FileChannel lock;
        final Set<Integer> subtasks = new HashSet<>();

        Owner(RuntimeContext context, FileChannel lock) {
            this.attemptId = context.attemptId();
            this.sink = context.operatorName();
            this.lock = lock;
        }

        boolean is(RuntimeContext context) {
            return attemptId.equals(context.attemptId())
                    && sink.equals(context.operatorName())
                    && !subtasks.contains(context.subtask());
        }
    }

    private final Object key;
    private final int subtask;
    private boolean closed;

    private OutputDirectory(Object key, int subtask) {
        this.key = key;
        this.subtask = subtask;
    }

    /**
     * Takes a directory that exists for one subtask of a sink.
     *
     * @throws io.holdfast.api.error.HoldfastException JOB-6043 if another sink has it, of this job,
     *     of another one or of another process
     */
    static OutputDirectory take(Path directory, RuntimeContext context) throws IOException {
        Object identity = Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
        Object key = identity == null ? directory.toRealPath() : identity;
        synchronized (TAKEN) {
            Owner owner = TAKEN.get(key);
            if (owner == null) {
                owner = new Owner(context, lock(directory));
                TAKEN.put(key, owner);
            } else if (!owner.is(context)) {
                throw taken(directory, owner, context);
            }
            owner.subtasks.add(context.subtask());
            return new OutputDirectory(key, context.subtask());
        }
    }

    private static RuntimeException taken(Path directory, Owner owner, RuntimeContext context) {
        boolean sameJob = owner.attemptId.equals(context.attemptId());
        String summary = summary(directory, context.operatorName());
        Problem.Builder problem =
                sameJob
                        ? Problem.user("JOB-6043", summary)
                        : Problem.environment("JOB-6043", summary);
        return problem.with(
                        "used by",
                        "sink '%s' of %s"
                                .formatted(
                                        owner.sink,
                                        sameJob ? "the same job" : "another job of this process"))
                .advise("give each sink a directory of its own")
                .exception();
    }

    private static String summary(Path directory, String sink) {
        return "Sink '%s' cannot write to the directory '%s': it is in use."
                .formatted(sink, directory.toAbsolutePath());
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        directory.resolve(LOCK),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            if (!locked(channel)) {
                throw Problem.environment(
                                "JOB-6043",
                                "The output directory '%s' is in use by another process."
                                        .formatted(directory.toAbsolutePath()))
                        .with("used by", read(channel))
                        .advise("stop that process, or choose another directory")
                        .exception();
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(thisProcess().getBytes(StandardCharsets.UTF_8)));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            // Another copy of this class has it.
            return false;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MAX_OWNER);
        channel.read(text);
        String owner = StandardCharsets.UTF_8.decode(text.flip()).toString().strip();
        return owner.isEmpty() ? "a process that does not say who it is" : owner;
    }

    private static String thisProcess() {
        return "process %d, user %s, since %s%n"
                .formatted(
                        ProcessHandle.current().pid(),
                        System.getProperty("user.name"),
                        Instant.now());
    }

    /** Gives the directory free for others once all subtasks have. Idempotent. */
    @Override
    public void close() throws IOException {
        synchronized (TAKEN) {
            if (closed) {
                return;
            }
            closed = true;
            Owner owner = TAKEN.get(key);
            owner.subtasks.remove(subtask);
            if (owner.subtasks.isEmpty()) {
                TAKEN.remove(key);
                owner.lock.close();
            }
        }
    }
}

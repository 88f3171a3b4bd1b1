package io.holdfast.runtime.connector;

import io.holdfast.api.connector.Sink;
import io.holdfast.api.error.Problem;
import io.holdfast.api.process.FunctionInitializationContext;
import io.holdfast.api.process.FunctionSnapshotContext;
import io.holdfast.api.process.RuntimeContext;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes records as lines of text into files of a local directory, each record once, also after
 * failures. The directory belongs to one sink of one job: a second one is refused, whichever
 * process it is in. So that it can be, a hidden file {@code .lock} stays there.
 *
 * <p>A file is hidden ({@code .part-…}) while it is written. At each checkpoint it is made durable
 * and its name goes into the checkpoint; when the checkpoint is complete, it is renamed to {@code
 * part-…-chk-N}. After a restart, the files that the restored checkpoint names are renamed if they
 * are not yet, and all other hidden files are removed: their records come again. So do those in
 * files of later checkpoints, if the job goes back to an older one because the last is damaged, for
 * instance: such files are hidden again, as {@code .superseded-part-…}, and kept. Without
 * checkpoints, files appear when the input ends.
 *
 * @param <T> type of the records
 */
public final class FileSink<T> implements Sink<T> {
    private static final String PREFIX = "part-";
    private static final Pattern OF_CHECKPOINT = Pattern.compile(".*-chk-(\\d{1,18})");

    private final Path directory;
    private final Function<? super T, String> encoder;
    private final TreeMap<Long, String> pending = new TreeMap<>();
    private RuntimeContext context;
    private ListState<String> state;
    private ListState<Long> lastCheckpoint;
    private String name;
    private OutputDirectory taken;
    private FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private IOException broken;
    private int files;

    /**
     * A sink for one subtask.
     *
     * @param directory where files appear; made if it does not exist
     * @param encoder makes the line of a record, without line breaks; used by several threads
     */
    public FileSink(Path directory, Function<? super T, String> encoder) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.encoder = Objects.requireNonNull(encoder, "encoder");
    }

    @Override
    public void open(RuntimeContext place) throws IOException {
        context = place;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw Problem.environment(
                            "JOB-6040", "The output directory " + directory + " cannot be made.")
                    .with("cause", e)
                    .advise("choose another directory, or give this user the right to write there")
                    .exception(e);
        }
        taken = OutputDirectory.take(directory, place);
    }

    @Override
    public void initializeState(FunctionInitializationContext initialization) throws IOException {
        state =
                initialization
                        .operatorStateStore()
                        .getUnionListState(
                                new ListStateDescriptor<>("pending-files", Serializers.STRING));
        lastCheckpoint =
                initialization
                        .operatorStateStore()
                        .getUnionListState(
                                new ListStateDescriptor<>("last-checkpoint", Serializers.LONG));
        if (context.subtask() == 0) {
            if (!initialization.isRestored()) {
                refuseResults();
            }
            Set<String> prepared = new HashSet<>();
            state.get().forEach(prepared::add);
            for (String file : prepared) {
                publishAgain(file);
            }
            removeOlderAttempts();
            for (long restored : lastCheckpoint.get()) {
                hideResultsAfter(restored);
            }
            syncDirectory();
        }
        state.clear();
        lastCheckpoint.clear();
    }

    private void hideResultsAfter(long checkpointId) throws IOException {
        List<Path> superseded = new ArrayList<>();
        try (DirectoryStream<Path> results = Files.newDirectoryStream(directory, PREFIX + "*")) {
            for (Path result : results) {
                Matcher name = OF_CHECKPOINT.matcher(result.getFileName().toString());
                if (name.matches() && Long.parseLong(name.group(1)) > checkpointId) {
                    superseded.add(result);
                }
            }
        }
        for (Path result : superseded) {
            Path hidden = directory.resolve(".superseded-" + result.getFileName());
            Files.move(result, hidden, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void refuseResults() throws IOException {
        try (DirectoryStream<Path> results = Files.newDirectoryStream(directory, PREFIX + "*")) {
            for (Path result : results) {
                if (!ofThisAttempt(result)) {
                    throw Problem.user(
                                    "JOB-6041",
                                    "The output directory holds results of an earlier run.")
                            .with("directory", directory.toAbsolutePath())
                            .with("such as", result.getFileName())
                            .advise(
                                    "choose another directory, remove the files, or restore the job from its last checkpoint")
                            .exception();
                }
            }
        }
    }

    private boolean ofThisAttempt(Path path) {
        return path.getFileName().toString().contains(context.attemptId());
    }

    private void publishAgain(String prepared) throws IOException {
        if (Files.exists(hidden(prepared))) {
            publish(prepared);
        } else if (!Files.exists(directory.resolve(prepared))) {
            throw Problem.data("JOB-6042", "A file of the restored checkpoint is missing.")
                    .with("expected", directory.resolve(prepared))
                    .with("or", hidden(prepared))
                    .advise(
                            "restore with the output directory of the earlier run; take results away only after a later checkpoint")
                    .exception();
        }
    }

    private void removeOlderAttempts() throws IOException {
        List<Path> stale = new ArrayList<>();
        try (DirectoryStream<Path> hidden =
                Files.newDirectoryStream(directory, "." + PREFIX + "*")) {
            for (Path path : hidden) {
                if (!ofThisAttempt(path)) {
                    stale.add(path);
                }
            }
        }
        for (Path path : stale) {
            Files.deleteIfExists(path);
        }
    }

    private Path hidden(String file) {
        return directory.resolve("." + file);
    }

    @Override
    public void write(T record) throws IOException {
        checkNotBroken();
        if (file == null) {
            name = "%s%d-%s-%d".formatted(PREFIX, context.subtask(), context.attemptId(), files++);
            file =
                    FileChannel.open(
                            hidden(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }
        byte[] line = (encoder.apply(record) + "\n").getBytes(StandardCharsets.UTF_8);
        if (line.length > buffer.remaining()) {
            flush();
        }
        if (line.length > buffer.capacity()) {
            append(ByteBuffer.wrap(line));
        } else {
            buffer.put(line);
        }
    }

    /** If it fails, nothing has left the buffer, and it can be tried again. */
    private void flush() throws IOException {
        append(buffer.duplicate().flip());
        buffer.clear();
    }

    /** Takes back what a full disk cut off. */
    private void append(ByteBuffer bytes) throws IOException {
        long begin = file.position();
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            file.truncate(begin);
            throw e;
        }
    }

    /** Makes the present file durable under its hidden name, if there is one. */
    private void closeFile(long checkpointId) throws IOException {
        checkNotBroken();
        if (file == null) {
            return;
        }
        flush();
        try {
            file.force(true);
            file.close();
            file = null;
            String whole = name + "-chk-" + checkpointId;
            Files.move(hidden(name), hidden(whole), StandardCopyOption.ATOMIC_MOVE);
            pending.put(checkpointId, whole);
            syncDirectory();
        } catch (IOException e) {
            broken = e;
            throw e;
        }
    }

    /** After a failed sync nobody knows what is on the disk: the job has to go back. */
    private void checkNotBroken() throws IOException {
        if (broken != null) {
            throw new IOException("an output file could not be made durable before", broken);
        }
    }

    private void syncDirectory() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private void publish(String prepared) throws IOException {
        Files.move(hidden(prepared), directory.resolve(prepared), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext checkpoint) throws IOException {
        closeFile(checkpoint.checkpointId());
        state.update(List.copyOf(pending.values()));
        lastCheckpoint.update(List.of(checkpoint.checkpointId()));
    }

    @Override
    public void commit(long checkpointId) throws IOException {
        if (pending.isEmpty() || pending.firstKey() > checkpointId) {
            return;
        }
        while (!pending.isEmpty() && pending.firstKey() <= checkpointId) {
            publish(pending.firstEntry().getValue());
            pending.pollFirstEntry();
        }
        syncDirectory();
    }

    @Override
    public void finish(boolean lastCheckpoint) throws IOException {
        if (!lastCheckpoint) {
            closeFile(0);
            commit(0);
        }
    }

    @Override
    public void close() throws IOException {
        try (OutputDirectory given = taken) {
            if (file != null) {
                file.close();
                file = null;
            }
        }
    }
}

package io.holdfast.cli;

import io.holdfast.api.connector.Sink;
import io.holdfast.api.error.Problem;
import io.holdfast.api.process.FunctionInitializationContext;
import io.holdfast.api.process.FunctionSnapshotContext;
import io.holdfast.api.process.RuntimeContext;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.runtime.connector.FileSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps the lines of a job that was given no output directory until the job is done, so that their
 * digest can be told. They are files, for they may be many, and a run that is killed must find them
 * again. Every run that begins anew has a directory of its own; which one is part of the
 * checkpoint, so a restored run goes on with the lines that belong to the checkpoint, whichever
 * that is and however many runs there were since.
 */
final class SpoolSink implements Sink<String> {
    private static final ListStateDescriptor<String> DIRECTORY =
            new ListStateDescriptor<>("spool-directory", Serializers.STRING);

    private final Path fresh;
    private final AtomicReference<Path> used;
    private RuntimeContext context;
    private FileSink<String> files;

    /**
     * A sink for one subtask.
     *
     * @param fresh the directory of a run that begins anew
     * @param used is told which directory the run has
     */
    SpoolSink(Path fresh, AtomicReference<Path> used) {
        this.fresh = fresh;
        this.used = used;
    }

    @Override
    public void open(RuntimeContext place) {
        context = place;
    }

    @Override
    public void initializeState(FunctionInitializationContext initialization) throws Exception {
        ListState<String> state = initialization.operatorStateStore().getUnionListState(DIRECTORY);
        Iterator<String> stored = state.get().iterator();
        Path directory = stored.hasNext() ? Path.of(stored.next()) : fresh;
        if (initialization.isRestored() && !Files.isDirectory(directory)) {
            throw Problem.data("CLI-7020", "The lines that the checkpoint goes on from are gone.")
                    .with("expected", directory)
                    .advise("put the directory back, or run without --restore")
                    .exception();
        }
        state.update(List.of(directory.toString()));
        used.set(directory);
        files = new FileSink<>(directory, line -> line);
        files.open(context);
        files.initializeState(initialization);
    }

    @Override
    public void write(String line) throws Exception {
        files.write(line);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext checkpoint) throws Exception {
        files.snapshotState(checkpoint);
    }

    @Override
    public void commit(long checkpointId) throws Exception {
        files.commit(checkpointId);
    }

    @Override
    public void finish(boolean lastCheckpoint) throws Exception {
        files.finish(lastCheckpoint);
    }

    @Override
    public void close() throws Exception {
        if (files != null) {
            files.close();
        }
    }
}

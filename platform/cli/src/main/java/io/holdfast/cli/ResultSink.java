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
import java.util.function.Consumer;

/**
 * Lines as files, in a directory that is part of the checkpoint: a restored run goes on with the
 * lines that belong to the checkpoint, whichever that is and however many runs there were since. So
 * it does not matter that each run that begins anew without {@code --output} has a directory of its
 * own, and a run that goes on cannot by mistake write somewhere else.
 */
final class ResultSink implements Sink<String> {
    private static final ListStateDescriptor<String> DIRECTORY =
            new ListStateDescriptor<>("directory", Serializers.STRING);

    private final Path fresh;
    private final boolean chosen;
    private final Consumer<Path> used;
    private RuntimeContext context;
    private FileSink<String> files;

    /**
     * A sink for one subtask.
     *
     * @param fresh the directory of a run that begins anew
     * @param chosen whether somebody asked for that directory
     * @param used is told which directory it became
     */
    ResultSink(Path fresh, boolean chosen, Consumer<Path> used) {
        this.fresh = fresh;
        this.chosen = chosen;
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
        Path directory = stored.hasNext() ? restored(Path.of(stored.next())) : fresh;
        state.update(List.of(directory.toString()));
        used.accept(directory);
        files = new FileSink<>(directory, line -> line);
        files.open(context);
        files.initializeState(initialization);
    }

    private Path restored(Path stored) {
        if (chosen && !stored.equals(fresh)) {
            throw Problem.user("CLI-7023", "The run that is to go on wrote its lines elsewhere.")
                    .with("so far", stored.getParent())
                    .with("--output", fresh.getParent())
                    .advise("leave --output out to go on there, or leave --restore out")
                    .exception();
        }
        if (!Files.isDirectory(stored)) {
            throw Problem.data("CLI-7020", "The lines that the checkpoint goes on from are gone.")
                    .with("expected", stored)
                    .advise("put the directory back, or run without --restore")
                    .exception();
        }
        return stored;
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

package io.holdfast.runtime.connector;

import io.holdfast.api.connector.Sink;
import io.holdfast.api.process.RuntimeContext;
import java.io.PrintStream;
import java.util.Objects;

/**
 * Prints records, one in a line; with several subtasks, behind the number of the subtask. After a
 * restart records are printed again.
 *
 * @param <T> type of the records
 */
public final class PrintSink<T> implements Sink<T> {
    private final PrintStream out;
    private String prefix = "";

    /**
     * Prints to a stream.
     *
     * @param out where to; not closed
     */
    public PrintSink(PrintStream out) {
        this.out = Objects.requireNonNull(out, "out");
    }

    @Override
    public void open(RuntimeContext context) {
        prefix = context.parallelism() > 1 ? (context.subtask() + 1) + "> " : "";
    }

    @Override
    public void write(T record) {
        out.println(prefix + record);
    }
}

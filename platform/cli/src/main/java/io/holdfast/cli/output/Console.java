package io.holdfast.cli.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes.
 *
 * @param out what was asked for
 * @param err errors and warnings; with {@code --json} progress too
 * @param outWatched whether {@code out} is a terminal
 * @param errWatched whether {@code err} is a terminal
 * @param columns how wide the terminal is
 */
public record Console(
        PrintStream out, PrintStream err, boolean outWatched, boolean errWatched, int columns) {

    /** The process's own streams; the launcher has told which of them are terminals. */
    public static Console ofProcess() {
        String watched = System.getProperty("holdfast.terminal", "");
        return new Console(
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                watched.contains("out"),
                watched.contains("err"),
                Integer.getInteger("holdfast.columns", 80));
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** The same, with all that is meant for people on the error stream. */
    public Console forMachines() {
        return new Console(err, err, errWatched, errWatched, columns);
    }
}

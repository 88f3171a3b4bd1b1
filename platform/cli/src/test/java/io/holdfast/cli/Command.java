package io.holdfast.cli;

import io.holdfast.cli.output.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs the command in this process and keeps what it printed. */
record Command(int exitCode, String out, String err) {

    static Command run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int exitCode =
                Holdfast.run(new Console(stream(out), stream(err), false, false, 80), arguments);
        Command command =
                new Command(
                        exitCode,
                        out.toString(StandardCharsets.UTF_8),
                        err.toString(StandardCharsets.UTF_8));
        System.out.println("$ holdfast " + String.join(" ", arguments));
        System.out.println(command);
        return command;
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    List<String> lines() {
        return out.lines().toList();
    }

    String lastLine() {
        return lines().get(lines().size() - 1);
    }

    @Override
    public String toString() {
        return out + err + "exit code " + exitCode;
    }
}

package io.holdfast.cli;

import io.holdfast.api.error.Problem;
import io.holdfast.cli.output.Console;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast completion}: prints a script that a shell sources. */
@Command(
        name = "completion",
        description = "Prints a script that completes words on the command line.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  source <(./holdfast completion bash)    # zsh understands it after: autoload -U"
                    + " bashcompinit && bashcompinit"
        })
final class CompletionCommand implements Runnable {
    private final Console console;

    @Spec private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SHELL",
            defaultValue = "bash",
            description = "bash; zsh reads the same script.")
    private String shell;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        if (!shell.equals("bash") && !shell.equals("zsh")) {
            throw Problem.user("CLI-7004", "There is no completion for '" + shell + "'.")
                    .with("possible", "bash, zsh")
                    .exception();
        }
        console.out().println(AutoComplete.bash("holdfast", spec.root().commandLine()));
    }
}

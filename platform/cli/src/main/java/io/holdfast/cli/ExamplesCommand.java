package io.holdfast.cli;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.cli.output.Console;
import io.holdfast.examples.Example;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code holdfast examples}: lists them. */
@Command(
        name = "examples",
        description = "Lists the example jobs.",
        mixinStandardHelpOptions = true)
final class ExamplesCommand implements Runnable {
    private final Console console;

    ExamplesCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        int width =
                ExampleOptions.names().stream().mapToInt(String::length).max().orElseThrow() + 2;
        for (Example example : ExampleOptions.EXAMPLES) {
            console.out()
                    .println(
                            example.name()
                                    + " ".repeat(width - example.name().length())
                                    + example.sentence());
            console.out()
                    .println(
                            " ".repeat(width)
                                    + example.options().stream()
                                            .map(ConfigOption::key)
                                            .map(key -> "[--" + key + " …]")
                                            .collect(Collectors.joining(" ")));
        }
        console.out().println();
        console.out().println("Run one:  ./holdfast run nexmark-q5");
    }
}

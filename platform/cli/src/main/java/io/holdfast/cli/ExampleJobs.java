package io.holdfast.cli;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.Configuration;
import io.holdfast.cli.checkpoint.NamedJobs;
import io.holdfast.examples.Example;
import io.holdfast.runtime.StreamExecutionEnvironment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The examples as jobs that are only looked at. */
final class ExampleJobs implements NamedJobs {
    private static final String INPUT = "input";

    @Override
    public List<String> names() {
        return ExampleOptions.names();
    }

    @Override
    public void describe(String name, StreamExecutionEnvironment environment) {
        Example example = ExampleOptions.named(name);
        Configuration choices = new Configuration();
        for (ConfigOption<?> option : example.options()) {
            if (option.key().equals(INPUT)) {
                choices.setRaw(INPUT, List.of("-"));
            }
        }
        ResultDirectories nowhere =
                new ResultDirectories(
                        Optional.empty(), Path.of(System.getProperty("java.io.tmpdir")), name);
        example.build(environment, choices).forEach(nowhere::write);
    }
}

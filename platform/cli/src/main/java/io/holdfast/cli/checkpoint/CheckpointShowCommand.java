package io.holdfast.cli.checkpoint;

import io.holdfast.api.error.Problem;
import io.holdfast.cli.output.Console;
import io.holdfast.cli.output.ExitCode;
import io.holdfast.cli.output.Json;
import io.holdfast.cli.settings.HostSettings;
import io.holdfast.cli.settings.Modules;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.resolve.ResolveRequest;
import io.holdfast.host.folder.ModuleFolder;
import io.holdfast.runtime.LocalPlatform;
import io.holdfast.runtime.inspect.CheckpointInspector;
import io.holdfast.runtime.inspect.EntryFilter;
import io.holdfast.runtime.inspect.OperatorContents;
import io.holdfast.runtime.inspect.StoredEntry;
import io.holdfast.runtime.inspect.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast checkpoint show}. */
@Command(
        name = "show",
        description = {
            "Tells what a checkpoint or savepoint holds, without the classes of its job: files,"
                    + " operators, states with their types, and entries if you ask for some.",
            "Its files are looked at, but read only as far as needed, unless you say --verify."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:told",
            "2:no such checkpoint, or wrong usage",
            "3:it cannot be read just now",
            "4:it is damaged, foreign, or names files that lie elsewhere"
        },
        footer = {
            "",
            "Forms other than canonical/1 and canonical/2 are read by the backend that wrote them, if",
            "its module is there. Types that only the job knows are shown as bytes.",
            "",
            "Examples:",
            "  ./holdfast checkpoint show /data/checkpoints/4f1c/chk-17",
            "  ./holdfast checkpoint show /data/savepoints/friday --verify",
            "  ./holdfast checkpoint show friday --entries 20 --state counts",
            "  ./holdfast checkpoint show friday --entries 1 --state counts --key alice",
            "  ./holdfast checkpoint show friday --json | jq '.operators[].states[].name'"
        })
final class CheckpointShowCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "PATH",
            description = "Directory of a checkpoint or savepoint, its _metadata, or a URI.")
    private String pointer;

    @Option(
            names = "--verify",
            description =
                    "Read all files, compare them with their checksums, and count the entries of"
                            + " each state.")
    private boolean verify;

    @Option(
            names = "--entries",
            paramLabel = "N",
            description = "Show the first N entries. Records look like Name{field=value}.")
    private Optional<Integer> entries = Optional.empty();

    @Option(
            names = "--operator",
            paramLabel = "NAME",
            description = "Only entries of this operator: its name or id.")
    private Optional<String> operator = Optional.empty();

    @Option(names = "--state", paramLabel = "NAME", description = "Only entries of this state.")
    private Optional<String> state = Optional.empty();

    @Option(
            names = "--key",
            paramLabel = "TEXT",
            description = "Only entries of this key, written as it is shown.")
    private Optional<String> key = Optional.empty();

    @Mixin private HostSettings settings = new HostSettings();

    @Option(names = "--json", description = "Print one JSON document on standard output.")
    private boolean json;

    CheckpointShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        return Json.orFailed(console, json, this::show);
    }

    private int show() throws IOException {
        requireEntries();
        List<Layer> layers = settings.layers();
        try (LocalPlatform platform = Modules.open(layers)) {
            platform.folder().ifPresent(ModuleFolder::settle);
            try (CheckpointInspector inspector =
                    CheckpointInspector.open(
                            platform.modules(), ResolveRequest.hostSettings(layers), pointer)) {
                return show(inspector);
            }
        }
    }

    private void requireEntries() {
        boolean chosen = operator.isPresent() || state.isPresent() || key.isPresent();
        if (chosen && entries.isEmpty() || entries.filter(count -> count < 1).isPresent()) {
            throw Problem.user(
                            "CLI-7070",
                            entries.isEmpty()
                                    ? "--operator, --state and --key choose among entries, but none are asked for."
                                    : "%d entries cannot be shown.".formatted(entries.get()))
                    .advise("add --entries with a number of 1 or more")
                    .exception();
        }
    }

    private int show(CheckpointInspector inspector) throws IOException {
        List<StoredFile> files = verify ? inspector.verify() : inspector.files();
        boolean whole = files.stream().allMatch(file -> file.damage().isEmpty());
        // What is damaged is told by its name; what may be in it is not of interest.
        List<OperatorContents> operators = inspector.operators(verify && whole);
        List<StoredEntry> shown = new ArrayList<>();
        if (entries.isPresent()) {
            inspector.entries(
                    new EntryFilter(operator, state, key),
                    entry -> {
                        shown.add(entry);
                        return shown.size() < entries.get();
                    });
        }
        if (json) {
            console.out()
                    .println(
                            Json.render(
                                    CheckpointJson.of(
                                            inspector,
                                            verify,
                                            files,
                                            operators,
                                            entries.map(asked -> shown))));
        } else {
            CheckpointText text = new CheckpointText(console.out());
            text.head(inspector, verify, files);
            operators.forEach(text::operator);
            text.files(files, verify);
            if (entries.isPresent()) {
                text.entries(shown, entries.get());
            }
        }
        boolean readable =
                operators.stream()
                        .flatMap(each -> each.unread().stream())
                        .noneMatch(problem -> problem.category() == Problem.Category.DATA);
        return whole && readable ? ExitCode.DONE : ExitCode.DATA;
    }
}

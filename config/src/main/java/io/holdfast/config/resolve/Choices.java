package io.holdfast.config.resolve;

import static io.holdfast.api.config.CheckpointingOptions.CHECKPOINTS_DIRECTORY;
import static io.holdfast.api.config.CheckpointingOptions.CHECKPOINT_STORAGE;
import static io.holdfast.api.config.CheckpointingOptions.SAVEPOINT_DIRECTORY;
import static io.holdfast.api.config.StateBackendOptions.STATE_BACKEND;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.config.Secret;
import io.holdfast.api.error.DidYouMean;
import io.holdfast.api.error.Problem;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.layer.Origin;
import io.holdfast.config.resolve.Explanation.Decision;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses state backend and checkpoint storage for one request.
 *
 * <p>Backend: the object set in code, else {@code state.backend.type}. Storage: the object set in
 * code, else {@code execution.checkpointing.storage}, else the one a legacy backend name means,
 * else {@code filesystem} where there is a checkpoint directory, else {@code jobmanager}. Used
 * once, by one thread.
 */
final class Choices {
    private static final String HASHMAP = "hashmap";
    private static final String FILESYSTEM = "filesystem";
    private static final String JOBMANAGER = "jobmanager";

    /** Backend names of before 1.13: each means the heap, with the storage of the same name. */
    private static final Set<String> LEGACY_NAMES = Set.of(FILESYSTEM, JOBMANAGER);

    private static final Map<String, String> MODULE_OF =
            Map.of(
                    "state backend hashmap", "holdfast-backend-hashmap",
                    "state backend rocksdb", "holdfast-backend-rocksdb",
                    "checkpoint storage filesystem", "holdfast-storage-filesystem",
                    "checkpoint storage jobmanager", "holdfast-storage-jobmanager");

    private final Catalog catalog;
    private final ResolveRequest request;
    private final LayerStack stack;
    private final ReadableConfig configuration;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private Choice backend;
    private Choice storage;

    /**
     * What is to be chosen.
     *
     * @param words for people
     * @param unknown code of the problem that a name is unknown
     * @param option names it
     * @param installed what can be named
     * @param legacy names that mean something although nothing of that name is installed
     */
    private record Subject(
            String words,
            String unknown,
            ConfigOption<String> option,
            List<Installed> installed,
            Set<String> legacy) {}

    private record Reason(Choice choice, String because, List<Correction> corrections) {}

    Choices(Catalog catalog, ResolveRequest request, LayerStack stack) {
        this.catalog = catalog;
        this.request = request;
        this.stack = stack;
        this.configuration = new EffectiveConfiguration(stack);
    }

    /** The layers of a request, and on top what the objects set in code fix. */
    static List<Layer> withObjectSettings(ResolveRequest request) {
        List<Layer> layers = new ArrayList<>(request.layers());
        Stream.of(request.backend(), request.storage())
                .flatMap(Optional::stream)
                .map(
                        object ->
                                Layer.of(
                                        Level.CODE,
                                        object.settings(),
                                        Origin.ofCode(object.call())))
                .forEach(layers::add);
        return layers;
    }

    void decide() {
        Subject ofBackend =
                new Subject(
                        "state backend",
                        "CONFIG-1010",
                        STATE_BACKEND,
                        catalog.backends(),
                        LEGACY_NAMES);
        backend =
                decided(
                        ofBackend,
                        request.backend()
                                .map(object -> inCode(ofBackend, object))
                                .orElseGet(this::namedBackend));
        Subject ofStorage =
                new Subject(
                        "checkpoint storage",
                        "CONFIG-1011",
                        CHECKPOINT_STORAGE,
                        catalog.storages(),
                        Set.of());
        Reason reason =
                request.storage()
                        .map(object -> inCode(ofStorage, object))
                        .or(this::namedStorage)
                        .or(this::storageOfLegacyBackend)
                        .or(this::storageOfDirectory)
                        .orElseGet(this::storageOfNothing);
        storage = decided(ofStorage, reason);
        checkDirectory(reason);
    }

    private Choice decided(Subject subject, Reason reason) {
        String name = reason.choice().name();
        boolean installed = Catalog.named(name, subject.installed()).isPresent();
        boolean secret =
                stack.find(subject.option()).filter(set -> isSecret(set.entry())).isPresent();
        String shown = secret ? Secret.HIDDEN : name;
        decisions.add(new Decision(subject.words(), shown, reason.because(), reason.corrections()));
        if (!installed && reason.choice().source() != Choice.Source.CODE) {
            problems.add(unknown(subject, shown, reason.because()));
        }
        return reason.choice();
    }

    private static boolean isSecret(Entry entry) {
        return entry.value() instanceof Secret;
    }

    private Problem unknown(Subject subject, String name, String because) {
        List<String> names = subject.installed().stream().map(Installed::name).toList();
        Set<String> possible = new HashSet<>(subject.legacy());
        possible.addAll(names);
        String question = DidYouMean.question(name, possible);
        String module = MODULE_OF.get(subject.words() + " " + name);
        return Problem.user(
                        subject.unknown(),
                        "No " + subject.words() + " named '" + name + "'." + question)
                .with("set by", because)
                .with("installed", DidYouMean.list(names) + "   (" + catalog.searched() + ")")
                .advise(
                        module == null
                                ? "correct the name, or install the module that provides it"
                                : "install the module " + module + ", which provides it")
                .build();
    }

    private Reason inCode(Subject subject, SetInCode object) {
        String call = object.call() + "   (code)";
        String because =
                stack.find(subject.option())
                        .map(set -> Shown.setting(subject.option(), set.entry()))
                        .map(ignored -> call + "; not looked at: " + ignored)
                        .orElse(call);
        return reason(
                object.name(), Choice.Source.CODE, because, reach(object, subject.installed()));
    }

    /** Whether the job says something to the object that Flink would not let it hear. */
    private List<Correction> reach(SetInCode object, List<Installed> installed) {
        boolean jobSpeaks =
                Catalog.named(object.name(), installed).stream()
                        .flatMap(found -> found.options().stream())
                        .flatMap(option -> stack.find(option).stream())
                        .anyMatch(found -> found.level() == Level.JOB);
        return jobSpeaks ? List.of(Correction.JOB_OPTIONS_REACH_CODE) : List.of();
    }

    private Reason namedBackend() {
        Optional<Found> set = stack.find(STATE_BACKEND);
        String written = configuration.get(STATE_BACKEND);
        List<Correction> corrections = trimmed(written);
        if (isLegacy(name(written))) {
            corrections.add(Correction.LEGACY_NAMES);
        }
        return reason(
                isLegacy(name(written)) ? HASHMAP : name(written),
                set.isPresent() ? Choice.Source.OPTION : Choice.Source.DEFAULT,
                set.map(found -> Shown.setting(STATE_BACKEND, found.entry()))
                        .orElse(STATE_BACKEND.key() + " is not set"),
                corrections);
    }

    private boolean isLegacy(String name) {
        return LEGACY_NAMES.contains(name) && Catalog.named(name, catalog.backends()).isEmpty();
    }

    private Optional<Reason> namedStorage() {
        return stack.find(CHECKPOINT_STORAGE)
                .map(
                        set -> {
                            String written = configuration.get(CHECKPOINT_STORAGE);
                            return reason(
                                    name(written),
                                    Choice.Source.OPTION,
                                    Shown.setting(CHECKPOINT_STORAGE, set.entry()),
                                    trimmed(written));
                        });
    }

    private Optional<Reason> storageOfLegacyBackend() {
        String name = name(configuration.get(STATE_BACKEND));
        if (backend.source() == Choice.Source.CODE || !isLegacy(name)) {
            return Optional.empty();
        }
        return stack.find(STATE_BACKEND)
                .map(
                        set ->
                                reason(
                                        name,
                                        Choice.Source.BACKEND,
                                        "the name of the backend means it: "
                                                + Shown.setting(STATE_BACKEND, set.entry()),
                                        List.of(Correction.LEGACY_NAMES)));
    }

    private Optional<Reason> storageOfDirectory() {
        return stack.find(CHECKPOINTS_DIRECTORY)
                .map(
                        set ->
                                reason(
                                        FILESYSTEM,
                                        Choice.Source.DEFAULT,
                                        "a directory is set: "
                                                + Shown.setting(CHECKPOINTS_DIRECTORY, set.entry()),
                                        List.of()));
    }

    private Reason storageOfNothing() {
        return reason(
                JOBMANAGER,
                Choice.Source.DEFAULT,
                "neither "
                        + CHECKPOINT_STORAGE.key()
                        + " nor "
                        + CHECKPOINTS_DIRECTORY.key()
                        + " is set",
                List.of());
    }

    private Reason reason(
            String name, Choice.Source source, String because, List<Correction> corrections) {
        return new Reason(new Choice(name, source, configuration), because, corrections);
    }

    private static String name(String written) {
        return written.strip().toLowerCase(Locale.ROOT);
    }

    private static List<Correction> trimmed(String written) {
        return written.equals(written.strip())
                ? new ArrayList<>()
                : new ArrayList<>(List.of(Correction.NAMES_TRIMMED));
    }

    private void checkDirectory(Reason reason) {
        Optional<Found> directory = stack.find(CHECKPOINTS_DIRECTORY);
        if (directory.isPresent() && configuration.get(CHECKPOINTS_DIRECTORY).isBlank()) {
            problems.add(
                    Problem.user("CONFIG-1013", CHECKPOINTS_DIRECTORY.key() + " is empty.")
                            .with(
                                    "set by",
                                    Shown.setting(CHECKPOINTS_DIRECTORY, directory.get().entry()))
                            .advise("set it to a URI such as file:///var/checkpoints, or remove it")
                            .build());
        }
        boolean needsOne =
                storage.name().equals(FILESYSTEM) && storage.source() != Choice.Source.CODE;
        if (needsOne && directory.isEmpty()) {
            problems.add(missingDirectory(reason));
        }
    }

    private static Problem missingDirectory(Reason reason) {
        Problem.Builder problem =
                Problem.user(
                                "CONFIG-1012",
                                "The checkpoint storage 'filesystem' needs a directory; none is set.")
                        .with("chosen by", reason.because())
                        .with("searched", String.join(", ", CHECKPOINTS_DIRECTORY.allKeys()));
        if (reason.choice().source() == Choice.Source.BACKEND) {
            problem.with("differs", Correction.FILESYSTEM_NEEDS_DIRECTORY);
        }
        return problem.advise(
                        "set "
                                + CHECKPOINTS_DIRECTORY.key()
                                + " to a URI such as file:///var/checkpoints, or the storage to"
                                + " 'jobmanager'")
                .build();
    }

    /** The options that are read with these choices; of others a bad value harms nobody. */
    Set<String> optionsInUse() {
        return Stream.of(
                        Stream.of(catalog.options()),
                        Catalog.named(backend.name(), catalog.backends())
                                .map(Installed::options)
                                .stream(),
                        Catalog.named(storage.name(), catalog.storages())
                                .map(Installed::options)
                                .stream())
                .flatMap(lists -> lists)
                .flatMap(List::stream)
                .map(ConfigOption::key)
                .collect(Collectors.toSet());
    }

    ResolvedState state() {
        return new ResolvedState(
                backend,
                storage,
                configuration.getOptional(CHECKPOINTS_DIRECTORY),
                configuration.getOptional(SAVEPOINT_DIRECTORY),
                configuration);
    }

    List<Decision> decisions() {
        return decisions;
    }

    List<Problem> problems() {
        return problems;
    }
}

package io.holdfast.config.resolve;

import static io.holdfast.api.config.CheckpointingOptions.CHECKPOINTS_DIRECTORY;
import static io.holdfast.api.config.CheckpointingOptions.CHECKPOINT_STORAGE;
import static io.holdfast.api.config.CheckpointingOptions.SAVEPOINT_DIRECTORY;
import static io.holdfast.api.config.StateBackendOptions.STATE_BACKEND;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.Secret;
import io.holdfast.api.config.ValueType;
import io.holdfast.api.error.DidYouMean;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.layer.Origin;
import io.holdfast.config.profile.CompatibilityProfile;
import io.holdfast.config.profile.Correction;
import io.holdfast.config.profile.Kind;
import io.holdfast.config.profile.LegacyBackend;
import io.holdfast.config.profile.Meaning;
import io.holdfast.config.profile.Names;
import io.holdfast.config.profile.Reader;
import io.holdfast.config.resolve.ClassNames.Role;
import io.holdfast.config.resolve.Explanation.Decision;
import io.holdfast.spi.filesystem.DirectoryLocation;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Chooses state backend and checkpoint storage for one request.
 *
 * <p>Backend: the object set in code, else {@code state.backend.type}, else what the profile says.
 * Storage: the one that the backend brings along where the profile binds them, else the object set
 * in code, else {@code execution.checkpointing.storage}, else the one a legacy backend means, else
 * {@code filesystem} where there is a checkpoint directory, else {@code jobmanager}. Used once, by
 * one thread.
 */
final class Choices {
    private static final String FILESYSTEM = "filesystem";
    private static final String JOBMANAGER = "jobmanager";
    private static final String BATCH_EXECUTION = "batch-execution";
    private static final String RUNTIME_MODE = "execution.runtime-mode";
    private static final String BATCH_BACKEND = "execution.batch-state-backend.enabled";

    private static final Map<String, String> MODULE_OF =
            Map.of(
                    "state backend hashmap", "holdfast-backend-hashmap",
                    "state backend rocksdb", "holdfast-backend-rocksdb",
                    "checkpoint storage filesystem", "holdfast-storage-filesystem",
                    "checkpoint storage jobmanager", "holdfast-storage-jobmanager");

    /** Names of the objects of legacy programs, which are own backends inside. */
    private static final Set<String> LEGACY_ADAPTERS =
            Set.of("legacy-memory", "legacy-filesystem", "legacy-rocksdb");

    private final CompatibilityProfile profile;
    private final ResolveRequest request;
    private final LayerStack stack;
    private final EffectiveConfiguration merged;
    private final EffectiveConfiguration inCode;
    private final NameLookup backends;
    private final NameLookup storages;
    private final Catalog catalog;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    // Who reads an option, in the order in which they are read.
    private final Map<String, Reader> readers = new LinkedHashMap<>();
    private Optional<LegacyBackend> legacy = Optional.empty();
    private Choice backend;
    private Choice storage;

    Choices(
            Catalog catalog,
            CompatibilityProfile profile,
            ClassNames classes,
            ResolveRequest request,
            LayerStack stack) {
        Reading reading = new Reading(profile);
        this.catalog = catalog;
        this.profile = profile;
        this.request = request;
        this.stack = stack;
        this.merged = new EffectiveConfiguration(stack, reading);
        this.inCode =
                profile.jobReachesCode()
                        ? merged
                        : new EffectiveConfiguration(stack.cluster(), reading);
        this.backends = new NameLookup(Role.STATE_BACKEND, catalog, profile, classes);
        this.storages = new NameLookup(Role.CHECKPOINT_STORAGE, catalog, profile, classes);
    }

    /** The layers of a request, and on top what the objects set in code fix, if others see that. */
    static List<Layer> withObjectSettings(ResolveRequest request, CompatibilityProfile profile) {
        List<Layer> layers = new ArrayList<>(request.layers());
        if (!profile.jobReachesCode()) {
            return layers;
        }
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
        if (batch()) {
            backend = replaced("state backend");
            storage = replaced("checkpoint storage");
            return;
        }
        if (request.backend().isPresent()) {
            backendInCode(request.backend().get());
        } else {
            namedBackend();
        }
        chooseStorage();
    }

    /** Whether backend and storage are replaced, and nothing that is set for them is read. */
    boolean batch() {
        return profile.batchReplaces()
                && text(RUNTIME_MODE).filter(mode -> mode.equalsIgnoreCase("BATCH")).isPresent()
                && text(BATCH_BACKEND).filter(on -> on.equalsIgnoreCase("false")).isEmpty();
    }

    private Optional<String> text(String key) {
        return stack.winner(key).map(entry -> ValueType.text(entry.value()));
    }

    private Choice replaced(String subject) {
        String because = "the runtime mode is batch, for which Flink replaces it";
        decisions.add(new Decision(subject, BATCH_EXECUTION, because, List.of()));
        Problem problem =
                Problem.user("CONFIG-1016", "There is no " + subject + " for batch execution here.")
                        .with("set by", RUNTIME_MODE + " = BATCH")
                        .advise("run the job as a stream: remove " + RUNTIME_MODE)
                        .build();
        findings.add(Finding.of(Reader.ENGINE, Kind.NOT_INSTALLED, problem));
        return new Choice(BATCH_EXECUTION, Choice.Source.CODE, merged);
    }

    private void backendInCode(SetInCode object) {
        Set<String> unread =
                object.ownStorage()
                        .map(own -> profile.unreadBy().getOrDefault(own, Set.of()))
                        .orElse(Set.of());
        backend = new Choice(object.name(), Choice.Source.CODE, inCode.without(unread));
        if (isOwn(object.name()) || LEGACY_ADAPTERS.contains(object.name())) {
            readWithBackend().forEach(this::readInCode);
        }
        decisions.add(
                new Decision(
                        "state backend",
                        object.name(),
                        because(object, STATE_BACKEND),
                        reach(object, catalog.backends())));
    }

    private static String unlessSecret(Optional<Found> set, String name) {
        return set.filter(found -> found.entry().value() instanceof Secret).isPresent()
                ? Secret.HIDDEN
                : name;
    }

    private String because(SetInCode object, ConfigOption<String> option) {
        String call = object.call() + "   (code)";
        return stack.find(option)
                .map(set -> call + "; not looked at: " + Shown.setting(option, set.entry()))
                .orElse(call);
    }

    /** Whether the job says something to the object that Flink would not let it hear. */
    private List<Correction> reach(SetInCode object, List<Installed> installed) {
        boolean jobSpeaks =
                profile.jobReachesCode()
                        && Catalog.named(object.name(), installed).stream()
                                .flatMap(found -> found.options().stream())
                                .flatMap(option -> stack.find(option).stream())
                                .anyMatch(found -> found.level() == Level.JOB);
        return jobSpeaks ? List.of(Correction.JOB_OPTIONS_REACH_CODE) : List.of();
    }

    private void namedBackend() {
        Optional<Found> set = stack.find(STATE_BACKEND);
        Named named =
                set.map(found -> backends.find(textOf(found)))
                        .orElseGet(() -> backends.meaning(profile.unnamed(), List.of()));
        String because =
                set.map(found -> Shown.setting(STATE_BACKEND, found.entry()))
                        .orElse(STATE_BACKEND.key() + " is not set");
        legacy = named.legacy();
        backend =
                new Choice(
                        named.name(),
                        set.isPresent() ? Choice.Source.OPTION : Choice.Source.DEFAULT,
                        merged);
        decide("state backend", named, because, set);
        Reader reader = boundLegacy().map(Reader::of).orElse(Reader.BACKEND);
        named.failure()
                .ifPresent(
                        kind ->
                                findings.add(
                                        failure(
                                                reader,
                                                kind,
                                                "CONFIG-1010",
                                                "state backend",
                                                backends,
                                                named,
                                                because,
                                                set)));
        boundLegacy()
                .filter(kind -> kind == LegacyBackend.ROCKSDB)
                .ifPresent(
                        kind -> {
                            readBy(reader, optionsOfStorage(kind.storage()));
                            readBy(reader, readWithBackend());
                        });
        readBy(reader, named.options());
        if (isOwn(named.name())) {
            readBy(reader, readWithBackend());
        }
        checkOptionsFactory(named.options());
    }

    private List<ConfigOption<?>> optionsOfStorage(String name) {
        Set<String> unread = profile.unreadBy().getOrDefault(name, Set.of());
        return storages.meaning(storageMeaning(name), List.of()).options().stream()
                .filter(option -> !unread.contains(option.key()))
                .toList();
    }

    private static boolean isOwn(String backend) {
        return backend.equals("hashmap") || backend.equals("rocksdb");
    }

    private List<ConfigOption<?>> readWithBackend() {
        return profile.readWithBackend().isEmpty()
                ? List.of()
                : catalog.options().stream()
                        .filter(option -> profile.readWithBackend().contains(option.key()))
                        .toList();
    }

    /** In batch mode, only what the cluster says is read. */
    void readInBatch(ConfigOption<?> option) {
        readInCode(option);
    }

    /** An object set in code may see other values than those that are read anyway. */
    private void readInCode(ConfigOption<?> option) {
        try {
            inCode.getOptional(option);
        } catch (HoldfastException e) {
            findings.add(Finding.of(Reader.BACKEND, e.problem(), option.key()));
        }
    }

    /** A class of Flink that is named as a factory of RocksDB's options exists only in Flink. */
    private void checkOptionsFactory(List<ConfigOption<?>> options) {
        options.stream()
                .filter(option -> option.key().equals(Reading.OPTIONS_FACTORY))
                .findFirst()
                .ifPresent(
                        option ->
                                stack.find(option)
                                        .filter(found -> !meansNone(textOf(found)))
                                        .ifPresent(found -> checkOptionsFactory(option, found)));
    }

    private boolean meansNone(String factory) {
        return profile.optionsFactories().words().containsKey(factory.toLowerCase(Locale.ROOT));
    }

    private void checkOptionsFactory(ConfigOption<?> option, Found found) {
        String name = textOf(found);
        if (!name.toLowerCase(Locale.ROOT).startsWith("org.apache.flink.")) {
            return;
        }
        Kind kind =
                profile.optionsFactories()
                        .flinkClass(name)
                        .map(
                                known ->
                                        known == Names.FlinkClass.NOT_A_FACTORY
                                                ? Kind.NOT_A_FACTORY
                                                : Kind.FACTORY_NOT_INSTANTIABLE)
                        .orElse(Kind.CLASS_NOT_FOUND);
        Problem problem =
                Problem.user("CONFIG-1017", "The class '" + name + "' is not available here.")
                        .with("set by", Shown.setting(option, found.entry()))
                        .with("expected", "a class of the job that makes options of RocksDB")
                        .advise("name a class of yours, or remove the setting")
                        .build();
        findings.add(Finding.of(Reader.OPTIONS_FACTORY, kind, problem, option.key()));
    }

    private static String textOf(Found found) {
        Object value = found.entry().value();
        return value instanceof Secret secret ? secret.reveal() : ValueType.text(value);
    }

    private Optional<LegacyBackend> boundLegacy() {
        return profile.legacyBound() ? legacy : Optional.empty();
    }

    private void decide(String subject, Named named, String because, Optional<Found> set) {
        decisions.add(
                new Decision(
                        subject, unlessSecret(set, named.name()), because, named.corrections()));
    }

    private Finding failure(
            Reader reader,
            Kind kind,
            String unknownCode,
            String subject,
            NameLookup lookup,
            Named named,
            String because,
            Optional<Found> set) {
        String name = unlessSecret(set, named.name());
        Problem problem =
                switch (kind) {
                    case NOT_A_FACTORY ->
                            classProblem("CONFIG-1014", name + "' is no factory of a " + subject)
                                    .with("set by", because)
                                    .with("found", named.detail())
                                    .advise("name a factory, not what it makes")
                                    .build();
                    case FACTORY_NOT_INSTANTIABLE ->
                            classProblem("CONFIG-1015", name + "' cannot be made")
                                    .with("set by", because)
                                    .with("because", named.detail())
                                    .advise(
                                            "give the class a public constructor without"
                                                    + " parameters, or name another")
                                    .build();
                    default -> unknown(unknownCode, subject, lookup, name, because, named);
                };
        return Finding.of(reader, kind, problem);
    }

    private static Problem.Builder classProblem(String code, String what) {
        return Problem.user(code, "The class '" + what + ".");
    }

    private Problem unknown(
            String code,
            String subject,
            NameLookup lookup,
            String name,
            String because,
            Named named) {
        String module = MODULE_OF.get(subject + " " + name);
        Problem.Builder problem =
                Problem.user(
                                code,
                                "No "
                                        + subject
                                        + " named '"
                                        + name
                                        + "'."
                                        + DidYouMean.question(name, lookup.possible()))
                        .with("set by", because)
                        .with(
                                "installed",
                                DidYouMean.list(lookup.installedNames())
                                        + "   ("
                                        + catalog.searched()
                                        + ")");
        if (name.indexOf('.') > 0) {
            problem.with("no class", named.detail());
        }
        return problem.advise(
                        module == null
                                ? "correct the name, or install the module that provides it"
                                : "install the module " + module + ", which provides it")
                .build();
    }

    private void readBy(Reader reader, List<ConfigOption<?>> options) {
        options.forEach(option -> readers.putIfAbsent(option.key(), reader));
    }

    private void chooseStorage() {
        Optional<String> broughtAlong = request.backend().flatMap(SetInCode::ownStorage);
        if (broughtAlong.isPresent()) {
            storage = new Choice(broughtAlong.get(), Choice.Source.BACKEND, inCode);
            String because = "the backend brings it along: " + request.backend().get().call();
            decisions.add(new Decision("checkpoint storage", storage.name(), because, List.of()));
        } else if (boundLegacy().isPresent()) {
            LegacyBackend kind = boundLegacy().get();
            Named named = storages.meaning(storageMeaning(kind.storage()), List.of());
            chosen(
                    named,
                    Choice.Source.BACKEND,
                    legacyBecause(),
                    Optional.empty(),
                    Reader.of(kind));
        } else if (request.storage().isPresent()) {
            storageInCode(request.storage().get());
        } else {
            namedStorage();
        }
    }

    private static Meaning storageMeaning(String name) {
        return Meaning.of(name);
    }

    private String legacyBecause() {
        return stack.find(STATE_BACKEND)
                .map(set -> "the name of the backend means it: " + shown(STATE_BACKEND, set))
                .orElse("the backend brings it along; " + STATE_BACKEND.key() + " is not set");
    }

    private static String shown(ConfigOption<?> option, Found found) {
        return Shown.setting(option, found.entry());
    }

    private void storageInCode(SetInCode object) {
        Set<String> unread = profile.unreadBy().getOrDefault(object.name(), Set.of());
        storage =
                new Choice(
                        object.name(),
                        Choice.Source.CODE,
                        inCode.without(unread).overlaid(object.settings()));
        decisions.add(
                new Decision(
                        "checkpoint storage",
                        object.name(),
                        because(object, CHECKPOINT_STORAGE),
                        reach(object, catalog.storages())));
    }

    private void namedStorage() {
        Optional<Found> set = stack.find(CHECKPOINT_STORAGE);
        Optional<Found> directory = stack.find(CHECKPOINTS_DIRECTORY);
        if (set.isPresent()) {
            Named named = storages.find(textOf(set.get()));
            chosen(
                    named,
                    Choice.Source.OPTION,
                    shown(CHECKPOINT_STORAGE, set.get()),
                    set,
                    Reader.STORAGE);
        } else if (legacy.isPresent()) {
            Named named =
                    storages.meaning(
                            storageMeaning(legacy.get().storage()),
                            List.of(Correction.LEGACY_NAMES));
            chosen(named, Choice.Source.BACKEND, legacyBecause(), set, Reader.STORAGE);
        } else {
            String name = directory.isPresent() ? FILESYSTEM : JOBMANAGER;
            String because =
                    directory
                            .map(
                                    found ->
                                            "a directory is set: "
                                                    + shown(CHECKPOINTS_DIRECTORY, found))
                            .orElse(
                                    "neither "
                                            + CHECKPOINT_STORAGE.key()
                                            + " nor "
                                            + CHECKPOINTS_DIRECTORY.key()
                                            + " is set");
            Named named = storages.meaning(storageMeaning(name), List.of());
            chosen(named, Choice.Source.DEFAULT, because, set, Reader.STORAGE);
        }
    }

    private void chosen(
            Named named, Choice.Source source, String because, Optional<Found> set, Reader reader) {
        Set<String> unread = profile.unreadBy().getOrDefault(named.name(), Set.of());
        storage = new Choice(named.name(), source, merged.without(unread));
        decide("checkpoint storage", named, because, set);
        named.failure()
                .ifPresent(
                        kind ->
                                findings.add(
                                        failure(
                                                reader,
                                                kind,
                                                "CONFIG-1011",
                                                "checkpoint storage",
                                                storages,
                                                named,
                                                because,
                                                set)));
        boolean known = named.name().equals(FILESYSTEM) || named.name().equals(JOBMANAGER);
        if (known) {
            readDirectories(named.name().equals(FILESYSTEM), because, reader);
        }
        readBy(
                reader,
                named.options().stream().filter(option -> !unread.contains(option.key())).toList());
    }

    private void readDirectories(boolean needed, String because, Reader reader) {
        Optional<Found> directory = stack.find(CHECKPOINTS_DIRECTORY);
        if (needed && directory.isEmpty()) {
            findings.add(
                    Finding.of(reader, missingDirectory(because), CHECKPOINTS_DIRECTORY.key())
                            .first());
        }
        List<Finding> bad = new ArrayList<>();
        directory.ifPresent(found -> readDirectory(CHECKPOINTS_DIRECTORY, found, reader, bad));
        Optional<Found> savepoints = stack.find(SAVEPOINT_DIRECTORY);
        savepoints.ifPresent(found -> readDirectory(SAVEPOINT_DIRECTORY, found, reader, bad));
        if (needed && reader == Reader.STORAGE) {
            findings.addAll(bad);
            return;
        }
        if (reader == Reader.LEGACY_MEMORY) {
            // Both are parsed before one is checked.
            bad.sort(Comparator.comparing(finding -> finding.kind() != Kind.INVALID_PATH));
        }
        bad.forEach(finding -> findings.add(finding.first()));
    }

    private void readDirectory(
            ConfigOption<String> option, Found found, Reader reader, List<Finding> bad) {
        try {
            URI location = DirectoryLocation.parse(textOf(found), option.key());
            if (reader == Reader.STORAGE) {
                DirectoryLocation.checkDrive(location, option.key());
            }
        } catch (HoldfastException e) {
            boolean secret = found.entry().value() instanceof Secret;
            Problem.Builder problem =
                    Problem.user(
                                    e.problem().code(),
                                    secret
                                            ? option.key() + " cannot be used as a directory."
                                            : e.problem().summary())
                            .with("set by", shown(option, found));
            e.problem().details().stream()
                    .filter(detail -> !detail.label().equals("given as"))
                    .forEach(detail -> problem.with(detail.label(), detail.text()));
            bad.add(Finding.of(reader, problem.advise(e.problem().advice()).build(), option.key()));
        }
    }

    private Problem missingDirectory(String because) {
        Problem.Builder problem =
                Problem.user(
                                "CONFIG-1012",
                                "The checkpoint storage 'filesystem' needs a directory; none is set.")
                        .with("chosen by", because)
                        .with("searched", String.join(", ", CHECKPOINTS_DIRECTORY.allKeys()));
        if (storage.source() == Choice.Source.BACKEND && profile.differsFrom().isPresent()) {
            problem.with("differs", Correction.FILESYSTEM_NEEDS_DIRECTORY);
            Decision last = decisions.remove(decisions.size() - 1);
            List<Correction> corrections = new ArrayList<>(last.corrections());
            corrections.add(Correction.FILESYSTEM_NEEDS_DIRECTORY);
            decisions.add(new Decision(last.subject(), last.choice(), last.because(), corrections));
        }
        return problem.advise(
                        "set "
                                + CHECKPOINTS_DIRECTORY.key()
                                + " to a URI such as file:///var/checkpoints, or the storage to"
                                + " 'jobmanager'")
                .build();
    }

    String backendName() {
        return backend.name();
    }

    /** Who reads which option; what is not in it is read by the engine, or by nobody. */
    Map<String, Reader> readers() {
        return readers;
    }

    ResolvedState state(Optional<ConfigOption<?>> changelog) {
        return new ResolvedState(
                backend,
                storage,
                boundLegacy(),
                backend.name().equals(BATCH_EXECUTION) ? false : isOn(changelog),
                directoryInCode().or(() -> optional(CHECKPOINTS_DIRECTORY)),
                optional(SAVEPOINT_DIRECTORY),
                merged);
    }

    private Optional<String> directoryInCode() {
        return storage.source() == Choice.Source.CODE
                ? request.storage()
                        .flatMap(object -> object.settings().getOptional(CHECKPOINTS_DIRECTORY))
                : Optional.empty();
    }

    private Optional<String> optional(ConfigOption<String> option) {
        return stack.find(option).map(Choices::textOf);
    }

    private boolean isOn(Optional<ConfigOption<?>> flag) {
        try {
            return flag.map(merged::get).filter(Boolean.TRUE::equals).isPresent();
        } catch (HoldfastException e) {
            // Told with the other values; what cannot be read is not on.
            return false;
        }
    }

    List<Decision> decisions() {
        return decisions;
    }

    List<Finding> findings() {
        return findings;
    }
}

package io.holdfast.itests.conformance;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.layer.Origin;
import io.holdfast.config.profile.CompatibilityProfile;
import io.holdfast.config.profile.Kind;
import io.holdfast.config.profile.LegacyBackend;
import io.holdfast.config.profile.Phase;
import io.holdfast.config.profile.Reader;
import io.holdfast.config.resolve.ApiOptions;
import io.holdfast.config.resolve.Choice;
import io.holdfast.config.resolve.Finding;
import io.holdfast.config.resolve.Resolution;
import io.holdfast.config.resolve.ResolveRequest;
import io.holdfast.config.resolve.ResolvedState;
import io.holdfast.config.resolve.Resolver;
import io.holdfast.host.ClassPathSource;
import io.holdfast.host.ModuleRegistry;
import io.holdfast.runtime.Assembly;
import io.holdfast.runtime.CodeObjects;
import io.holdfast.runtime.LocalPlatform;
import io.holdfast.runtime.StreamExecutionEnvironment;
import io.holdfast.spi.filesystem.DirectoryLocation;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.storage.CheckpointStorage;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Takes one case through the product, under one profile: resolver, host, factories, {@code
 * configure}; then asks the objects what they are. Used by one thread.
 */
final class Run {
    private final CompatibilityProfile profile;
    private final Map<String, Object> outcome = new TreeMap<>();

    private Run(CompatibilityProfile profile) {
        this.profile = profile;
    }

    /** The modules of the class path; the caller closes the registry. */
    static ModuleRegistry modules() {
        return ModuleRegistry.open(new ClassPathSource(Run.class.getClassLoader()));
    }

    /** What the product makes of a case, in the words of the cases. */
    static Map<String, Object> of(Case given, CompatibilityProfile profile, ModuleRegistry modules)
            throws Exception {
        Run run = new Run(profile);
        // Not closed: that would close the modules.
        run.run(
                given,
                LocalPlatform.open(
                        modules,
                        List.of(
                                layer(Level.CLUSTER, Case.map(given.input(), "cluster")),
                                layer(
                                        Level.PROCESS,
                                        Map.of(ApiOptions.PROFILE.key(), profile.id())))));
        return run.outcome;
    }

    static Layer layer(Level level, Map<String, Object> settings) {
        Origin origin = Origin.ofConfiguration(level.toString());
        return new Layer(
                level,
                settings.entrySet().stream()
                        .map(setting -> new Entry(setting.getKey(), setting.getValue(), origin))
                        .toList());
    }

    private void run(Case given, LocalPlatform platform) throws Exception {
        if (given.has("env")) {
            runEnvironment(given, platform);
            return;
        }
        Optional<StateBackend> backend;
        Optional<CheckpointStorage> storage;
        try {
            backend = CodeOfCase.backend(given.input());
            storage = CodeOfCase.storage(given.input());
        } catch (HoldfastException e) {
            fail(Kinds.of(Reader.PROGRAM, e));
            return;
        }
        List<Layer> layers =
                Stream.concat(
                                platform.layers().stream(),
                                Stream.of(layer(Level.JOB, Case.map(given.input(), "job"))))
                        .toList();
        ResolveRequest request = ResolveRequest.of(layers);
        if (backend.isPresent()) {
            request = request.withBackend(CodeObjects.of(backend.get()));
        }
        if (storage.isPresent()) {
            request = request.withStorage(CodeObjects.of(storage.get()));
        }
        Resolution resolution =
                new Resolver(platform.catalog(), profile, platform.classNames()).resolve(request);
        try (Assembly assembly =
                Assembly.of(resolution.decided(), backend, storage, platform.factories())) {
            observe(resolution, assembly);
        }
    }

    private void runEnvironment(Case given, LocalPlatform platform) throws Exception {
        Map<String, Object> wanted = Case.map(given.input(), "env");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(platform);
        try {
            env.configure(CodeOfCase.configuration(Case.map(wanted, "initial")));
            for (Map<String, Object> step : Case.maps(wanted, "steps")) {
                CodeOfCase.step(env, step);
            }
        } catch (HoldfastException e) {
            fail(Kinds.of(Reader.PROGRAM, e));
            return;
        }
        Resolution resolution = env.resolve();
        try (Assembly assembly = env.assemble(resolution)) {
            observe(resolution, assembly);
        }
    }

    private void observe(Resolution resolution, Assembly assembly) {
        ResolvedState decided = resolution.decided();
        Optional<Map<String, Object>> badBackend = error(Phase.BACKEND, resolution, assembly);
        if (badBackend.isPresent()) {
            fail(badBackend.get());
            return;
        }
        Objects objects = new Objects(outcome, profile);
        objects.backend(decided.backend().name(), assembly.backend());
        Optional<String> legacy = decided.legacy().map(LegacyBackend::id);
        legacy.ifPresent(kind -> outcome.put("legacyAdapter", kind));
        outcome.put("changelog", decided.changelog());
        objects.latencyTracking(decided.backend().configuration());
        Optional<Map<String, Object>> badStorage = error(Phase.STORAGE, resolution, assembly);
        if (badStorage.isPresent()) {
            fail(badStorage.get());
            return;
        }
        outcome.put("status", "ok");
        outcome.put("storageFrom", from(decided.storage().source(), assembly.broughtAlong()));
        objects.storage(decided.storage().name(), assembly.storage());
        assembly.storage().ifPresent(storage -> directories(storage, decided, assembly));
    }

    private static Optional<Map<String, Object>> error(
            Phase phase, Resolution resolution, Assembly assembly) {
        Stream<Map<String, Object>> found =
                resolution.findings().stream()
                        .filter(finding -> finding.reader().phase() == phase)
                        .filter(finding -> finding.kind() != Kind.NOT_INSTALLED)
                        .map((Finding finding) -> Kinds.of(finding));
        boolean lacking =
                resolution.findings().stream()
                        .anyMatch(finding -> finding.kind() == Kind.NOT_INSTALLED);
        Stream<Map<String, Object>> thrown =
                assembly.failures().stream()
                        .filter(failure -> failure.reader().phase() == phase && !lacking)
                        .map(failure -> Kinds.of(failure.reader(), failure.exception()));
        return Stream.concat(found, thrown).findFirst();
    }

    private static String from(Choice.Source source, boolean broughtAlong) {
        if (broughtAlong) {
            return "state-backend";
        }
        return switch (source) {
            case CODE -> "application";
            case OPTION -> "config";
            case BACKEND -> "state-backend";
            case DEFAULT -> "default";
        };
    }

    private void directories(CheckpointStorage storage, ResolvedState decided, Assembly assembly) {
        if (storage.name().equals("fixture")) {
            return;
        }
        outcome.put("checkpointDir", storage.directory().map(Run::printed).orElse(null));
        Optional<URI> savepoints = storage.savepointDirectory();
        if (savepoints.isEmpty() && !assembly.broughtAlong()) {
            savepoints =
                    decided.storage()
                            .configuration()
                            .getOptional(CheckpointingOptions.SAVEPOINT_DIRECTORY)
                            .map(text -> DirectoryLocation.parse(text, "savepoints"));
        }
        outcome.put("savepointDir", savepoints.map(Run::printed).orElse(null));
    }

    /** As Flink prints a path: nothing is escaped. */
    private static String printed(URI location) {
        String authority = location.getAuthority() == null ? "" : "//" + location.getAuthority();
        return location.getScheme() + ":" + authority + location.getPath();
    }

    private void fail(Map<String, Object> error) {
        outcome.put("status", "error");
        outcome.put("error", error);
    }
}

package io.holdfast.runtime.verdict;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.api.serialization.Compatibility;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.runtime.state.OperatorStates;
import io.holdfast.runtime.state.RestoredOperatorState;
import io.holdfast.runtime.state.StoredState;
import io.holdfast.runtime.verdict.StateVerdict.Verdict;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.toolkit.canonical.CanonicalHeader;
import io.holdfast.toolkit.canonical.StateSchema;
import io.holdfast.toolkit.metadata.OperatorMetadata;
import io.holdfast.toolkit.metadata.OperatorSnapshot;
import io.holdfast.toolkit.metadata.OperatorStateHandle.Distribution;
import io.holdfast.toolkit.metadata.OperatorStateHandle.NamedState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Has the states of one operator judged by those who judge them at a start: the job's backend, and
 * {@link OperatorStates}. Used by one thread.
 */
final class StateJudge {
    private static final String NEW = "nothing: it begins empty";
    private static final String REWRITTEN = "nothing: its values are rewritten when the job starts";

    /** Raw keyed state has no name. */
    private static final String RAW = "(raw)";

    private static final String RAW_KIND = "raw keyed state";

    /** The engine's own states without keys begin so. */
    private static final String OWN = "_";

    private final StateBackend backend;
    private final List<CanonicalHeader> headers;
    private final Map<String, NamedState> storedWithoutKeys = new LinkedHashMap<>();
    private final boolean storedRawKeyed;
    private final Set<String> judged = new HashSet<>();

    /**
     * What is stored of an operator.
     *
     * @param backend the job's own
     * @param stored the operator, if there is anything
     * @param headers the descriptions of its keyed states
     */
    StateJudge(
            StateBackend backend,
            Optional<OperatorMetadata> stored,
            List<CanonicalHeader> headers) {
        this.backend = backend;
        this.headers = headers;
        stored.map(OperatorMetadata::subtasks).stream()
                .flatMap(List::stream)
                .map(OperatorSnapshot::operatorState)
                .flatMap(Optional::stream)
                .flatMap(handle -> handle.states().stream())
                .forEach(state -> storedWithoutKeys.putIfAbsent(state.name(), state));
        storedRawKeyed =
                stored.map(OperatorMetadata::subtasks).stream()
                        .flatMap(List::stream)
                        .anyMatch(subtask -> subtask.rawKeyed().isPresent());
    }

    /** Judges keyed states. */
    List<StateVerdict> keyed(String owner, Serializer<?> key, List<AskedState> asked)
            throws IOException {
        List<StateVerdict> all = new ArrayList<>();
        for (CanonicalHeader header : headers) {
            all.addAll(keyed(owner, key, asked, header));
        }
        for (AskedState state : asked) {
            if (all.stream().noneMatch(verdict -> verdict.state().equals(state.name()))) {
                all.add(verdict(state, Verdict.NEW_IN_JOB, "", NEW));
            }
        }
        all.forEach(verdict -> judged.add(verdict.state()));
        return worstOfEach(all);
    }

    /** Subtasks may have written a state in different ways: what counts is the worst verdict. */
    private static List<StateVerdict> worstOfEach(List<StateVerdict> all) {
        Map<String, StateVerdict> worst = new LinkedHashMap<>();
        Comparator<StateVerdict> severity = Comparator.comparing(StateVerdict::verdict);
        all.forEach(
                verdict ->
                        worst.merge(
                                verdict.state(),
                                verdict,
                                (a, b) -> severity.compare(a, b) >= 0 ? a : b));
        return List.copyOf(worst.values());
    }

    private <K> List<StateVerdict> keyed(
            String owner, Serializer<K> key, List<AskedState> asked, CanonicalHeader header)
            throws IOException {
        List<StateVerdict> verdicts = new ArrayList<>();
        EmptyState<K> open = null;
        try {
            for (AskedState state : asked) {
                List<StateSchema> stored =
                        header.states().stream()
                                .filter(schema -> schema.name().equals(state.name()))
                                .toList();
                if (open == null && !stored.isEmpty()) {
                    open =
                            EmptyState.open(
                                    backend, owner, key, header.maxParallelism(), List.of(header));
                }
                for (StateSchema schema : stored) {
                    Optional<HoldfastException> refusal = refusal(state, open);
                    verdicts.add(verdict(state, schema, refusal));
                    if (refusal.isPresent()) {
                        open.close();
                        open = null;
                        break;
                    }
                }
            }
            return verdicts;
        } catch (HoldfastException e) {
            return List.of(keyRefused(key, header, e));
        } finally {
            if (open != null) {
                open.close();
            }
        }
    }

    private static Optional<HoldfastException> refusal(AskedState state, EmptyState<?> open) {
        try {
            state.again().accept(open.backend());
            return Optional.empty();
        } catch (HoldfastException e) {
            return Optional.of(e);
        }
    }

    private static StateVerdict verdict(
            AskedState state, StateSchema stored, Optional<HoldfastException> refusal) {
        String differences = state.differences(stored);
        if (refusal.isPresent()) {
            Problem problem = refusal.get().problem();
            return verdict(
                    state, Verdict.INCOMPATIBLE, reason(problem, differences), problem.advice());
        }
        Verdict accepted = state.accepted(stored);
        return verdict(
                state, accepted, differences, accepted == Verdict.AFTER_MIGRATION ? REWRITTEN : "");
    }

    private static StateVerdict verdict(
            AskedState state, Verdict verdict, String reason, String advice) {
        return new StateVerdict(
                state.name(), AskedState.word(state.kind()), verdict, reason, advice);
    }

    /** The reason that was given, else where both sides differ, else all that was said. */
    private static String reason(Problem problem, String differences) {
        return problem.details().stream()
                .filter(detail -> detail.label().equals("reason"))
                .map(Problem.Detail::text)
                .findFirst()
                .orElse(differences.isEmpty() ? problem.summary() : differences);
    }

    private <K> StateVerdict keyRefused(
            Serializer<K> key, CanonicalHeader header, HoldfastException refusal) {
        header.states().forEach(schema -> judged.add(schema.name()));
        return new StateVerdict(
                "(key)",
                "key of all states",
                Verdict.INCOMPATIBLE,
                reason(
                        refusal.problem(),
                        String.join("; ", Serializers.differences(header.key(), key.snapshot()))),
                refusal.problem().advice());
    }

    /** Judges the bytes that the function keeps by key group, which only it understands. */
    List<StateVerdict> rawKeyed(boolean asked) {
        if (!asked) {
            return List.of();
        }
        judged.add(RAW);
        return List.of(
                storedRawKeyed
                        ? new StateVerdict(
                                RAW,
                                RAW_KIND,
                                Verdict.AS_IS,
                                "not looked at: only the function knows what it wrote",
                                "")
                        : new StateVerdict(RAW, RAW_KIND, Verdict.NEW_IN_JOB, "", NEW));
    }

    /** Judges states without keys. */
    List<StateVerdict> withoutKeys(String operator, List<OperatorStates.Asked> asked) {
        List<StateVerdict> verdicts = new ArrayList<>();
        for (OperatorStates.Asked state : asked) {
            String name = state.descriptor().name();
            judged.add(name);
            NamedState stored = storedWithoutKeys.get(name);
            verdicts.add(
                    stored == null
                            ? new StateVerdict(name, kind(state.how()), Verdict.NEW_IN_JOB, "", NEW)
                            : withoutKeys(operator, state, stored));
        }
        return verdicts;
    }

    private static StateVerdict withoutKeys(
            String operator, OperatorStates.Asked state, NamedState stored) {
        StoredState empty =
                new StoredState(
                        stored.name(), stored.distribution(), stored.serializers(), List.of());
        try {
            state.again(new OperatorStates(operator, RestoredOperatorState.of(empty)));
        } catch (HoldfastException e) {
            return new StateVerdict(
                    stored.name(),
                    kind(state.how()),
                    Verdict.INCOMPATIBLE,
                    String.join(
                            "; ",
                            e.problem().details().stream()
                                    .map(detail -> detail.label() + " " + detail.text())
                                    .toList()),
                    e.problem().advice());
        }
        List<Serializer<?>> own = serializers(state);
        boolean migrates = false;
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.min(own.size(), stored.serializers().size()); i++) {
            SerializerSnapshot written = stored.serializers().get(i);
            Compatibility<?> verdict = own.get(i).compatibilityWith(written);
            migrates |= verdict instanceof Compatibility.AfterMigration;
            differences.addAll(Serializers.differences(written, own.get(i).snapshot()));
        }
        return new StateVerdict(
                stored.name(),
                kind(state.how()),
                migrates
                        ? Verdict.AFTER_MIGRATION
                        : differences.isEmpty() ? Verdict.AS_IS : Verdict.RECONFIGURED,
                String.join("; ", differences),
                migrates ? REWRITTEN : "");
    }

    private static List<Serializer<?>> serializers(OperatorStates.Asked state) {
        return state.descriptor() instanceof MapStateDescriptor<?, ?> map
                ? List.of(map.keySerializer(), map.serializer())
                : List.of(state.descriptor().serializer());
    }

    private static String kind(Distribution how) {
        return how.name().toLowerCase(Locale.ROOT)
                + (how == Distribution.BROADCAST ? " map" : " list");
    }

    /** The same verdict for all that is stored and was not judged; but the engine keeps its own. */
    List<StateVerdict> notAskedFor(Verdict verdict, String reason, String advice) {
        Map<String, String> left = new LinkedHashMap<>();
        for (CanonicalHeader header : headers) {
            header.states()
                    .forEach(
                            state -> left.putIfAbsent(state.name(), AskedState.word(state.kind())));
        }
        storedWithoutKeys
                .values()
                .forEach(state -> left.putIfAbsent(state.name(), kind(state.distribution())));
        if (storedRawKeyed) {
            left.putIfAbsent(RAW, RAW_KIND);
        }
        List<StateVerdict> verdicts = new ArrayList<>();
        left.forEach(
                (name, kind) -> {
                    boolean own =
                            name.startsWith(OWN)
                                    && storedWithoutKeys.containsKey(name)
                                    && verdict != Verdict.MISSING_IN_JOB;
                    if (!judged.contains(name) && !own) {
                        verdicts.add(new StateVerdict(name, kind, verdict, reason, advice));
                    }
                });
        return verdicts;
    }
}

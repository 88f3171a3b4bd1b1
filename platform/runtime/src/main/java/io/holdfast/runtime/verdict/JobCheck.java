package io.holdfast.runtime.verdict;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.runtime.checkpoint.OperatorLayout;
import io.holdfast.runtime.checkpoint.RestorePlan;
import io.holdfast.runtime.graph.Body;
import io.holdfast.runtime.graph.Chain;
import io.holdfast.runtime.graph.ChainedOperator;
import io.holdfast.runtime.graph.JobGraph;
import io.holdfast.runtime.inspect.CheckpointInspector;
import io.holdfast.runtime.job.Deployment;
import io.holdfast.runtime.verdict.StateVerdict.Verdict;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.toolkit.canonical.CanonicalHeader;
import io.holdfast.toolkit.metadata.OperatorMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Finds out whether a job can go on from a checkpoint, without starting it: no source reads, no
 * sink is opened, no entry is looked at, nothing is written but working files of the backend, which
 * are removed. Functions of the job are made and opened, as at a start with empty state; what they
 * ask for later than in {@code open} is not seen. Used by one thread.
 */
public final class JobCheck {
    private final JobGraph graph;
    private final OptionalInt maxParallelism;
    private final boolean leavesUnclaimed;
    private final StateBackend backend;
    private final CheckpointInspector checkpoint;

    /**
     * A check.
     *
     * @param graph the job
     * @param maxParallelism number of key groups, if the job says one
     * @param leavesUnclaimed whether the job leaves state behind that it has no operator for
     * @param backend the job's own
     * @param checkpoint the checkpoint; not closed
     */
    public JobCheck(
            JobGraph graph,
            OptionalInt maxParallelism,
            boolean leavesUnclaimed,
            StateBackend backend,
            CheckpointInspector checkpoint) {
        this.graph = graph;
        this.maxParallelism = maxParallelism;
        this.leavesUnclaimed = leavesUnclaimed;
        this.backend = backend;
        this.checkpoint = checkpoint;
    }

    /**
     * Checks.
     *
     * @return the verdict
     * @throws IOException if the checkpoint cannot be read, or no working file can be written
     */
    public JobVerdict verdict() throws IOException {
        List<OperatorVerdict> operators = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (Chain chain : graph.chains()) {
            for (ChainedOperator operator : chain.operators()) {
                known.add(operator.id());
                operators.add(verdict(operator, chain.parallelism()));
            }
        }
        for (OperatorMetadata stored : checkpoint.metadata().operators()) {
            if (stored.hasState() && !known.contains(stored.id())) {
                operators.add(missing(stored));
            }
        }
        return new JobVerdict(checkpoint.pointer(), problems(), operators, leavesUnclaimed);
    }

    /** What speaks against it as a whole; operators that the job does not have are told apart. */
    private List<Problem> problems() {
        List<OperatorLayout> layouts = Deployment.layouts(graph, maxParallelism);
        try {
            RestorePlan.of(checkpoint.pointer(), checkpoint.metadata(), layouts, true);
            return List.of();
        } catch (HoldfastException e) {
            return List.of(e.problem());
        }
    }

    private OperatorVerdict missing(OperatorMetadata stored) throws IOException {
        StateJudge judge = new StateJudge(backend, Optional.of(stored), headers(stored));
        return new OperatorVerdict(
                stored.id(),
                stored.name(),
                judge.notAskedFor(
                        Verdict.MISSING_IN_JOB,
                        "the job has no operator with this id",
                        "give an operator of the job the uid it had, or set"
                                + " execution.state-recovery.ignore-unclaimed-state to leave the"
                                + " state behind"),
                List.of());
    }

    private OperatorVerdict verdict(ChainedOperator operator, int parallelism) throws IOException {
        Optional<OperatorMetadata> stored =
                checkpoint.metadata().operators().stream()
                        .filter(each -> each.id().equals(operator.id()))
                        .findFirst();
        StateJudge judge =
                new StateJudge(
                        backend, stored, stored.isPresent() ? headers(stored.get()) : List.of());
        if (!(operator.body() instanceof Body.Process process)) {
            return unopened(operator, judge, "sources");
        }
        OpenedOperator opened =
                new OpenedOperator(
                        operator.name(), process, parallelism, keyGroups(stored, parallelism));
        if (!opened.open(backend)) {
            return unopened(operator, judge, "sinks");
        }
        List<StateVerdict> states = new ArrayList<>();
        Optional<Serializer<?>> key = process.key();
        if (key.isPresent()) {
            states.addAll(judge.keyed(operator.name(), key.get(), opened.keyed()));
            states.addAll(judge.rawKeyed(opened.asksForRawKeyed()));
        }
        states.addAll(judge.withoutKeys(operator.name(), opened.withoutKeys()));
        Optional<String> failure = opened.failure();
        states.addAll(
                failure.isPresent()
                        ? judge.notAskedFor(
                                Verdict.UNKNOWN,
                                "the operator could not be opened",
                                "see why it could not be opened, above")
                        : judge.notAskedFor(
                                Verdict.NOT_ASKED_FOR,
                                "not asked for by the job at its start",
                                "nothing if the job asks for it later: it is compared then; if it is"
                                        + " gone, it stays stored"));
        return new OperatorVerdict(
                operator.id(),
                operator.name(),
                states,
                failure.map(why -> "could not be opened: " + why).stream().toList());
    }

    private static OperatorVerdict unopened(
            ChainedOperator operator, StateJudge judge, String what) {
        return new OperatorVerdict(
                operator.id(),
                operator.name(),
                judge.notAskedFor(
                        Verdict.NOT_ASKED_FOR,
                        what + " are not opened by a check",
                        "nothing as long as it is the same one"),
                List.of());
    }

    private int keyGroups(Optional<OperatorMetadata> stored, int parallelism) {
        return maxParallelism.orElse(
                stored.map(OperatorMetadata::maxParallelism).orElse(Math.max(128, parallelism)));
    }

    private List<CanonicalHeader> headers(OperatorMetadata stored) throws IOException {
        return checkpoint.headers(stored);
    }
}

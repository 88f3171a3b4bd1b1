package io.holdfast.runtime.job;

import io.holdfast.runtime.graph.Body;
import io.holdfast.runtime.graph.Chain;
import io.holdfast.runtime.graph.ChainedOperator;
import io.holdfast.runtime.graph.JobGraph;
import io.holdfast.runtime.metrics.OperatorMetrics;
import io.holdfast.runtime.task.OperatorStats;
import io.holdfast.runtime.task.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The tasks of a job as people see them: what those of this attempt and of earlier ones counted.
 * May be used by several threads.
 */
final class TaskCounts {

    /** Sums of one operator. */
    private record Counted(long in, long out, long late) {
        static final Counted NOTHING = new Counted(0, 0, 0);

        Counted plus(OperatorStats stats) {
            return new Counted(
                    in + stats.recordsIn().get(),
                    out + stats.recordsOut().get(),
                    late + stats.recordsLate().get());
        }
    }

    private final JobGraph graph;
    // What ended and what is present change together, or something would be seen twice.
    private Map<String, Counted> ended = Map.of();
    private List<Task> present = List.of();

    TaskCounts(JobGraph graph) {
        this.graph = graph;
    }

    /** An attempt begins. */
    synchronized void begin(List<Task> tasks) {
        present = List.copyOf(tasks);
    }

    /** All tasks of the attempt have ended. */
    synchronized void end() {
        ended = all();
        present = List.of();
    }

    /** The tasks of this attempt. */
    synchronized List<Task> present() {
        return present;
    }

    private Map<String, Counted> all() {
        Map<String, Counted> sums = new HashMap<>(ended);
        for (Task task : present) {
            for (OperatorStats stats : task.stats()) {
                Counted before = sums.getOrDefault(stats.operatorId(), Counted.NOTHING);
                sums.put(stats.operatorId(), before.plus(stats));
            }
        }
        return sums;
    }

    /** Producers before consumers. */
    synchronized List<OperatorMetrics> operators() {
        Map<String, Counted> sums = all();
        List<OperatorMetrics> operators = new ArrayList<>();
        for (Chain chain : graph.chains()) {
            for (ChainedOperator operator : chain.operators()) {
                Counted sum = sums.getOrDefault(operator.id(), Counted.NOTHING);
                operators.add(
                        new OperatorMetrics(
                                operator.id(),
                                operator.name(),
                                operator.body() instanceof Body.Read<?>,
                                chain.parallelism(),
                                sum.in(),
                                sum.out(),
                                sum.late()));
            }
        }
        return operators;
    }

    /** The lowest of all tasks that have one; empty before the first. */
    OptionalLong watermark() {
        return present().stream()
                .filter(task -> !task.isSource())
                .mapToLong(Task::watermark)
                .min()
                .stream()
                .filter(lowest -> lowest > Long.MIN_VALUE)
                .findFirst();
    }
}

package io.holdfast.runtime.task;

import io.holdfast.api.connector.Source.Split;
import io.holdfast.runtime.channel.Inbox;
import io.holdfast.runtime.channel.Outlet;
import io.holdfast.runtime.checkpoint.RestoredOperator;
import io.holdfast.runtime.graph.Chain;
import io.holdfast.runtime.operator.SubtaskInfo;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Which part of the job a task is.
 *
 * @param chain its operators
 * @param info which subtask; its max parallelism is that of the chain's head
 * @param maxParallelism number of key groups by operator id
 * @param inbox its input
 * @param outlets where it emits to, by number of the exchange
 * @param restored what each operator starts with, by operator id
 * @param freshSplits all splits of the source at the head, if nothing is restored of it
 * @param checkpointing whether a checkpoint follows the end of the input
 */
public record TaskPlan(
        Chain chain,
        SubtaskInfo info,
        ToIntFunction<String> maxParallelism,
        Inbox inbox,
        Map<Integer, Outlet> outlets,
        Function<String, RestoredOperator> restored,
        Supplier<List<Split>> freshSplits,
        boolean checkpointing) {
    /** Refuses null, copies the map. */
    public TaskPlan {
        Objects.requireNonNull(chain, "chain");
        Objects.requireNonNull(info, "info");
        Objects.requireNonNull(inbox, "inbox");
        outlets = Map.copyOf(outlets);
        Objects.requireNonNull(restored, "restored");
        Objects.requireNonNull(freshSplits, "freshSplits");
    }
}

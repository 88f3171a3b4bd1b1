package io.holdfast.runtime.job;

import io.holdfast.api.connector.Source.Split;
import io.holdfast.api.function.KeySelector;
import io.holdfast.runtime.channel.Channel;
import io.holdfast.runtime.channel.Inbox;
import io.holdfast.runtime.channel.Outlet;
import io.holdfast.runtime.checkpoint.OperatorLayout;
import io.holdfast.runtime.checkpoint.RestorePlan;
import io.holdfast.runtime.graph.Chain;
import io.holdfast.runtime.graph.ChainedOperator;
import io.holdfast.runtime.graph.Exchange;
import io.holdfast.runtime.graph.JobGraph;
import io.holdfast.runtime.graph.Routing;
import io.holdfast.runtime.operator.SubtaskInfo;
import io.holdfast.runtime.task.Task;
import io.holdfast.runtime.task.TaskListener;
import io.holdfast.runtime.task.TaskPlan;
import io.holdfast.runtime.task.TaskServices;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes the tasks of one attempt and connects them. */
public final class Deployment {
    private static final int LEAST_KEY_GROUPS = 1 << 7;
    private static final int MOST_KEY_GROUPS = 1 << 15;

    private final JobGraph graph;
    private final RestorePlan plan;
    private final OptionalInt maxParallelism;
    private final Map<Integer, List<Inbox>> inboxes = new HashMap<>();

    Deployment(JobGraph graph, RestorePlan plan, OptionalInt maxParallelism) {
        this.graph = graph;
        this.plan = plan;
        this.maxParallelism = maxParallelism;
    }

    /**
     * The operators before it is known what they are restored from.
     *
     * @param graph the job
     * @param maxParallelism number of key groups, if the job says one
     * @return every operator
     */
    public static List<OperatorLayout> layouts(JobGraph graph, OptionalInt maxParallelism) {
        List<OperatorLayout> layouts = new ArrayList<>();
        for (Chain chain : graph.chains()) {
            for (ChainedOperator operator : chain.operators()) {
                layouts.add(
                        new OperatorLayout(
                                operator.id(),
                                operator.name(),
                                chain.parallelism(),
                                maxParallelism));
            }
        }
        return layouts;
    }

    /** The operators as they run. */
    List<OperatorLayout> layouts() {
        return layouts(graph, maxParallelism).stream()
                .map(
                        layout ->
                                new OperatorLayout(
                                        layout.id(),
                                        layout.name(),
                                        layout.parallelism(),
                                        maxParallelism(layout.id(), layout.parallelism())))
                .toList();
    }

    /** What the program says, or what state was stored with, or as Flink derives it. */
    private int maxParallelism(String operatorId, int parallelism) {
        int derived =
                Math.min(
                        MOST_KEY_GROUPS,
                        Math.max(LEAST_KEY_GROUPS, roundUp(parallelism + parallelism / 2)));
        return maxParallelism.orElse(plan.maxParallelism(operatorId).orElse(derived));
    }

    private static int roundUp(int count) {
        return count <= 1 ? 1 : Integer.highestOneBit(count - 1) << 1;
    }

    /** Surroundings of a task, by chain and subtask. */
    interface Services {
        TaskServices of(Chain chain, int subtask);
    }

    List<Task> tasks(
            int attempt,
            String attemptId,
            boolean checkpointing,
            Function<Chain, Supplier<List<Split>>> freshSplits,
            Services services,
            TaskListener listener) {
        for (Chain chain : graph.chains()) {
            List<Inbox> own = new ArrayList<>();
            for (int i = 0; i < chain.parallelism(); i++) {
                own.add(new Inbox());
            }
            inboxes.put(chain.index(), own);
        }
        Map<Integer, List<Map<Integer, Outlet>>> outlets = outlets();
        List<Task> tasks = new ArrayList<>();
        for (Chain chain : graph.chains()) {
            for (int i = 0; i < chain.parallelism(); i++) {
                int subtask = i;
                TaskPlan task =
                        new TaskPlan(
                                chain,
                                new SubtaskInfo(
                                        subtask,
                                        chain.parallelism(),
                                        maxParallelism(chain.head().id(), chain.parallelism()),
                                        attempt,
                                        attemptId),
                                id -> maxParallelism(id, chain.parallelism()),
                                inboxes.get(chain.index()).get(subtask),
                                outlets.get(chain.index()).get(subtask),
                                id -> plan.restored(id, subtask),
                                freshSplits.apply(chain),
                                checkpointing);
                tasks.add(new Task(task, services.of(chain, subtask), listener));
            }
        }
        return tasks;
    }

    /** By chain and subtask: outlets by number of the exchange. */
    private Map<Integer, List<Map<Integer, Outlet>>> outlets() {
        Map<Integer, List<Map<Integer, Outlet>>> all = new HashMap<>();
        for (Chain chain : graph.chains()) {
            List<Map<Integer, Outlet>> bySubtask = new ArrayList<>();
            for (int i = 0; i < chain.parallelism(); i++) {
                bySubtask.add(new HashMap<>());
            }
            all.put(chain.index(), bySubtask);
        }
        for (Chain producer : graph.chains()) {
            for (ChainedOperator operator : producer.operators()) {
                for (Exchange exchange : operator.exchanges()) {
                    for (int i = 0; i < producer.parallelism(); i++) {
                        all.get(producer.index())
                                .get(i)
                                .put(exchange.number(), outlet(exchange, i));
                    }
                }
            }
        }
        return all;
    }

    private Outlet outlet(Exchange exchange, int producer) {
        Chain consumer = graph.chains().get(exchange.consumer());
        List<Inbox> targets = inboxes.get(consumer.index());
        Routing routing = exchange.edge().routing();
        int input = exchange.edge().input();
        if (routing == Routing.FORWARD) {
            return Outlet.forward(targets.get(producer).addChannel(input, false));
        }
        List<Channel> channels =
                targets.stream()
                        .map(inbox -> inbox.addChannel(input, routing == Routing.BY_KEY))
                        .toList();
        return switch (routing) {
            case REBALANCE -> Outlet.rebalance(channels, producer);
            case BROADCAST -> Outlet.broadcast(channels);
            default ->
                    Outlet.byKey(
                            channels,
                            selector(exchange),
                            maxParallelism(consumer.head().id(), consumer.parallelism()),
                            consumer.head().name());
        };
    }

    private static KeySelector<Object, ?> selector(Exchange exchange) {
        return exchange.edge().key().orElseThrow();
    }
}

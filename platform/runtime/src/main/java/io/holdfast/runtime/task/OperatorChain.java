package io.holdfast.runtime.task;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.runtime.channel.CancelledException;
import io.holdfast.runtime.channel.Element;
import io.holdfast.runtime.channel.Outlet;
import io.holdfast.runtime.checkpoint.Barrier;
import io.holdfast.runtime.checkpoint.RestoredOperator;
import io.holdfast.runtime.graph.Body;
import io.holdfast.runtime.graph.ChainedOperator;
import io.holdfast.runtime.graph.Exchange;
import io.holdfast.runtime.handover.HandOver;
import io.holdfast.runtime.handover.SubtaskHandOver;
import io.holdfast.runtime.handover.SwitchableBackend;
import io.holdfast.runtime.operator.CheckpointContext;
import io.holdfast.runtime.operator.KeyedOperator;
import io.holdfast.runtime.operator.Operator;
import io.holdfast.runtime.operator.OperatorContext;
import io.holdfast.runtime.operator.OperatorStateAccess;
import io.holdfast.runtime.operator.Output;
import io.holdfast.runtime.operator.SubtaskInfo;
import io.holdfast.runtime.source.SourceOperator;
import io.holdfast.runtime.state.OperatorStateSnapshot;
import io.holdfast.runtime.state.OperatorStates;
import io.holdfast.runtime.state.RawKeyedSnapshot;
import io.holdfast.runtime.state.RawKeyedState;
import io.holdfast.runtime.state.RestoredOperatorState;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.MemoryBudget;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.toolkit.expiring.ExpiringStates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operators of one task with their state and outputs. Used by the task's thread. Only the head
 * can have keyed state, because records change subtasks to find their key.
 */
final class OperatorChain {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorChain.class);

    /** An operator of the chain; those nearer to the head come first. */
    private record Link(ChainedOperator spec, Operator<?> operator, OperatorStates states) {
        Exception named(Exception cause) {
            return ChainOutput.failure(spec.name(), cause);
        }
    }

    private interface Step {
        void run(Operator<?> operator) throws Exception;
    }

    private final TaskPlan plan;
    private final TaskServices services;
    private final List<Link> links = new ArrayList<>();
    private final Map<String, OperatorStats> stats;
    private Optional<SwitchableBackend<?>> backend = Optional.empty();
    private Optional<ExpiringStates<?>> keyedStates = Optional.empty();
    private StateBackend stateBackend;
    private Path workDirectory;
    private Optional<RawKeyedState> rawKeyed = Optional.empty();
    private KeyedOperator<?, ?> keyedHead;
    private SourceOperator<?> source;
    private ListState<Long> headWatermark;
    private int initialized;

    OperatorChain(TaskPlan plan, TaskServices services, Map<String, OperatorStats> stats) {
        this.plan = plan;
        this.services = services;
        this.stats = stats;
        this.workDirectory = services.workDirectory();
    }

    /** Restores and opens everything. What was taken is released by {@link #close}. */
    void open() throws Exception {
        for (ChainedOperator spec : plan.chain().operators()) {
            RestoredOperatorState restored =
                    RestoredOperatorState.read(
                            plan.restored().apply(spec.id()).operatorState(),
                            services.restoreFrom(),
                            spec.name());
            links.add(
                    new Link(spec, create(spec.body()), new OperatorStates(spec.name(), restored)));
        }
        Link head = links.get(0);
        if (head.spec().body() instanceof Body.Process process && process.key().isPresent()) {
            SwitchableBackend<?> opened = openBackend(head.spec(), process.key().get());
            backend = Optional.of(opened);
            keyedStates =
                    Optional.of(
                            new ExpiringStates<>(
                                    opened, services.clock(), head.operator()::eventTime));
            rawKeyed = Optional.of(rawKeyedState(head.spec()));
        }
        keyedHead = head.operator() instanceof KeyedOperator<?, ?> keyed ? keyed : null;
        if (source == null) {
            headWatermark =
                    head.states()
                            .getUnionListState(
                                    new ListStateDescriptor<>("_watermark", Serializers.LONG));
        }
        connect();
        for (Link link : links) {
            initialized++;
            step(link, Operator::initialize);
        }
        if (rawKeyed.isPresent()) {
            step(head, operator -> rawKeyed.get().initialized());
        }
        for (int i = links.size() - 1; i >= 0; i--) {
            step(links.get(i), Operator::open);
        }
    }

    private Operator<?> create(Body body) {
        if (body instanceof Body.Read<?> read) {
            source = reader(read);
            return source;
        }
        return ((Body.Process) body).operator().get();
    }

    private <T> SourceOperator<T> reader(Body.Read<T> read) {
        return new SourceOperator<>(
                read.source(), read.strategy(), plan.freshSplits(), plan.inbox()::wake);
    }

    private <K> SwitchableBackend<K> openBackend(ChainedOperator spec, Serializer<K> key)
            throws IOException {
        Files.createDirectories(workDirectory);
        stateBackend = services.stateBackend().get();
        return new SwitchableBackend<>(
                stateBackend.open(
                        request(
                                spec,
                                key,
                                workDirectory,
                                services.memory(),
                                plan.restored().apply(spec.id()).keyed(),
                                services.restoreFrom())));
    }

    private RawKeyedState rawKeyedState(ChainedOperator spec) {
        return new RawKeyedState(
                spec.name(),
                keyGroups(),
                plan.info().maxParallelism(),
                plan.restored().apply(spec.id()).rawKeyed(),
                services.restoreFrom());
    }

    private KeyGroupRange keyGroups() {
        SubtaskInfo info = plan.info();
        return KeyGroupRange.of(info.maxParallelism(), info.parallelism(), info.subtask());
    }

    private <K> KeyedBackendRequest<K> request(
            ChainedOperator spec,
            Serializer<K> key,
            Path directory,
            MemoryBudget memory,
            List<KeyedSnapshotHandle> from,
            SnapshotSource source) {
        SubtaskInfo info = plan.info();
        return new KeyedBackendRequest<>(
                "%s/%s (%d/%d)"
                        .formatted(
                                services.jobName(),
                                spec.name(),
                                info.subtask() + 1,
                                info.parallelism()),
                key.duplicate(),
                keyGroups(),
                info.maxParallelism(),
                directory,
                memory,
                from,
                source);
    }

    /** Lets the keyed state, if there is any, prepare to give its files; whether it is ready. */
    boolean prepareLocalFiles() {
        return backend.isEmpty() || backend.get().prepareLocalFiles();
    }

    /**
     * Takes part in a hand-over, if there is keyed state; returns when that is over.
     *
     * @param quiet waits until no snapshot from before is being written
     */
    void handOver(HandOver handOver, Runnable quiet) {
        if (backend.isPresent()) {
            handOver(handOver, quiet, backend.get());
        }
    }

    @SuppressWarnings("unchecked") // the backend was opened with this serializer
    private <K> void handOver(HandOver handOver, Runnable quiet, SwitchableBackend<K> switchable) {
        ChainedOperator spec = links.get(0).spec();
        Serializer<K> key = (Serializer<K>) ((Body.Process) spec.body()).key().orElseThrow();
        Path now =
                new SubtaskHandOver<>(
                                handOver,
                                new SubtaskHandOver.Place<>(
                                        spec.name(),
                                        plan.info().subtask(),
                                        plan.info().maxParallelism(),
                                        switchable,
                                        workDirectory,
                                        (directory, memory, from, source) ->
                                                request(spec, key, directory, memory, from, source),
                                        services.writers(),
                                        plan.inbox()::isClosed,
                                        quiet))
                        .run();
        if (!now.equals(workDirectory)) {
            workDirectory = now;
            stateBackend = handOver.successor();
        }
    }

    /** The state backend of now; null if there is no keyed state. */
    StateBackend stateBackend() {
        return stateBackend;
    }

    @SuppressWarnings("unchecked")
    private void connect() {
        Map<ChainedOperator, Link> byspec = new java.util.IdentityHashMap<>();
        links.forEach(link -> byspec.put(link.spec(), link));
        for (Link link : links) {
            ChainedOperator spec = link.spec();
            ChainOutput output = new ChainOutput(stats.get(spec.id()).recordsOut());
            for (ChainedOperator.Next next : spec.next()) {
                ChainedOperator behind = next.operator();
                output.addOperator(
                        next.side(),
                        byspec.get(behind).operator(),
                        stats.get(behind.id()),
                        behind.name());
            }
            for (Exchange exchange : spec.exchanges()) {
                output.addOutlet(
                        exchange.edge().side(), plan.outlets().get(exchange.number()), spec.name());
            }
            RestoredOperator restored = plan.restored().apply(spec.id());
            SubtaskInfo info = plan.info();
            OperatorContext context =
                    new OperatorContext(
                            spec.name(),
                            new SubtaskInfo(
                                    info.subtask(),
                                    info.parallelism(),
                                    plan.maxParallelism().applyAsInt(spec.id()),
                                    info.attempt(),
                                    info.attemptId()),
                            new OperatorStateAccess(
                                    restored.isRestored(),
                                    link.states(),
                                    isHead(link) ? keyedStates : Optional.empty(),
                                    isHead(link) ? rawKeyed : Optional.empty()),
                            services.clock(),
                            stats.get(spec.id()).recordsLate()::increment,
                            () -> {
                                if (plan.inbox().isClosed()) {
                                    throw new CancelledException();
                                }
                            });
            ((Operator<Object>) link.operator()).setUp(context, (Output<Object>) output);
        }
    }

    private boolean isHead(Link link) {
        return link == links.get(0);
    }

    private void step(Link link, Step step) throws Exception {
        try {
            step.run(link.operator());
        } catch (Exception e) {
            throw link.named(e);
        }
    }

    private void eachOperator(Step step) throws Exception {
        for (Link link : links) {
            step(link, step);
        }
    }

    Operator<?> head() {
        return links.get(0).operator();
    }

    String headName() {
        return links.get(0).spec().name();
    }

    /** The head, if it has keyed state, else null. */
    KeyedOperator<?, ?> keyedHead() {
        return keyedHead;
    }

    /** The head, if it is a source, else null. */
    SourceOperator<?> source() {
        return source;
    }

    /** The watermark of the head when the restored checkpoint was taken. */
    long restoredWatermark() {
        long lowest = Long.MAX_VALUE;
        boolean any = false;
        for (long time : headWatermark.get()) {
            lowest = Math.min(lowest, time);
            any = true;
        }
        return any ? lowest : Long.MIN_VALUE;
    }

    void watermark(long time) throws Exception {
        step(links.get(0), operator -> operator.watermark(time));
    }

    void finish(boolean lastCheckpoint) throws Exception {
        eachOperator(operator -> operator.finish(lastCheckpoint));
    }

    void checkpointCompleted(long id) throws Exception {
        backend.ifPresent(open -> open.checkpointCompleted(id));
        eachOperator(operator -> operator.checkpointCompleted(id));
    }

    void checkpointAborted(long id) {
        backend.ifPresent(open -> open.checkpointAborted(id));
    }

    /** The keyed states, or null if there are none. */
    ExpiringStates<?> keyedStates() {
        return keyedStates.orElse(null);
    }

    Optional<KeyedStateBackend<?>> backend() {
        return backend.map(Function.identity());
    }

    /**
     * Lets functions put their fields into state, and fixes the content of operator state and raw
     * keyed state.
     */
    ChainSnapshot snapshot(Barrier barrier, long watermark) throws Exception {
        if (headWatermark != null) {
            // At the end of all time there is nothing to be late for in a later run.
            headWatermark.update(List.of(watermark == Long.MAX_VALUE ? Long.MIN_VALUE : watermark));
        }
        Optional<RawKeyedSnapshot> raw = Optional.empty();
        for (Link link : links) {
            Optional<RawKeyedSnapshot> written = snapshot(link, barrier);
            raw = isHead(link) ? written : raw;
        }
        Map<String, OperatorStateSnapshot> snapshots = new LinkedHashMap<>();
        for (Link link : links) {
            OperatorStateSnapshot snapshot = link.states().snapshot();
            if (!snapshot.isEmpty()) {
                snapshots.put(link.spec().id(), snapshot);
            }
        }
        return new ChainSnapshot(snapshots, raw);
    }

    private Optional<RawKeyedSnapshot> snapshot(Link link, Barrier barrier) throws Exception {
        CheckpointContext context =
                new CheckpointContext(
                        barrier.checkpointId(),
                        barrier.timestamp(),
                        link.spec().name(),
                        isHead(link) ? rawKeyed : Optional.empty());
        try {
            step(link, operator -> operator.snapshot(context));
        } finally {
            context.end();
        }
        return context.rawKeyedSnapshot();
    }

    String headId() {
        return links.get(0).spec().id();
    }

    /** Sends something to all other chains, behind all records. */
    void broadcast(Element element) {
        plan.outlets().values().forEach(outlet -> outlet.event(element));
    }

    void flush() {
        plan.outlets().values().forEach(Outlet::flush);
    }

    /** Releases everything, as far as it was taken. */
    void close() {
        for (int i = initialized - 1; i >= 0; i--) {
            Link link = links.get(i);
            try {
                link.operator().close();
            } catch (Exception e) {
                LOG.warn("Closing operator '{}' failed", link.spec().name(), e);
            }
        }
        rawKeyed.ifPresent(this::close);
        backend.ifPresent(this::close);
    }

    private void close(AutoCloseable state) {
        try {
            state.close();
        } catch (Exception e) {
            LOG.warn("Closing the state of '{}' failed", headName(), e);
        }
    }
}

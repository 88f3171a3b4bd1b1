package io.holdfast.runtime.task;

import io.holdfast.api.process.OutputTag;
import io.holdfast.runtime.channel.CancelledException;
import io.holdfast.runtime.channel.Outlet;
import io.holdfast.runtime.channel.Watermark;
import io.holdfast.runtime.operator.Operator;
import io.holdfast.runtime.operator.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Spreads what an operator emits over the operators behind it and the channels. */
final class ChainOutput implements Output<Object> {

    /** One of those who get the records. */
    private interface Target {
        void emit(Object value, long timestamp);

        void watermark(long time);
    }

    private static final Target[] NOBODY = {};

    private final Counter recordsOut;
    private Target[] main = NOBODY;
    private final Map<String, Target[]> sides = new LinkedHashMap<>();
    private final List<Target> all = new ArrayList<>();

    ChainOutput(Counter recordsOut) {
        this.recordsOut = recordsOut;
    }

    void addOperator(
            Optional<OutputTag<?>> side, Operator<?> operator, OperatorStats stats, String name) {
        add(side, new Chained(operator, stats.recordsIn(), name));
    }

    void addOutlet(Optional<OutputTag<?>> side, Outlet outlet, String name) {
        add(side, new Sent(outlet, name));
    }

    private void add(Optional<OutputTag<?>> side, Target target) {
        all.add(target);
        if (side.isEmpty()) {
            main = with(main, target);
        } else {
            sides.merge(side.get().id(), new Target[] {target}, (old, one) -> with(old, one[0]));
        }
    }

    private static Target[] with(Target[] targets, Target added) {
        Target[] more = java.util.Arrays.copyOf(targets, targets.length + 1);
        more[targets.length] = added;
        return more;
    }

    @Override
    public void emit(Object value, long timestamp) {
        recordsOut.increment();
        for (Target target : main) {
            target.emit(value, timestamp);
        }
    }

    @Override
    public <X> void emit(OutputTag<X> tag, X value, long timestamp) {
        recordsOut.increment();
        for (Target target : sides.getOrDefault(tag.id(), NOBODY)) {
            target.emit(value, timestamp);
        }
    }

    @Override
    public void watermark(long time) {
        for (Target target : all) {
            target.watermark(time);
        }
    }

    static RuntimeException failure(String operator, Exception cause) {
        return cause instanceof CancelledException || cause instanceof OperatorFailure
                ? (RuntimeException) cause
                : new OperatorFailure(operator, cause);
    }

    private static final class Chained implements Target {
        private final Operator<?> operator;
        private final Counter recordsIn;
        private final String name;

        Chained(Operator<?> operator, Counter recordsIn, String name) {
            this.operator = operator;
            this.recordsIn = recordsIn;
            this.name = name;
        }

        @Override
        public void emit(Object value, long timestamp) {
            recordsIn.increment();
            try {
                operator.process(0, value, timestamp);
            } catch (Exception e) {
                throw failure(name, e);
            }
        }

        @Override
        public void watermark(long time) {
            try {
                operator.watermark(time);
            } catch (Exception e) {
                throw failure(name, e);
            }
        }
    }

    private static final class Sent implements Target {
        private final Outlet outlet;
        private final String name;

        Sent(Outlet outlet, String name) {
            this.outlet = outlet;
            this.name = name;
        }

        @Override
        public void emit(Object value, long timestamp) {
            try {
                outlet.emit(value, timestamp);
            } catch (Exception e) {
                throw failure(name, e);
            }
        }

        @Override
        public void watermark(long time) {
            outlet.event(new Watermark(time));
        }
    }
}

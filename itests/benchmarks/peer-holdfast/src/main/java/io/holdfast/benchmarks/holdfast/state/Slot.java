package io.holdfast.benchmarks.holdfast.state;

import io.holdfast.spi.state.MemoryBudget;
import java.util.function.LongFunction;

/** The memory of a slot with one backend, which therefore shares with nobody. */
record Slot(long bytes) implements MemoryBudget {

    @Override
    public <R extends AutoCloseable> Share<R> share(String name, LongFunction<R> maker) {
        R resource = maker.apply(bytes);
        return new Share<>() {
            private boolean closed;

            @Override
            public R get() {
                return resource;
            }

            @Override
            public void close() {
                if (closed) {
                    return;
                }
                closed = true;
                try {
                    resource.close();
                } catch (Exception e) {
                    throw new IllegalStateException("cannot close " + name, e);
                }
            }
        };
    }
}

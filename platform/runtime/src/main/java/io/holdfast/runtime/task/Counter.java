package io.holdfast.runtime.task;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A number that one thread counts up and others read, a little later. */
public final class Counter {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long value;

    Counter() {}

    void increment() {
        add(1);
    }

    void add(long count) {
        VALUE.setOpaque(this, value + count);
    }

    /**
     * The number.
     *
     * @return 0 or more
     */
    public long get() {
        return (long) VALUE.getOpaque(this);
    }
}

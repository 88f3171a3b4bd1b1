package io.holdfast.benchmarks.state;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many operations does one thread do on state with many keys and no order in them?
 *
 * <p>There is no set-up per invocation: JMH would take two time stamps for each, which costs more
 * than a look-up in memory. At the end the store is read, and must hold what the operations put
 * there, or the measurement fails.
 *
 * @param <S> kind of store
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class StoreBenchmark<S extends Store> {

    /**
     * Large, because Java keeps the boxes of small numbers: counters of one digit would cost no
     * allocation.
     */
    static final long DELTA = 1_000_003;

    /** Name of the {@link StatePeer} to measure; always given on the command line. */
    @Param("")
    public String peer;

    /** Number of different keys. */
    @Param("500000")
    public int keys;

    S store;

    /** Number of complete passes over what {@link #nextIndex()} walks. */
    long rounds;

    /** What {@link #nextIndex()} gives next. */
    int next;

    private Path directory;
    private int length;

    /** The kind of store to open. */
    abstract Class<S> kind();

    /**
     * Prepares what is there when measurement starts, in the empty {@link #store}.
     *
     * @return number of accesses in a round
     */
    abstract int fill() throws Exception;

    /** Reads the store after the measurement and calls {@link #expect} for all it finds. */
    abstract void verify() throws Exception;

    /** Opens the store and fills it. */
    @Setup(Level.Trial)
    public final void open() throws Exception {
        openEmpty();
        length = fill();
    }

    /** Closes the store, which may be the first, and opens an empty one. */
    final void openEmpty() throws Exception {
        close();
        directory = Files.createTempDirectory("store-");
        store = StatePeer.named(peer).open(kind(), directory);
    }

    /** Position of the next access, from 0 to the number of accesses in a round. */
    final int nextIndex() {
        int index = next;
        next = index + 1;
        if (next == length) {
            next = 0;
            rounds++;
        }
        return index;
    }

    /** How often the access in a position was made. */
    final long visits(int index) {
        return index < next ? rounds + 1 : rounds;
    }

    /** Checks that nothing was lost, and closes the store. */
    @TearDown(Level.Trial)
    public final void verifyAndClose() throws Exception {
        try {
            verify();
        } finally {
            close();
        }
    }

    /** Fails the measurement if the store does not hold what it should. */
    final void expect(String what, double expected, double actual) {
        if (expected != actual) {
            throw new IllegalStateException(
                    "Peer '%s' is wrong: %s should be %.1f and is %.1f"
                            .formatted(peer, what, expected, actual));
        }
    }

    private void close() throws Exception {
        if (store != null) {
            store.close();
            store = null;
            Directories.deleteRecursively(directory);
        }
    }
}

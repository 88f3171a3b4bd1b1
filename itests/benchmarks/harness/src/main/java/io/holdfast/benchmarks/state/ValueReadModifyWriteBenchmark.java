package io.holdfast.benchmarks.state;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
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
 * How many values can one thread read, change and write back, when there are many keys and no order
 * in them?
 *
 * <p>There is no set-up per invocation: JMH would take two time stamps for each, which costs more
 * than a look-up in memory. At the end all values are read back: their sum must be that of the
 * additions, or the measurement fails.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ValueReadModifyWriteBenchmark {

    /**
     * Large, because Java keeps the boxes of small numbers: counters of one digit would cost no
     * allocation.
     */
    private static final long DELTA = 1_000_003;

    /** Name of the {@link ValueStorePeer} to measure; always given on the command line. */
    @Param("")
    public String peer;

    /** Number of different keys, all of them present when measurement starts. */
    @Param("500000")
    public int keys;

    private Path directory;
    private ValueStore store;
    private long[] accesses;
    private int next;
    private long additions;

    /** Opens the store and gives every key a value. */
    @Setup(Level.Trial)
    public void open() throws Exception {
        directory = Files.createTempDirectory("value-store-");
        store = ValueStorePeer.named(peer).open(directory);
        for (long key : ScrambledKeys.inInsertionOrder(keys)) {
            store.add(key, DELTA);
        }
        additions = keys;
        accesses = ScrambledKeys.inAccessOrder(keys);
    }

    /** One operation: one key, read, changed, written. */
    @Benchmark
    public long readModifyWrite() throws Exception {
        long key = accesses[next];
        next = next + 1 == accesses.length ? 0 : next + 1;
        additions++;
        return store.add(key, DELTA);
    }

    /** Checks that no addition was lost, and closes the store. */
    @TearDown(Level.Trial)
    public void verifyAndClose() throws Exception {
        long sum = 0;
        for (long key : accesses) {
            sum += store.get(key);
        }
        store.close();
        Directories.deleteRecursively(directory);
        if (sum != additions * DELTA) {
            throw new IllegalStateException(
                    "Peer '"
                            + peer
                            + "' is wrong: "
                            + additions
                            + " additions of "
                            + DELTA
                            + ", but the values sum to "
                            + sum);
        }
    }
}

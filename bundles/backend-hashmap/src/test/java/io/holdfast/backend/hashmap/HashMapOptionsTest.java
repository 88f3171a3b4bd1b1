package io.holdfast.backend.hashmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.Configuration;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.testkit.bench.StateBench;
import io.holdfast.testkit.bench.Subtask;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashMapOptionsTest {
    private static final int KEYS = 2_000;
    private static final ValueStateDescriptor<String> WORDS =
            new ValueStateDescriptor<>("words", Serializers.STRING);

    private static Configuration with(boolean compressed) {
        return new Configuration().set(CheckpointingOptions.SNAPSHOT_COMPRESSION, compressed);
    }

    private static StateBackend backend(Configuration config) {
        return new HashMapStateBackendFactory().create(config);
    }

    /** Bytes of the files of a checkpoint, which is restored without the option. */
    private static long written(boolean compressed) throws Exception {
        StateBench bench = new StateBench(() -> backend(with(compressed)));
        bench.start();
        try (Subtask<Long> before = bench.open(Serializers.LONG)) {
            ValueState<String> words = before.value(WORDS);
            for (long key = 0; key < KEYS; key++) {
                before.use(key);
                words.update("the same words under each key, but for number " + key);
            }
            KeyedSnapshotHandle.Incremental handle =
                    (KeyedSnapshotHandle.Incremental) bench.snapshot(before, SnapshotKind.FULL);
            try (Subtask<Long> after =
                    bench.opening(Serializers.LONG)
                            .in(backend(new Configuration()))
                            .from(handle)
                            .open()) {
                ValueState<String> restored = after.value(WORDS);
                for (long key = 0; key < KEYS; key++) {
                    after.use(key);
                    assertThat(restored.value()).endsWith("number " + key);
                }
            }
            return bytes(bench, handle);
        } finally {
            bench.finish();
        }
    }

    private static long bytes(StateBench bench, KeyedSnapshotHandle.Incremental handle)
            throws IOException {
        long sum = 0;
        for (KeyedSnapshotHandle.NamedStream each :
                Stream.concat(handle.shared().stream(), handle.exclusive().stream()).toList()) {
            sum += bench.snapshots().bytes(each.data()).length;
        }
        return sum;
    }

    @Test
    void checkpointsAreCompressedIfWanted() throws Exception {
        assertThat(written(true)).isPositive().isLessThan(written(false) / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65})
    void soManyThreadsAreRefused(int threads) {
        Configuration config = new Configuration();

        assertThatThrownBy(() -> backend(config.set(HashMapOptions.SNAPSHOT_THREADS, threads)))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("state.backend.hashmap.snapshot.threads")
                .hasMessageContaining("1 to 64");
    }
}

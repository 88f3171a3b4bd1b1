package io.holdfast.backend.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.testkit.bench.StateBench;
import io.holdfast.testkit.bench.Subtask;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two versions of the module are in the process while one takes over from the other, each in a
 * class loader of its own.
 */
class OtherVersionTest {
    private static final ValueStateDescriptor<Long> COUNT =
            new ValueStateDescriptor<>("count", Long.class);

    @RegisterExtension final StateBench bench = new StateBench(EmbeddedRocksDBStateBackend::new);

    /** Has its own classes of the module, all others from where everybody has them. */
    private static final class Loader extends URLClassLoader {
        Loader() {
            super(
                    new URL[] {
                        EmbeddedRocksDBStateBackend.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                    },
                    OtherVersionTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith("io.holdfast.backend.rocksdb.")) {
                    return super.loadClass(name, resolve);
                }
                Class<?> own = findLoadedClass(name);
                return own == null ? findClass(name) : own;
            }
        }
    }

    @Test
    void aVersionInAnotherClassLoaderGoesOnWithFilesAndMemory() throws Exception {
        try (Loader loader = new Loader()) {
            Class<?> type = loader.loadClass(EmbeddedRocksDBStateBackend.class.getName());
            assertThat(type).isNotSameAs(EmbeddedRocksDBStateBackend.class);
            StateBackend other = (StateBackend) type.getConstructor().newInstance();
            Subtask<String> predecessor = bench.open(Serializers.STRING);
            predecessor.use("key");
            predecessor.value(COUNT).update(7L);

            Subtask<String> successor =
                    bench.opening(Serializers.STRING)
                            .in(other)
                            .from(bench.handOver(predecessor))
                            .open();

            assertThat(successor.backend().getClass())
                    .isNotSameAs(predecessor.backend().getClass());
            assertThat(bench.openShares())
                    .as("cache and write buffers of the slot are the same for both")
                    .hasSize(2)
                    .allSatisfy(share -> assertThat(share).startsWith("2 shares of"));
            successor.use("key");
            ValueState<Long> count = successor.value(COUNT);
            assertThat(count.value()).isEqualTo(7L);
            predecessor.close();
            count.update(8L);
            assertThat(count.value()).isEqualTo(8L);
            successor.close();
            assertThat(bench.openShares()).isEmpty();
        }
    }
}

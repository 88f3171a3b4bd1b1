package io.holdfast.backend.hashmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.testkit.fixture.FixedMemoryBudget;
import io.holdfast.testkit.fixture.MemorySnapshots;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is particular to objects on the heap: identity, and that nothing is serialized in between.
 */
class HeapAccessTest {
    private static final int MAX_PARALLELISM = 128;

    @TempDir private Path directory;
    private final MemorySnapshots snapshots = new MemorySnapshots();
    private final Counting<List<Long>> lists = new Counting<>(Serializers.list(Serializers.LONG));

    /** Counts what it is asked for, in itself and in its duplicates. */
    private static final class Counting<T> implements Serializer<T> {
        private final Serializer<T> serializer;
        private final List<String> calls = new ArrayList<>();

        Counting(Serializer<T> serializer) {
            this.serializer = serializer;
        }

        @Override
        public void write(T value, DataOutput out) throws IOException {
            calls.add("write");
            serializer.write(value, out);
        }

        @Override
        public T read(DataInput in) throws IOException {
            calls.add("read");
            return serializer.read(in);
        }

        @Override
        public T copy(T value) {
            calls.add("copy");
            return serializer.copy(value);
        }

        @Override
        public int fixedLength() {
            return serializer.fixedLength();
        }

        @Override
        public SerializerSnapshot snapshot() {
            return serializer.snapshot();
        }
    }

    private <K> KeyedStateBackend<K> open(Serializer<K> keys, KeyedSnapshotHandle... restore)
            throws IOException {
        return new HashMapStateBackend()
                .open(
                        new KeyedBackendRequest<>(
                                "test (1/1)",
                                keys,
                                new KeyGroupRange(0, MAX_PARALLELISM - 1),
                                MAX_PARALLELISM,
                                directory,
                                new FixedMemoryBudget(1 << 20),
                                List.of(restore),
                                snapshots));
    }

    private static <K> void choose(KeyedStateBackend<K> backend, K key) {
        backend.setCurrentKey(key, KeyGroupRange.keyGroup(key, MAX_PARALLELISM));
    }

    private RunningSnapshot begin(KeyedStateBackend<?> backend) throws IOException {
        return backend.snapshot(new SnapshotRequest(1, SnapshotKind.FULL, snapshots));
    }

    private Namespaced.Value<VoidNamespace, List<Long>> value(KeyedStateBackend<String> backend) {
        Namespaced.Value<VoidNamespace, List<Long>> state =
                backend.value(new ValueStateDescriptor<>("value", lists), VoidNamespace.SERIALIZER);
        state.setCurrentNamespace(VoidNamespace.INSTANCE);
        return state;
    }

    @Test
    void whatIsReadIsTheVeryObjectThatWasStored() throws IOException {
        KeyedStateBackend<String> backend = open(Serializers.STRING);
        Namespaced.Value<VoidNamespace, List<Long>> state = value(backend);
        List<Long> stored = new ArrayList<>(List.of(1L));
        choose(backend, "a");
        state.update(stored);
        choose(backend, "b");
        choose(backend, "a");
        assertThat(state.value()).isSameAs(stored);
        backend.close();
    }

    @Test
    void noAccessCallsASerializer() throws IOException {
        Counting<String> keys = new Counting<>(Serializers.STRING);
        KeyedStateBackend<String> backend = open(keys);
        Namespaced.Value<VoidNamespace, List<Long>> state = value(backend);
        Namespaced.ListOf<VoidNamespace, List<Long>> list =
                backend.list(new ListStateDescriptor<>("list", lists), VoidNamespace.SERIALIZER);
        Namespaced.MapOf<VoidNamespace, String, List<Long>> map =
                backend.map(new MapStateDescriptor<>("map", keys, lists), VoidNamespace.SERIALIZER);
        TimerQueue<String, VoidNamespace> timers =
                backend.timers("timers", VoidNamespace.SERIALIZER);
        list.setCurrentNamespace(VoidNamespace.INSTANCE);
        map.setCurrentNamespace(VoidNamespace.INSTANCE);
        for (int i = 0; i < 500; i++) {
            choose(backend, "key " + i % 100);
            state.update(List.of((long) i));
            state.value();
            list.add(List.of((long) i));
            list.get().forEach(each -> assertThat(each).isNotNull());
            map.put("m" + i, List.of());
            map.get("m" + i);
            map.entries().forEach(each -> assertThat(each.getValue()).isNotNull());
            timers.add(i, VoidNamespace.INSTANCE);
        }
        timers.poll();
        assertThat(lists.calls).isEmpty();
        assertThat(keys.calls).isEmpty();
        backend.close();
    }

    @Test
    void fixingASnapshotTouchesNoEntry() throws IOException {
        KeyedStateBackend<String> backend = open(Serializers.STRING);
        Namespaced.Value<VoidNamespace, List<Long>> state = value(backend);
        for (int i = 0; i < 1_000; i++) {
            choose(backend, "key " + i);
            state.update(List.of(1L));
        }
        RunningSnapshot running = begin(backend);
        assertThat(lists.calls).isEmpty();
        running.write();
        assertThat(lists.calls).hasSize(1_000).containsOnly("write");
        running.close();
        backend.close();
    }

    @Test
    void anEntryReadUnderASnapshotIsCopiedOnceAndOnlyUntilTheSnapshotEnds() throws IOException {
        KeyedStateBackend<String> backend = open(Serializers.STRING);
        Namespaced.Value<VoidNamespace, List<Long>> state = value(backend);
        List<Long> stored = new ArrayList<>(List.of(1L));
        choose(backend, "a");
        state.update(stored);
        RunningSnapshot running = begin(backend);
        List<Long> copy = state.value();
        assertThat(copy).isNotSameAs(stored).isEqualTo(stored);
        choose(backend, "a");
        assertThat(state.value()).isSameAs(copy);
        assertThat(lists.calls).containsExactly("copy");
        running.close();
        choose(backend, "a");
        assertThat(state.value()).isSameAs(copy);
        backend.close();
    }

    @Test
    void aViewOfAMapDoesNotWriteBehindTheNextSnapshot() throws IOException {
        KeyedStateBackend<String> backend = open(Serializers.STRING);
        Namespaced.MapOf<VoidNamespace, String, List<Long>> map =
                backend.map(
                        new MapStateDescriptor<>("map", Serializers.STRING, lists),
                        VoidNamespace.SERIALIZER);
        map.setCurrentNamespace(VoidNamespace.INSTANCE);
        choose(backend, "a");
        map.put("x", List.of(1L));
        map.put("y", List.of(2L));
        Iterator<Map.Entry<String, List<Long>>> entries = map.iterator();
        Map.Entry<String, List<Long>> entry = entries.next();
        RunningSnapshot running = begin(backend);
        assertThatThrownBy(entries::remove).isInstanceOf(ConcurrentModificationException.class);
        assertThatThrownBy(() -> entry.setValue(List.of()))
                .isInstanceOf(ConcurrentModificationException.class);
        running.close();
        backend.close();
    }

    /** A key whose hash code is not that of its content. */
    private static final class Unstable {
        private final long content;
        private final int code;

        Unstable(long content, int code) {
            this.content = content;
            this.code = code;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Unstable that && content == that.content;
        }

        @Override
        public int hashCode() {
            return code;
        }
    }

    /** Gives the keys it reads another hash code than those it wrote. */
    private static final class UnstableSerializer implements Serializer<Unstable> {
        @Override
        public void write(Unstable value, DataOutput out) throws IOException {
            out.writeLong(value.content);
        }

        @Override
        public Unstable read(DataInput in) throws IOException {
            return new Unstable(in.readLong(), 99);
        }

        @Override
        public Unstable copy(Unstable value) {
            return value;
        }

        @Override
        public int fixedLength() {
            return Long.BYTES;
        }

        @Override
        public SerializerSnapshot snapshot() {
            return SerializerSnapshot.named("unstable");
        }
    }

    @Test
    void aKeyThatChangedItsHashCodeIsNamedWhenItsEntryIsRead() throws IOException {
        KeyedStateBackend<Unstable> backend = open(new UnstableSerializer());
        ValueStateDescriptor<Long> descriptor = new ValueStateDescriptor<>("count", Long.class);
        Namespaced.Value<VoidNamespace, Long> state =
                backend.value(descriptor, VoidNamespace.SERIALIZER);
        state.setCurrentNamespace(VoidNamespace.INSTANCE);
        choose(backend, new Unstable(1, 5));
        state.update(1L);
        RunningSnapshot running = begin(backend);
        KeyedSnapshotHandle handle = running.write();
        running.close();
        backend.close();

        KeyedStateBackend<Unstable> restored = open(new UnstableSerializer(), handle);
        assertThatThrownBy(() -> restored.value(descriptor, VoidNamespace.SERIALIZER))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("count")
                .hasMessageContaining("hash code")
                .hasMessageContaining(Unstable.class.getName());
        restored.close();
    }

    @Test
    void snapshotsThatBothHoldAKeyGroupAreRefused() throws IOException {
        KeyedStateBackend<String> backend = open(Serializers.STRING);
        RunningSnapshot running = begin(backend);
        KeyedSnapshotHandle handle = running.write();
        running.close();
        backend.close();
        assertThatThrownBy(() -> open(Serializers.STRING, handle, handle))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("STATE-3011")
                .hasMessageContaining("Key group 0");
        assertThat(snapshots.openStreams()).isEmpty();
    }

    @Test
    void aSerializerThatFailsIsNamedWithItsStateAndTheBackendGoesOn() throws IOException {
        KeyedStateBackend<String> backend = open(Serializers.STRING);
        Namespaced.Value<VoidNamespace, List<Long>> state = value(backend);
        choose(backend, "a");
        List<Long> withNull = new ArrayList<>();
        withNull.add(null);
        state.update(withNull);
        RunningSnapshot running = begin(backend);
        assertThatThrownBy(running::write)
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("STATE-3013")
                .hasMessageContaining("'value'")
                .hasMessageContaining("list<long>");
        running.close();
        state.update(List.of(3L));
        assertThat(state.value()).containsExactly(3L);
        assertThat(snapshots.openStreams()).isEmpty();
        backend.close();
    }
}

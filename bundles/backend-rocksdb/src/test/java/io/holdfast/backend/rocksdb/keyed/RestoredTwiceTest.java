package io.holdfast.backend.rocksdb.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.serialization.Compatibility;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.testkit.bench.StateBench;
import io.holdfast.testkit.bench.Subtask;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Parts of one state that come together with different schemas. */
class RestoredTwiceTest {
    private static final KeyGroupRange LOWER = new KeyGroupRange(0, 63);
    private static final KeyGroupRange UPPER = new KeyGroupRange(64, 127);

    @RegisterExtension
    final StateBench bench = new StateBench(() -> new SmallBackend(Limits.USUAL));

    /** Reads what {@code short} wrote and writes four bytes instead of two. */
    private static final class Widened implements Serializer<Integer> {
        @Override
        public void write(Integer value, DataOutput out) throws IOException {
            out.writeInt(value);
        }

        @Override
        public Integer read(DataInput in) throws IOException {
            return in.readInt();
        }

        @Override
        public Integer copy(Integer value) {
            return value;
        }

        @Override
        public int fixedLength() {
            return 4;
        }

        @Override
        public SerializerSnapshot snapshot() {
            return SerializerSnapshot.named("widened");
        }

        @Override
        public Compatibility<Integer> compatibilityWith(SerializerSnapshot written) {
            return written.name().equals("narrow")
                    ? Compatibility.afterMigration(new Narrow())
                    : Serializer.super.compatibilityWith(written);
        }
    }

    private static final class Narrow implements Serializer<Integer> {
        @Override
        public void write(Integer value, DataOutput out) throws IOException {
            out.writeShort(value);
        }

        @Override
        public Integer read(DataInput in) throws IOException {
            return (int) in.readShort();
        }

        @Override
        public Integer copy(Integer value) {
            return value;
        }

        @Override
        public int fixedLength() {
            return 2;
        }

        @Override
        public SerializerSnapshot snapshot() {
            return SerializerSnapshot.named("narrow");
        }
    }

    private static ListStateDescriptor<Integer> list(Serializer<Integer> element) {
        return new ListStateDescriptor<>("list", element);
    }

    private static MapStateDescriptor<Integer, Integer> map(Serializer<Integer> part) {
        return new MapStateDescriptor<>("map", part, part);
    }

    private void fill(Subtask<String> subtask) {
        var list = subtask.list(list(new Narrow()));
        var map = subtask.map(map(new Narrow()));
        for (int i = 0; i < 200; i++) {
            String key = "key" + i;
            if (subtask.owns(key)) {
                subtask.use(key);
                list.addAll(List.of(i, 0x2C2C, 44));
                map.put(i, -i);
                map.put(-1, null);
            }
        }
    }

    private void expectAll(Subtask<String> subtask) {
        var list = subtask.list(list(new Widened()));
        var map = subtask.map(map(new Widened()));
        for (int i = 0; i < 200; i++) {
            String key = "key" + i;
            subtask.use(key);
            assertThat(list.get()).as(key).containsExactly(i, 0x2C2C, 44);
            assertThat(map.get(i)).as(key).isEqualTo(-i);
            assertThat(map.contains(-1)).isTrue();
            assertThat(map.get(-1)).isNull();
            List<Integer> mapKeys = new ArrayList<>();
            map.keys().forEach(mapKeys::add);
            assertThat(mapKeys).containsExactlyInAnyOrder(i, -1);
        }
    }

    @Test
    void aPartMigratedAndAPartNotYetAskedForBecomeOneState() {
        Subtask<String> lower = bench.opening(Serializers.STRING).keyGroups(LOWER).open();
        Subtask<String> upper = bench.opening(Serializers.STRING).keyGroups(UPPER).open();
        fill(lower);
        fill(upper);
        KeyedSnapshotHandle lowerHandle = bench.snapshot(lower, SnapshotKind.FULL);
        KeyedSnapshotHandle upperHandle = bench.snapshot(upper, SnapshotKind.FULL);

        Subtask<String> migrated =
                bench.opening(Serializers.STRING).keyGroups(LOWER).from(lowerHandle).open();
        migrated.list(list(new Widened()));
        migrated.map(map(new Widened()));
        KeyedSnapshotHandle migratedHandle = bench.snapshot(migrated, SnapshotKind.FULL);

        for (List<KeyedSnapshotHandle> handles :
                List.of(
                        List.of(migratedHandle, upperHandle),
                        List.of(upperHandle, migratedHandle))) {
            Subtask<String> both = bench.opening(Serializers.STRING).from(handles).open();
            KeyedSnapshotHandle carried = bench.snapshot(both, SnapshotKind.CANONICAL);
            expectAll(both);
            expectAll(bench.restore(Serializers.STRING, carried));
            expectAll(
                    bench.restore(
                            Serializers.STRING, bench.snapshot(both, SnapshotKind.CANONICAL)));
        }
    }

    @Test
    void aSnapshotTakenBeforeAMigrationHoldsWhatWasThereBefore() {
        Subtask<String> first = bench.open(Serializers.STRING);
        fill(first);
        KeyedSnapshotHandle handle = bench.snapshot(first, SnapshotKind.FULL);
        Subtask<String> subtask = bench.restore(Serializers.STRING, handle);
        var snapshot = bench.begin(subtask, SnapshotKind.FULL);

        expectAll(subtask);

        expectAll(bench.restore(Serializers.STRING, bench.write(snapshot)));
    }
}

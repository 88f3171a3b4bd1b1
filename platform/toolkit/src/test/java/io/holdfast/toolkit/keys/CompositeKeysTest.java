package io.holdfast.toolkit.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.window.TimeWindow;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Composite keys stand in Flink's layout, sort by key group, and are told apart when read. */
class CompositeKeysTest {
    /** Key of an entry that Flink 2.3 wrote with max parallelism 128; its group is 33. */
    private static final long FLINKS_KEY = -2_000_000_014L;

    private static String hex(CompositeKeys<?> keys) {
        return HexFormat.of().formatHex(keys.toByteArray());
    }

    @Test
    void aKeyGroupIsTheOneFlinkChose() {
        assertThat(KeyGroupRange.keyGroup(FLINKS_KEY, 128)).isEqualTo(33);
    }

    @Test
    void aNumberAndAWindowStandAsFlinkWroteThem() {
        CompositeKeys<Long> keys = new CompositeKeys<>(Serializers.LONG, 128);
        keys.begin(33, FLINKS_KEY);

        keys.namespace(new TimeWindow(1_000, 5_000), TimeWindow.SERIALIZER);

        assertThat(hex(keys))
                .isEqualTo("21" + "ffffffff88ca6bf2" + "00000000000003e8" + "0000000000001388")
                .hasSize(2 * 0x19);
    }

    @Test
    void aNumberWithoutNamespaceStandsAsFlinkWroteIt() {
        CompositeKeys<Long> keys = new CompositeKeys<>(Serializers.LONG, 128);
        keys.begin(33, FLINKS_KEY);

        keys.namespace(VoidNamespace.INSTANCE, VoidNamespace.SERIALIZER);

        assertThat(hex(keys)).isEqualTo("21" + "ffffffff88ca6bf2" + "00").hasSize(2 * 0x0a);
    }

    @Test
    void keyGroupsTakeOneByteUpTo128OfThemAndTwoBeyond() {
        assertThat(CompositeKeys.groupLength(1)).isEqualTo(1);
        assertThat(CompositeKeys.groupLength(128)).isEqualTo(1);
        assertThat(CompositeKeys.groupLength(129)).isEqualTo(2);
        assertThat(CompositeKeys.groupLength(32_768)).isEqualTo(2);
        for (int group : new int[] {0, 1, 127, 128, 255, 256, 32_767}) {
            BytesOutput out = new BytesOutput(2);
            CompositeKeys.writeGroup(group, 2, out);
            assertThat(CompositeKeys.keyGroup(out.array(), 0, 2)).isEqualTo(group);
        }
        CompositeKeys<Long> keys = new CompositeKeys<>(Serializers.LONG, 300);
        keys.begin(0x0102, 0L);
        keys.namespace(VoidNamespace.INSTANCE, VoidNamespace.SERIALIZER);
        assertThat(hex(keys)).isEqualTo("0102" + "0000000000000000" + "00");
    }

    /** Text of which the serializer makes so many bytes. */
    private static String textOf(int bytes) {
        return "n".repeat(bytes <= 127 ? bytes - 1 : bytes - 2);
    }

    /** A namespace that may be empty: its bytes end where the key ends. */
    private static final Serializer<byte[]> REST =
            new Serializer<>() {
                @Override
                public void write(byte[] value, java.io.DataOutput out) throws IOException {
                    out.write(value);
                }

                @Override
                public byte[] read(java.io.DataInput in) throws IOException {
                    throw new IOException("has no end of its own");
                }

                @Override
                public byte[] copy(byte[] value) {
                    return value;
                }

                @Override
                public int fixedLength() {
                    return VARIABLE_LENGTH;
                }

                @Override
                public io.holdfast.api.serialization.SerializerSnapshot snapshot() {
                    return io.holdfast.api.serialization.SerializerSnapshot.named("rest");
                }
            };

    @Test
    void whereKeyAndNamespaceBothVaryTheirLengthsFollowThem() {
        CompositeKeys<String> keys = new CompositeKeys<>(Serializers.STRING, 128);
        for (int length = 0; length <= 303; length++) {
            keys.begin(5, "ab");
            keys.namespace(new byte[length], REST);

            String little =
                    length < 256
                            ? "%02x".formatted(length)
                            : "%02x%02x".formatted(length & 0xFF, length >>> 8);
            assertThat(hex(keys))
                    .as("namespace of %d bytes", length)
                    .isEqualTo("05" + "036162" + "03" + "00".repeat(length) + little);
        }
    }

    @Test
    void aLongKeysLengthTakesTwoBytesLowestFirst() {
        CompositeKeys<String> keys = new CompositeKeys<>(Serializers.STRING, 128);
        keys.begin(5, textOf(0x0203));

        keys.namespace("", Serializers.STRING);

        assertThat(hex(keys)).endsWith("0302" + "01" + "01");
    }

    @Test
    void everyNamespaceIsReadBackAndTheMapKeyBehindIt() throws IOException {
        CompositeKeys<String> keys = new CompositeKeys<>(Serializers.STRING, 300);
        for (int keyBytes : new int[] {1, 2, 127, 129, 255, 256, 257, 303, 70_000}) {
            for (int bytes = 1; bytes <= 303; bytes++) {
                if (bytes == 128) {
                    continue; // no text takes 128 bytes
                }
                keys.begin(299, textOf(keyBytes));
                keys.namespace(textOf(bytes), Serializers.STRING);
                keys.mapKey(-7, Serializers.INTEGER);
                byte[] all = keys.toByteArray();

                BytesInput in = new BytesInput().wrap(all, 0, all.length);

                assertThat(CompositeKeys.keyGroup(all, 0, 2)).isEqualTo(299);
                assertThat(keys.readKey(in)).isEqualTo(textOf(keyBytes));
                assertThat(keys.readNamespace(in, Serializers.STRING)).isEqualTo(textOf(bytes));
                assertThat(in.readInt()).isEqualTo(-7);
                assertThat(in.remaining()).isZero();
            }
        }
    }

    @Test
    void fixedLengthsAreReadBack() throws IOException {
        CompositeKeys<Long> keys = new CompositeKeys<>(Serializers.LONG, 128);
        keys.begin(127, Long.MIN_VALUE);
        keys.namespace(new TimeWindow(-1, Long.MAX_VALUE), TimeWindow.SERIALIZER);
        keys.mapKey("user", Serializers.STRING);
        byte[] all = keys.toByteArray();
        BytesInput in = new BytesInput().wrap(all, 0, all.length);

        assertThat(keys.readKey(in)).isEqualTo(Long.MIN_VALUE);
        assertThat(keys.readNamespace(in, TimeWindow.SERIALIZER))
                .isEqualTo(new TimeWindow(-1, Long.MAX_VALUE));
        assertThat(Serializers.STRING.read(in)).isEqualTo("user");
    }

    @Test
    void theSameKeyTakesOneNamespaceAndMapKeyAfterTheOther() {
        CompositeKeys<String> keys = new CompositeKeys<>(Serializers.STRING, 128);
        keys.begin(1, "k");
        keys.namespace("first, and long", Serializers.STRING);
        keys.mapKey(1, Serializers.INTEGER);

        keys.namespace("n", Serializers.STRING);
        int length = keys.length();
        keys.mapKey(1, Serializers.INTEGER);
        keys.truncate(length);
        keys.mapKey(2, Serializers.INTEGER);

        assertThat(hex(keys)).isEqualTo("01" + "026b" + "02" + "026e" + "02" + "00000002");
        assertThat(Arrays.copyOf(keys.array(), keys.length())).isEqualTo(keys.toByteArray());
        keys.begin(2, "kk");
        assertThat(hex(keys)).isEqualTo("02" + "036b6b");
    }

    @Test
    void differentKeysAndNamespacesNeverGiveTheSameBytes() {
        CompositeKeys<String> keys = new CompositeKeys<>(Serializers.STRING, 128);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            texts.add("\1".repeat(i));
            texts.add("\2" + "\1".repeat(i));
        }
        List<String> seen = new ArrayList<>();
        for (String key : texts) {
            keys.begin(0, key);
            for (String namespace : texts) {
                keys.namespace(namespace, Serializers.STRING);
                seen.add(hex(keys));
            }
        }
        assertThat(seen).doesNotHaveDuplicates();
    }

    @Test
    void bytesSortByKeyGroupFirst() {
        CompositeKeys<String> keys = new CompositeKeys<>(Serializers.STRING, 1_000);
        byte[] before = null;
        for (int group : new int[] {0, 1, 127, 128, 255, 256, 257, 999}) {
            keys.begin(group, "zzz");
            keys.namespace(VoidNamespace.INSTANCE, VoidNamespace.SERIALIZER);
            byte[] bytes = keys.toByteArray();
            if (before != null) {
                assertThat(Arrays.compareUnsigned(before, bytes)).isNegative();
            }
            keys.begin(group, "");
            keys.namespace(VoidNamespace.INSTANCE, VoidNamespace.SERIALIZER);
            before = bytes;
        }
    }

    @Test
    void bytesThatAreNoKeyAreRefused() {
        CompositeKeys<String> keys = new CompositeKeys<>(Serializers.STRING, 300);
        keys.begin(1, "key");
        keys.namespace("space", Serializers.STRING);
        byte[] all = keys.toByteArray();
        for (int length = 0; length < all.length; length++) {
            BytesInput in = new BytesInput().wrap(all, 0, length);
            assertThatThrownBy(
                            () -> {
                                keys.readKey(in);
                                keys.readNamespace(in, Serializers.STRING);
                            })
                    .as("cut to %d", length)
                    .isInstanceOf(IOException.class);
        }
        byte[] wrongLength = all.clone();
        wrongLength[2 + 4] ^= 1;
        BytesInput in = new BytesInput().wrap(wrongLength, 0, wrongLength.length);
        assertThatThrownBy(
                        () -> {
                            keys.readKey(in);
                            keys.readNamespace(in, Serializers.STRING);
                        })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not as long as it says");
    }
}

package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.hashmap.format.Block;
import io.holdfast.backend.hashmap.table.Bits;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.keys.CompositeKeys;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes objects of restored bytes, once the job has said how to read them, by several threads, each
 * of which takes one key group after the other. Every entry must use up its bytes, and every key
 * must belong to the group it was stored in: a key whose hash code is not stable would never be
 * found again.
 *
 * @param <K> type of the keys
 */
final class RestoredEntries<K> {
    private final String owner;
    private final KeyGroupRange keyGroups;
    private final int maxParallelism;
    private final Serializer<K> keySerializer;
    private final SnapshotSettings settings;

    RestoredEntries(
            String owner,
            KeyGroupRange keyGroups,
            int maxParallelism,
            Serializer<K> keySerializer,
            SnapshotSettings settings) {
        this.owner = owner;
        this.keyGroups = keyGroups;
        this.maxParallelism = maxParallelism;
        this.keySerializer = keySerializer;
        this.settings = settings;
    }

    /** Puts entries into a state. */
    <N, C> void into(
            TableState<K, N, C> state,
            RestoredState<K> part,
            Serializer<N> namespace,
            ContentCodec<C> content) {
        decode(
                part,
                () ->
                        new EntryDecoder<>(
                                state.restoring(), namespace.duplicate(), content.duplicate()));
    }

    /** Puts timers into a queue. */
    <N> void into(HeapTimers<K, N> timers, RestoredState<K> part, Serializer<N> namespace) {
        decode(part, () -> new TimerDecoder<>(timers, namespace.duplicate()));
        timers.restored();
    }

    private void decode(RestoredState<K> part, Supplier<Decoder> decoders) {
        Object serializers = new Object();
        try {
            Workers.run(
                    "heap-restore",
                    settings.threadsFor(part.count()),
                    part.groupCount(),
                    items -> {
                        Decoder decoder;
                        synchronized (serializers) {
                            decoder = decoders.get();
                        }
                        for (int group = items.next(); group >= 0; group = items.next()) {
                            decoder.decodeAll(part, group);
                        }
                    });
        } catch (IOException e) {
            throw new IllegalStateException("nothing was read from outside", e);
        }
    }

    /** Decodes entries, for one thread. */
    private abstract class Decoder implements EntrySink {
        final Serializer<K> keySerializerOfThread = keySerializer.duplicate();
        final CompositeKeys<K> composite =
                new CompositeKeys<>(keySerializerOfThread, maxParallelism);
        final int groupLength = CompositeKeys.groupLength(maxParallelism);
        final BytesInput keyIn = new BytesInput();
        final BytesInput valueIn = new BytesInput();
        int group;
        boolean isWhole;

        abstract void plan(int entries);

        /** Takes an entry that {@link #keyIn} and {@link #valueIn} are positioned at. */
        abstract void entry() throws IOException;

        /** Takes a removal that {@link #keyIn} is positioned at. */
        abstract void removal() throws IOException;

        /** Takes a block of numbers at once if possible. */
        abstract boolean takes(Block block) throws IOException;

        final int keyGroup() {
            return keyGroups.first() + group;
        }

        final void decodeAll(RestoredState<K> part, int ofGroup) {
            group = ofGroup;
            plan(part.count(ofGroup));
            try {
                for (Block block : part.blocks(ofGroup)) {
                    isWhole = block.isWhole();
                    if (!takes(block)) {
                        part.forEach(block, keyGroup(), this);
                    }
                }
            } catch (IOException | RuntimeException e) {
                throw Refusals.unreadable(
                        owner,
                        part.schema().name(),
                        keyGroup(),
                        Schemas.types(part.schema()),
                        e.getMessage() == null ? e.toString() : e.getMessage(),
                        e);
            }
        }

        @Override
        public void entry(
                byte[] key, int keyOffset, int keyLength, byte[] value, int offset, int length)
                throws IOException {
            position(key, keyOffset, keyLength, value, offset, length);
            entry();
            expectEnd();
        }

        @Override
        public void removal(byte[] key, int offset, int length) throws IOException {
            position(key, offset, length, key, offset, 0);
            removal();
            expectEnd();
        }

        private void position(
                byte[] key, int keyOffset, int keyLength, byte[] value, int offset, int length)
                throws IOException {
            keyIn.wrap(key, keyOffset, keyLength);
            valueIn.wrap(value, offset, length);
            int said = keyLength < groupLength ? -1 : groupOf(key, keyOffset);
            if (said != keyGroup()) {
                throw new IOException("its key says key group " + said);
            }
        }

        private int groupOf(byte[] key, int offset) {
            return CompositeKeys.keyGroup(key, offset, groupLength);
        }

        private void expectEnd() throws IOException {
            if (keyIn.remaining() + valueIn.remaining() > 0) {
                throw new IOException(
                        "%d bytes of its key and %d of its value were not read"
                                .formatted(keyIn.remaining(), valueIn.remaining()));
            }
        }

        final void expectGroup(K key) throws IOException {
            int expected = KeyGroupRange.keyGroup(key, maxParallelism);
            if (expected != keyGroup()) {
                throw new IOException(
                        "by its hash code its key, a %s, belongs to key group %d: the hash code must depend on the content alone"
                                .formatted(key.getClass().getName(), expected));
            }
        }
    }

    private final class EntryDecoder<N, C> extends Decoder {
        private final Entries<K, N, C> entries;
        private final Serializer<N> namespace;
        private final ContentCodec<C> content;

        EntryDecoder(Entries<K, N, C> entries, Serializer<N> namespace, ContentCodec<C> content) {
            this.entries = entries;
            this.namespace = namespace;
            this.content = content;
        }

        @Override
        void plan(int count) {
            entries.table.plan(group, count);
        }

        @Override
        boolean takes(Block block) throws IOException {
            Optional<Bits<C>> numbers = entries.numbersIn(block, content);
            if (numbers.isPresent()) {
                int expected = keyGroup();
                entries.restoreNumbers(
                        group,
                        block,
                        code -> KeyGroupRange.keyGroup(code, maxParallelism) == expected,
                        numbers.get());
            }
            return numbers.isPresent();
        }

        @Override
        void entry() throws IOException {
            K key = composite.readKey(keyIn);
            expectGroup(key);
            N ofNamespace = composite.readNamespace(keyIn, namespace);
            entries.restore(group, key, ofNamespace, content, keyIn, valueIn, isWhole);
        }

        @Override
        void removal() throws IOException {
            K key = composite.readKey(keyIn);
            entries.restoreRemoval(group, key, composite.readNamespace(keyIn, namespace));
        }
    }

    private final class TimerDecoder<N> extends Decoder {
        private final HeapTimers<K, N> timers;
        private final Serializer<N> namespace;

        TimerDecoder(HeapTimers<K, N> timers, Serializer<N> namespace) {
            this.timers = timers;
            this.namespace = namespace;
        }

        @Override
        void plan(int count) {
            timers.plan(group, count);
        }

        @Override
        boolean takes(Block block) {
            return false;
        }

        @Override
        void entry() throws IOException {
            long time = time();
            K key = keySerializerOfThread.read(keyIn);
            expectGroup(key);
            if (!timers.restore(group, time, key, namespace.read(keyIn)) && isWhole) {
                throw new IOException("the timer is there twice");
            }
        }

        @Override
        void removal() throws IOException {
            long time = time();
            K key = keySerializerOfThread.read(keyIn);
            timers.restoreRemoval(group, time, key, namespace.read(keyIn));
        }

        private long time() throws IOException {
            keyIn.skipBytes(groupLength);
            return keyIn.readLong() ^ Long.MIN_VALUE;
        }
    }
}

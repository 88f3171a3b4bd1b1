package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.keys.CompositeKeys;
import java.io.IOException;

/**
 * Makes objects of restored bytes, once the job has said how to read them. Every entry must use up
 * its bytes, and every key must belong to the group it was stored in: a key whose hash code is not
 * stable would never be found again.
 *
 * @param <K> type of the keys
 */
final class RestoredEntries<K> {
    private final String owner;
    private final KeyGroupRange keyGroups;
    private final int maxParallelism;
    private final int groupLength;
    private final Serializer<K> keySerializer;
    private final CompositeKeys<K> composite;
    private final BytesInput keyIn = new BytesInput();
    private final BytesInput valueIn = new BytesInput();

    RestoredEntries(
            String owner,
            KeyGroupRange keyGroups,
            int maxParallelism,
            Serializer<K> keySerializer) {
        this.owner = owner;
        this.keyGroups = keyGroups;
        this.maxParallelism = maxParallelism;
        this.groupLength = CompositeKeys.groupLength(maxParallelism);
        this.keySerializer = keySerializer;
        this.composite = new CompositeKeys<>(keySerializer, maxParallelism);
    }

    /** Reads one entry whose bytes {@link #keyIn} and {@link #valueIn} are positioned at. */
    @FunctionalInterface
    private interface Decoder {
        void entry(int group, int keyGroup) throws IOException;
    }

    /** Puts entries into a state. */
    <N, C> void into(
            TableState<K, N, C> state,
            RestoredState<K> part,
            Serializer<N> namespace,
            ContentCodec<C> content) {
        for (int group = 0; group < part.groupCount(); group++) {
            state.plan(group, part.count(group));
            decode(
                    part,
                    group,
                    (inGroup, keyGroup) -> {
                        K key = composite.readKey(keyIn);
                        expectGroup(key, keyGroup);
                        N ofNamespace = composite.readNamespace(keyIn, namespace);
                        state.restore(inGroup, key, ofNamespace, content, keyIn, valueIn);
                    });
        }
    }

    /** Puts timers into a queue. */
    <N> void into(HeapTimers<K, N> timers, RestoredState<K> part, Serializer<N> namespace) {
        for (int group = 0; group < part.groupCount(); group++) {
            timers.plan(group, part.count(group));
            decode(
                    part,
                    group,
                    (inGroup, keyGroup) -> {
                        keyIn.skipBytes(groupLength);
                        long time = keyIn.readLong() ^ Long.MIN_VALUE;
                        K key = keySerializer.read(keyIn);
                        expectGroup(key, keyGroup);
                        N ofNamespace = namespace.read(keyIn);
                        if (!timers.restore(inGroup, time, key, ofNamespace)) {
                            throw new IOException("the timer is there twice");
                        }
                    });
        }
    }

    private void decode(RestoredState<K> part, int group, Decoder decoder) {
        int keyGroup = keyGroups.first() + group;
        try {
            part.forEach(
                    group,
                    (bytes, key, keyLength, value, valueLength) -> {
                        keyIn.wrap(bytes, key, keyLength);
                        valueIn.wrap(bytes, value, valueLength);
                        int said = CompositeKeys.keyGroup(bytes, key, groupLength);
                        if (said != keyGroup) {
                            throw new IOException("its key says key group " + said);
                        }
                        decoder.entry(group, keyGroup);
                        if (keyIn.remaining() + valueIn.remaining() > 0) {
                            throw new IOException(
                                    "%d bytes of its key and %d of its value were not read"
                                            .formatted(keyIn.remaining(), valueIn.remaining()));
                        }
                    });
        } catch (IOException | RuntimeException e) {
            throw Refusals.unreadable(
                    owner,
                    part.schema().name(),
                    keyGroup,
                    Schemas.types(part.schema()),
                    e.getMessage() == null ? e.toString() : e.getMessage(),
                    e);
        }
    }

    private void expectGroup(K key, int keyGroup) throws IOException {
        int expected = KeyGroupRange.keyGroup(key, maxParallelism);
        if (expected != keyGroup) {
            throw new IOException(
                    "by its hash code its key, a %s, belongs to key group %d: the hash code must depend on the content alone"
                            .formatted(key.getClass().getName(), expected));
        }
    }
}

package io.holdfast.toolkit.canonical;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.spi.snapshot.KeyGroupRange;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What the entries of one keyed backend are: the header of {@link CanonicalFormat}, for formats of
 * backends too that keep the same entries in files of their own.
 *
 * @param maxParallelism number of key groups of the job
 * @param keyGroups the key groups covered
 * @param key describes the serializer of the keys
 * @param states the states, by number
 */
public record CanonicalHeader(
        int maxParallelism,
        KeyGroupRange keyGroups,
        SerializerSnapshot key,
        List<StateSchema> states) {

    /** Refuses null, copies the list. */
    public CanonicalHeader {
        Objects.requireNonNull(keyGroups, "keyGroups");
        Objects.requireNonNull(key, "key");
        states = List.copyOf(states);
    }

    /**
     * Writes it.
     *
     * @param out where to
     * @throws IOException if {@code out} fails
     */
    public void writeTo(DataOutput out) throws IOException {
        out.writeInt(maxParallelism);
        out.writeInt(keyGroups.first());
        out.writeInt(keyGroups.last());
        key.writeTo(out);
        out.writeInt(states.size());
        for (StateSchema state : states) {
            state.writeTo(out);
        }
    }

    /**
     * Reads what {@link #writeTo} wrote. Memory is taken as parts are read, not as they are
     * announced.
     *
     * @param in where from
     * @return the header
     * @throws IOException if {@code in} fails or ends early, or if it cannot have been written so
     */
    public static CanonicalHeader readFrom(DataInput in) throws IOException {
        int maxParallelism = in.readInt();
        KeyGroupRange keyGroups = range(in.readInt(), in.readInt());
        SerializerSnapshot key = SerializerSnapshot.readFrom(in);
        int count = in.readInt();
        if (count < 0) {
            throw new IOException(count + " states");
        }
        List<StateSchema> states = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            states.add(StateSchema.readFrom(in));
        }
        return new CanonicalHeader(maxParallelism, keyGroups, key, states);
    }

    private static KeyGroupRange range(int first, int last) throws IOException {
        try {
            return new KeyGroupRange(first, last);
        } catch (HoldfastException e) {
            throw new IOException("key groups " + first + ".." + last, e);
        }
    }
}

package io.holdfast.toolkit.metadata;

import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.spi.snapshot.StreamHandle;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Refers to the operator state of one subtask: all its named states, in one stream.
 *
 * @param states what the stream holds, with different names
 * @param data the stream
 */
public record OperatorStateHandle(List<NamedState> states, StreamHandle data) {

    /** How the elements of a state find their subtasks when it is restored. */
    public enum Distribution {
        /** Each element goes to one subtask. */
        SPLIT,
        /** Each subtask gets all elements of all subtasks. */
        UNION,
        /** Each subtask gets the whole of one subtask's copy; the copies are equal. */
        BROADCAST
    }

    /**
     * One state within the stream.
     *
     * @param name its name
     * @param distribution how it is restored
     * @param serializers what wrote it: of the elements if it is a list, of keys and values if it
     *     is a broadcast map
     * @param offsets where each element begins in the stream; for {@code BROADCAST} one offset,
     *     where the map begins; not copied, not to be changed
     */
    public record NamedState(
            String name,
            Distribution distribution,
            List<SerializerSnapshot> serializers,
            long[] offsets) {
        /** Refuses null and a broadcast state with other than one offset, copies the list. */
        public NamedState {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(distribution, "distribution");
            serializers = List.copyOf(serializers);
            Objects.requireNonNull(offsets, "offsets");
            if (distribution == Distribution.BROADCAST && offsets.length != 1) {
                throw new IllegalArgumentException(
                        offsets.length + " offsets of broadcast state " + name);
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof NamedState that
                    && name.equals(that.name)
                    && distribution == that.distribution
                    && serializers.equals(that.serializers)
                    && Arrays.equals(offsets, that.offsets);
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, distribution, serializers, Arrays.hashCode(offsets));
        }

        @Override
        public String toString() {
            return name + " (" + distribution + ", " + offsets.length + " offsets)";
        }
    }

    /** Refuses null, copies the list. */
    public OperatorStateHandle {
        states = List.copyOf(states);
        Objects.requireNonNull(data, "data");
    }
}

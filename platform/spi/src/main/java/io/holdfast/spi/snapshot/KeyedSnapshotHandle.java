package io.holdfast.spi.snapshot;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Refers to the snapshot of one keyed backend. */
public sealed interface KeyedSnapshotHandle {

    /**
     * The key groups it holds.
     *
     * @return the range
     */
    KeyGroupRange keyGroups();

    /**
     * All streams it refers to.
     *
     * @return the streams, each once
     */
    Stream<StreamHandle> streams();

    /**
     * Name and version of the format of its bytes, such as {@code canonical/1}. A backend that does
     * not know it refuses it.
     *
     * @return the format
     */
    String format();

    /**
     * One stream with an offset for each key group.
     *
     * @param keyGroups the range
     * @param format name and version of the stream's format
     * @param offsets where each group begins, in the order of the range; 0 for a group without
     *     entries; not copied
     * @param data the stream
     */
    record ByKeyGroup(KeyGroupRange keyGroups, String format, long[] offsets, StreamHandle data)
            implements KeyedSnapshotHandle {
        /** Checks that there is one offset for each group. */
        public ByKeyGroup {
            Objects.requireNonNull(keyGroups, "keyGroups");
            Objects.requireNonNull(format, "format");
            Objects.requireNonNull(data, "data");
            if (offsets.length != keyGroups.size()) {
                throw new IllegalArgumentException(
                        offsets.length + " offsets for key groups " + keyGroups);
            }
        }

        @Override
        public Stream<StreamHandle> streams() {
            return Stream.of(data);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ByKeyGroup that
                    && keyGroups.equals(that.keyGroups)
                    && format.equals(that.format)
                    && Arrays.equals(offsets, that.offsets)
                    && data.equals(that.data);
        }

        @Override
        public int hashCode() {
            return Objects.hash(keyGroups, format, Arrays.hashCode(offsets), data);
        }
    }

    /**
     * A file of a backend's own kind.
     *
     * @param name its name in the backend's working directory
     * @param data its bytes
     */
    record NamedStream(String name, StreamHandle data) {
        /** Refuses null. */
        public NamedStream {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(data, "data");
        }
    }

    /**
     * Files of a backend's own kind, some of them shared with other checkpoints.
     *
     * @param keyGroups the range
     * @param format name and version of the format
     * @param backendId tells apart working states whose file names may collide
     * @param checkpointId the checkpoint it was made for
     * @param meta describes the states
     * @param shared files that other checkpoints may refer to as well
     * @param exclusive files of this checkpoint only
     */
    record Incremental(
            KeyGroupRange keyGroups,
            String format,
            String backendId,
            long checkpointId,
            StreamHandle meta,
            List<NamedStream> shared,
            List<NamedStream> exclusive)
            implements KeyedSnapshotHandle {
        /** Refuses null, copies the lists. */
        public Incremental {
            Objects.requireNonNull(keyGroups, "keyGroups");
            Objects.requireNonNull(format, "format");
            Objects.requireNonNull(backendId, "backendId");
            Objects.requireNonNull(meta, "meta");
            shared = List.copyOf(shared);
            exclusive = List.copyOf(exclusive);
        }

        @Override
        public Stream<StreamHandle> streams() {
            return Stream.concat(
                            Stream.of(meta),
                            Stream.concat(shared.stream(), exclusive.stream())
                                    .map(NamedStream::data))
                    .distinct();
        }
    }

    /**
     * A materialized snapshot and the changes since.
     *
     * @param keyGroups the range
     * @param format name and version of the format of the changes
     * @param materialized snapshots of the wrapped backend, possibly none
     * @param changes segments of changes, in order
     * @param materializationId counts the materializations
     */
    record Changes(
            KeyGroupRange keyGroups,
            String format,
            List<KeyedSnapshotHandle> materialized,
            List<StreamHandle> changes,
            long materializationId)
            implements KeyedSnapshotHandle {
        /** Refuses null, copies the lists. */
        public Changes {
            Objects.requireNonNull(keyGroups, "keyGroups");
            Objects.requireNonNull(format, "format");
            materialized = List.copyOf(materialized);
            changes = List.copyOf(changes);
        }

        @Override
        public Stream<StreamHandle> streams() {
            return Stream.concat(
                            materialized.stream().flatMap(KeyedSnapshotHandle::streams),
                            changes.stream())
                    .distinct();
        }
    }

    /**
     * Files of a backend's own kind in a directory of this machine, for a backend of the same name
     * and the same key groups that is opened at once: never part of a checkpoint. Whoever restores
     * them may move them away.
     *
     * @param keyGroups the range
     * @param format name and version of the format
     * @param directory holds nothing but the files
     */
    record LocalFiles(KeyGroupRange keyGroups, String format, Path directory)
            implements KeyedSnapshotHandle {
        /** Refuses null. */
        public LocalFiles {
            Objects.requireNonNull(keyGroups, "keyGroups");
            Objects.requireNonNull(format, "format");
            Objects.requireNonNull(directory, "directory");
        }

        /** None: its bytes are no streams. */
        @Override
        public Stream<StreamHandle> streams() {
            return Stream.empty();
        }
    }
}

package io.holdfast.toolkit.metadata;

import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.ByKeyGroup;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.Changes;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.Incremental;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.NamedStream;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.toolkit.io.BytesOutput;
import io.holdfast.toolkit.metadata.OperatorStateHandle.NamedState;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes one file of {@link CheckpointMetadataFormat}. */
final class MetadataEncoder {
    private final CheckpointMetadata metadata;
    private final Optional<URI> directory;
    private final Map<StreamHandle.InFile, Integer> files = new LinkedHashMap<>();

    MetadataEncoder(CheckpointMetadata metadata, Optional<URI> directory) {
        this.metadata = metadata;
        this.directory = directory;
    }

    byte[] encode() throws IOException {
        BytesOutput job = job();
        // Operators first: they fill the table of files.
        BytesOutput operators = operators();
        BytesOutput table = files();

        BytesOutput out = CheckpointMetadataFormat.newOutput();
        out.writeInt(CheckpointMetadataFormat.MAGIC);
        string(out, CheckpointMetadataFormat.FORMAT);
        out.writeInt(CheckpointMetadataFormat.VERSION);
        long sections = 3 * 5L + job.length() + table.length() + operators.length();
        out.writeLong(out.length() + 8 + sections + CheckpointMetadataFormat.TRAILER);
        section(out, CheckpointMetadataFormat.SECTION_JOB, job);
        section(out, CheckpointMetadataFormat.SECTION_FILES, table);
        section(out, CheckpointMetadataFormat.SECTION_OPERATORS, operators);
        out.writeInt(CheckpointMetadataFormat.END);
        out.writeInt(CheckpointMetadataFormat.checksum(out.array(), out.length()));
        return out.toByteArray();
    }

    private static void section(BytesOutput out, int number, BytesOutput content) {
        out.writeByte(number);
        out.writeInt(content.length());
        out.write(content.array(), 0, content.length());
    }

    private BytesOutput job() {
        BytesOutput out = CheckpointMetadataFormat.newOutput();
        out.writeLong(metadata.checkpointId());
        out.writeByte(
                switch (metadata.kind()) {
                    case CHECKPOINT -> 0;
                    case SAVEPOINT -> 1;
                });
        out.writeBoolean(metadata.drained());
        out.writeLong(metadata.triggeredAt().toEpochMilli());
        out.writeLong(metadata.completedAt().toEpochMilli());
        string(out, metadata.jobId());
        string(out, metadata.jobName());
        return out;
    }

    private BytesOutput files() {
        boolean beside = metadata.kind() == CheckpointMetadata.Kind.CHECKPOINT;
        BytesOutput out = CheckpointMetadataFormat.newOutput();
        out.writeVarInt(files.size());
        for (StreamHandle.InFile file : files.keySet()) {
            Optional<String> relative =
                    directory.flatMap(base -> Locations.relative(base, file.file(), beside));
            out.writeByte(relative.isPresent() ? 1 : 0);
            string(out, relative.orElseGet(() -> file.file().toString()));
            out.writeLong(file.length());
            out.writeInt(file.crc32c());
            out.writeByte(file.scope() == SnapshotScope.SHARED ? 1 : 0);
        }
        return out;
    }

    private BytesOutput operators() throws IOException {
        BytesOutput out = CheckpointMetadataFormat.newOutput();
        out.writeVarInt(metadata.operators().size());
        for (OperatorMetadata operator : metadata.operators()) {
            string(out, operator.id());
            string(out, operator.name());
            out.writeInt(operator.parallelism());
            out.writeInt(operator.maxParallelism());
            for (OperatorSnapshot subtask : operator.subtasks()) {
                List<KeyedSnapshotHandle> keyed = new ArrayList<>(subtask.keyed());
                subtask.rawKeyed().ifPresent(keyed::add);
                keyed(out, keyed, 0);
                out.writeBoolean(subtask.operatorState().isPresent());
                if (subtask.operatorState().isPresent()) {
                    operatorState(out, subtask.operatorState().get());
                }
            }
        }
        return out;
    }

    private void keyed(BytesOutput out, List<KeyedSnapshotHandle> handles, int depth)
            throws IOException {
        if (depth > CheckpointMetadataFormat.MAX_DEPTH) {
            throw new IOException("snapshots within snapshots deeper than " + (depth - 1));
        }
        out.writeVarInt(handles.size());
        for (KeyedSnapshotHandle handle : handles) {
            if (handle instanceof ByKeyGroup byKeyGroup) {
                keyedHead(out, CheckpointMetadataFormat.BY_KEY_GROUP, handle);
                stream(out, byKeyGroup.data());
                offsets(out, byKeyGroup.offsets());
            } else if (handle instanceof Incremental incremental) {
                keyedHead(out, CheckpointMetadataFormat.INCREMENTAL, handle);
                string(out, incremental.backendId());
                out.writeLong(incremental.checkpointId());
                stream(out, incremental.meta());
                namedStreams(out, incremental.shared());
                namedStreams(out, incremental.exclusive());
            } else if (handle instanceof Changes changes) {
                keyedHead(out, CheckpointMetadataFormat.CHANGES, handle);
                out.writeLong(changes.materializationId());
                keyed(out, changes.materialized(), depth + 1);
                out.writeVarInt(changes.changes().size());
                for (StreamHandle segment : changes.changes()) {
                    stream(out, segment);
                }
            } else {
                throw new IllegalArgumentException(
                        handle.format() + " does not belong into a checkpoint");
            }
        }
    }

    private static void keyedHead(BytesOutput out, int form, KeyedSnapshotHandle handle) {
        out.writeByte(form);
        out.writeInt(handle.keyGroups().first());
        out.writeInt(handle.keyGroups().last());
        string(out, handle.format());
    }

    private void namedStreams(BytesOutput out, List<NamedStream> streams) {
        out.writeVarInt(streams.size());
        for (NamedStream named : streams) {
            string(out, named.name());
            stream(out, named.data());
        }
    }

    private void operatorState(BytesOutput out, OperatorStateHandle handle) throws IOException {
        out.writeVarInt(handle.states().size());
        for (NamedState state : handle.states()) {
            string(out, state.name());
            out.writeByte(
                    switch (state.distribution()) {
                        case SPLIT -> 0;
                        case UNION -> 1;
                        case BROADCAST -> 2;
                    });
            out.writeVarInt(state.serializers().size());
            for (SerializerSnapshot serializer : state.serializers()) {
                serializer.writeTo(out);
            }
            out.writeVarInt(state.offsets().length);
            offsets(out, state.offsets());
        }
        stream(out, handle.data());
    }

    private static void offsets(BytesOutput out, long[] offsets) {
        for (long offset : offsets) {
            out.writeLong(offset);
        }
    }

    private void stream(BytesOutput out, StreamHandle handle) {
        if (handle instanceof StreamHandle.Inline inline) {
            out.writeVarInt(0);
            out.writeVarInt(inline.bytes().length);
            out.write(inline.bytes());
        } else if (handle instanceof StreamHandle.InFile file) {
            Integer number = files.get(file);
            if (number == null) {
                number = files.size() + 1;
                files.put(file, number);
            }
            out.writeVarInt(number);
        }
    }

    private static void string(BytesOutput out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeVarInt(bytes.length);
        out.write(bytes);
    }
}

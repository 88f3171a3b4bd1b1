package io.holdfast.toolkit.metadata;

import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.ByKeyGroup;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.Changes;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.Incremental;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.NamedStream;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.metadata.OperatorStateHandle.Distribution;
import io.holdfast.toolkit.metadata.OperatorStateHandle.NamedState;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one file of {@link CheckpointMetadataFormat} whose checksum is right. An {@link
 * IOException} says what is wrong with the bytes; the position of the input says where.
 */
final class MetadataDecoder {
    private final BytesInput in;
    private final int fileLength;
    private final Optional<URI> directory;
    private final String source;
    private List<StreamHandle.InFile> files = List.of();

    /** Reads one element of a list. */
    private interface Part<T> {
        T read() throws IOException;
    }

    MetadataDecoder(BytesInput in, int fileLength, Optional<URI> directory, String source) {
        this.in = in;
        this.fileLength = fileLength;
        this.directory = directory;
        this.source = source;
    }

    CheckpointMetadata decode() throws IOException {
        String format = string("name of the format");
        int version = in.readInt();
        if (!format.equals(CheckpointMetadataFormat.FORMAT)
                || version != CheckpointMetadataFormat.VERSION) {
            throw CheckpointMetadataFormat.otherVersion(source, format, version);
        }
        long announced = in.readLong();
        if (announced != fileLength) {
            throw new IOException(
                    "a length of %d in a file of %d bytes".formatted(announced, fileLength));
        }
        int jobEnd = section(CheckpointMetadataFormat.SECTION_JOB);
        long checkpointId = in.readLong();
        CheckpointMetadata.Kind kind =
                choice(
                        "kind",
                        CheckpointMetadata.Kind.CHECKPOINT,
                        CheckpointMetadata.Kind.SAVEPOINT);
        boolean drained = choice("drained", false, true);
        Instant triggered = time();
        Instant completed = time();
        String jobId = string("job id");
        String jobName = string("job name");
        endOf("section 1", jobEnd);

        int filesEnd = section(CheckpointMetadataFormat.SECTION_FILES);
        files = list("files", 15, this::file);
        endOf("section 2", filesEnd);

        int operatorsEnd = section(CheckpointMetadataFormat.SECTION_OPERATORS);
        List<OperatorMetadata> operators = list("operators", 12, this::operator);
        endOf("section 3", operatorsEnd);
        endOf("the sections", in.position() + in.remaining());
        refuseSameIds(operators);
        return new CheckpointMetadata(
                checkpointId, kind, drained, triggered, completed, jobId, jobName, operators);
    }

    private int section(int number) throws IOException {
        int found = in.readUnsignedByte();
        if (found != number) {
            throw new IOException("section %d where %d belongs".formatted(found, number));
        }
        int length = in.readInt();
        if (length < 0 || length > in.remaining()) {
            throw new IOException(
                    "a section of %d bytes, %d are left".formatted(length, in.remaining()));
        }
        return in.position() + length;
    }

    private void endOf(String what, int expected) throws IOException {
        if (in.position() != expected) {
            throw new IOException(
                    "%s ends at byte %d, expected %d".formatted(what, in.position(), expected));
        }
    }

    private Instant time() throws IOException {
        return Instant.ofEpochMilli(in.readLong());
    }

    private StreamHandle.InFile file() throws IOException {
        boolean relative = choice("place of a file", false, true);
        String location = string("location");
        URI uri = location(relative, location);
        long length = in.readLong();
        if (length < 0) {
            throw new IOException("a length of %d of %s".formatted(length, location));
        }
        int crc = in.readInt();
        SnapshotScope scope = choice("scope", SnapshotScope.EXCLUSIVE, SnapshotScope.SHARED);
        return new StreamHandle.InFile(uri, length, crc, scope);
    }

    private URI location(boolean relative, String location) throws IOException {
        if (!relative) {
            return Locations.absolute(location)
                    .orElseThrow(() -> new IOException("'" + location + "' is no absolute URI"));
        }
        if (directory.isEmpty()) {
            throw new IOException(
                    "'%s' is relative, but these metadata lie in no directory".formatted(location));
        }
        return Locations.resolve(directory.get(), location)
                .orElseThrow(
                        () ->
                                new IOException(
                                        "'%s' is no location below or beside %s"
                                                .formatted(location, directory.get())));
    }

    private OperatorMetadata operator() throws IOException {
        String id = string("operator id");
        String name = string("operator name");
        int parallelism = number("parallelism", in.readInt(), 1, KeyGroupRange.MAX_KEY_GROUPS);
        int maxParallelism =
                number("max parallelism", in.readInt(), parallelism, KeyGroupRange.MAX_KEY_GROUPS);
        List<OperatorSnapshot> subtasks = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            subtasks.add(subtask(maxParallelism));
        }
        return new OperatorMetadata(id, name, parallelism, maxParallelism, subtasks);
    }

    private OperatorSnapshot subtask(int maxParallelism) throws IOException {
        List<KeyedSnapshotHandle> keyed = keyedList(maxParallelism, 0);
        Optional<ByKeyGroup> raw = raw(keyed);
        boolean hasOperatorState = choice("mark of operator state", false, true);
        return new OperatorSnapshot(
                raw.isPresent() ? keyed.subList(0, keyed.size() - 1) : keyed,
                raw,
                hasOperatorState ? Optional.of(operatorState()) : Optional.empty());
    }

    /** What is no backend's. */
    private static Optional<ByKeyGroup> raw(List<KeyedSnapshotHandle> keyed) throws IOException {
        for (int i = 0; i < keyed.size(); i++) {
            KeyedSnapshotHandle handle = keyed.get(i);
            if (OperatorSnapshot.isRaw(handle)) {
                if (i == keyed.size() - 1 && handle instanceof ByKeyGroup byKeyGroup) {
                    return Optional.of(byKeyGroup);
                }
                throw new IOException(
                        "raw keyed state '%s' as keyed snapshot %d of %d, in a %s"
                                .formatted(
                                        handle.format(),
                                        i + 1,
                                        keyed.size(),
                                        handle.getClass().getSimpleName()));
            }
        }
        return Optional.empty();
    }

    private List<KeyedSnapshotHandle> keyedList(int maxParallelism, int depth) throws IOException {
        if (depth > CheckpointMetadataFormat.MAX_DEPTH) {
            throw new IOException("snapshots within snapshots deeper than " + (depth - 1));
        }
        return list("keyed snapshots", 11, () -> keyed(maxParallelism, depth));
    }

    private KeyedSnapshotHandle keyed(int maxParallelism, int depth) throws IOException {
        int form = in.readUnsignedByte();
        int first = number("first key group", in.readInt(), 0, maxParallelism - 1);
        int last = number("last key group", in.readInt(), first, maxParallelism - 1);
        KeyGroupRange range = new KeyGroupRange(first, last);
        String format = string("format");
        switch (form) {
            case CheckpointMetadataFormat.BY_KEY_GROUP -> {
                StreamHandle data = stream();
                return new ByKeyGroup(range, format, offsets(range.size()), data);
            }
            case CheckpointMetadataFormat.INCREMENTAL -> {
                return new Incremental(
                        range,
                        format,
                        string("backend id"),
                        in.readLong(),
                        stream(),
                        list("shared streams", 2, this::namedStream),
                        list("exclusive streams", 2, this::namedStream));
            }
            case CheckpointMetadataFormat.CHANGES -> {
                long materializationId = in.readLong();
                return new Changes(
                        range,
                        format,
                        keyedList(maxParallelism, depth + 1),
                        list("changes", 1, this::stream),
                        materializationId);
            }
            default -> throw new IOException("a keyed snapshot of form " + form);
        }
    }

    private NamedStream namedStream() throws IOException {
        return new NamedStream(string("name of a stream"), stream());
    }

    private OperatorStateHandle operatorState() throws IOException {
        List<NamedState> states = list("operator states", 4, this::namedState);
        Set<String> names = new HashSet<>();
        for (NamedState state : states) {
            if (!names.add(state.name())) {
                throw new IOException("two operator states named '" + state.name() + "'");
            }
        }
        return new OperatorStateHandle(states, stream());
    }

    private NamedState namedState() throws IOException {
        String name = string("name of a state");
        Distribution distribution =
                choice(
                        "distribution",
                        Distribution.SPLIT,
                        Distribution.UNION,
                        Distribution.BROADCAST);
        List<SerializerSnapshot> serializers =
                list("serializers", 14, () -> SerializerSnapshot.readFrom(in));
        long[] offsets = offsets(count("offsets", 8));
        if (distribution == Distribution.BROADCAST && offsets.length != 1) {
            throw new IOException(
                    "%d offsets of broadcast state '%s'".formatted(offsets.length, name));
        }
        return new NamedState(name, distribution, serializers, offsets);
    }

    private long[] offsets(int count) throws IOException {
        if (count > in.remaining() / 8) {
            throw new IOException("%d offsets, %d bytes are left".formatted(count, in.remaining()));
        }
        long[] offsets = new long[count];
        for (int i = 0; i < count; i++) {
            offsets[i] = in.readLong();
            if (offsets[i] < 0) {
                throw new IOException("an offset of " + offsets[i]);
            }
        }
        return offsets;
    }

    private StreamHandle stream() throws IOException {
        int number = in.readVarInt();
        if (number == 0) {
            byte[] bytes = new byte[count("inline bytes", 1)];
            in.readFully(bytes);
            return new StreamHandle.Inline(bytes);
        }
        if (number < 0 || number > files.size()) {
            throw new IOException(
                    "file %d of a table of %d".formatted(number & 0xFFFFFFFFL, files.size()));
        }
        return files.get(number - 1);
    }

    /** A count of things that take at least {@code size} bytes each. */
    private int count(String what, int size) throws IOException {
        int count = in.readVarInt();
        if (count < 0 || count > in.remaining() / size) {
            throw new IOException(
                    "%d %s, %d bytes are left"
                            .formatted(count & 0xFFFFFFFFL, what, in.remaining()));
        }
        return count;
    }

    private <T> List<T> list(String what, int size, Part<T> part) throws IOException {
        int count = count(what, size);
        List<T> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(part.read());
        }
        return list;
    }

    private String string(String what) throws IOException {
        byte[] bytes = new byte[count("bytes of " + what, 1)];
        in.readFully(bytes);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IOException(what + " is not UTF-8", e);
        }
    }

    @SafeVarargs
    private <T> T choice(String what, T... values) throws IOException {
        int found = in.readUnsignedByte();
        if (found >= values.length) {
            throw new IOException(
                    "%d as %s, possible are 0 to %d".formatted(found, what, values.length - 1));
        }
        return values[found];
    }

    private static int number(String what, int found, int min, int max) throws IOException {
        if (found < min || found > max) {
            throw new IOException("%s %d, possible are %d to %d".formatted(what, found, min, max));
        }
        return found;
    }

    private static void refuseSameIds(List<OperatorMetadata> operators) throws IOException {
        Set<String> ids = new HashSet<>();
        for (OperatorMetadata operator : operators) {
            if (!ids.add(operator.id())) {
                throw new IOException("two operators with id '" + operator.id() + "'");
            }
        }
    }
}

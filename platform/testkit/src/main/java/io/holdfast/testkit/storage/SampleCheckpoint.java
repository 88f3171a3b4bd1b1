package io.holdfast.testkit.storage;

import io.holdfast.spi.filesystem.SeekableInput;
import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.storage.CheckpointWrite;
import io.holdfast.spi.storage.StoredCheckpoint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;

/**
 * A checkpoint whose streams can be told from its seed: written, and later checked to be whole.
 *
 * @param seed makes the content
 * @param lengths number of bytes of each stream; every other one is shared
 */
public record SampleCheckpoint(long seed, int... lengths) {

    /**
     * A checkpoint with streams from empty to some hundred thousand bytes.
     *
     * @param seed makes the content
     * @return the checkpoint
     */
    public static SampleCheckpoint ofSeed(long seed) {
        Random random = new Random(seed);
        return new SampleCheckpoint(
                seed, 0, 1, 100 + random.nextInt(1000), 30_000 + random.nextInt(300_000), 25_000);
    }

    /**
     * The content of a stream.
     *
     * @param stream its index
     * @return the bytes
     */
    public byte[] content(int stream) {
        byte[] bytes = new byte[lengths[stream]];
        new Random(seed * 31 + stream).nextBytes(bytes);
        return bytes;
    }

    /**
     * Writes all streams and publishes.
     *
     * @param write a checkpoint or savepoint that was begun; left open
     * @return what was published
     * @throws IOException if writing fails
     */
    public StoredCheckpoint publish(CheckpointWrite write) throws IOException {
        return write.publish(encode(writeStreams(write), write.directory()));
    }

    /**
     * Writes all streams.
     *
     * @param write a checkpoint or savepoint that was begun
     * @return their handles
     * @throws IOException if writing fails
     */
    public List<StreamHandle> writeStreams(CheckpointWrite write) throws IOException {
        List<StreamHandle> handles = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            handles.add(writeStream(write, i));
        }
        return handles;
    }

    private StreamHandle writeStream(CheckpointWrite write, int stream) throws IOException {
        SnapshotScope scope = stream % 2 == 0 ? SnapshotScope.EXCLUSIVE : SnapshotScope.SHARED;
        byte[] bytes = content(stream);
        try (SnapshotOutput output = write.create(scope)) {
            int half = bytes.length / 2;
            output.write(bytes, 0, half);
            for (int i = half; i < Math.min(bytes.length, half + 10); i++) {
                output.write(bytes[i]);
            }
            int written = Math.min(bytes.length, half + 10);
            output.write(bytes, written, bytes.length - written);
            return output.finish();
        }
    }

    /**
     * Reads every stream of a published checkpoint and compares it with its handle.
     *
     * @param source opens streams
     * @param checkpoint the checkpoint; may have been moved as a whole
     * @return what is wrong with it, or empty if it is whole
     */
    public static Optional<String> damage(SnapshotSource source, StoredCheckpoint checkpoint) {
        try {
            for (Sample sample : decode(checkpoint)) {
                byte[] read;
                try (SeekableInput input = source.open(sample.handle())) {
                    read = input.readAllBytes();
                }
                if (!Arrays.equals(read, sample.expected())) {
                    return Optional.of(
                            "%s: %d bytes, not the %d that were written to %s"
                                    .formatted(
                                            checkpoint,
                                            read.length,
                                            sample.expected().length,
                                            sample.handle()));
                }
                if (sample.handle() instanceof StreamHandle.InFile file
                        && (file.length() != read.length || file.crc32c() != crc(read))) {
                    return Optional.of("length or checksum of " + file + " is wrong");
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(checkpoint + ": " + e);
        }
    }

    /**
     * The handles in the metadata of a sample.
     *
     * @param checkpoint the checkpoint; may have been moved as a whole
     * @return its handles, in the order they were written
     * @throws IOException if the metadata are damaged
     */
    public static List<StreamHandle> handles(StoredCheckpoint checkpoint) throws IOException {
        return decode(checkpoint).stream().map(Sample::handle).toList();
    }

    private record Sample(StreamHandle handle, byte[] expected) {}

    /**
     * Metadata of this checkpoint. Files below the directory are named relative to it.
     *
     * @param handles all of its streams
     * @param directory the directory of the metadata, if there is one
     * @return the metadata
     * @throws IOException never, in fact
     */
    public byte[] encode(List<StreamHandle> handles, Optional<URI> directory) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(seed);
        out.writeInt(handles.size());
        for (int i = 0; i < handles.size(); i++) {
            out.writeInt(lengths[i]);
            StreamHandle handle = handles.get(i);
            if (handle instanceof StreamHandle.Inline inline) {
                out.writeUTF("");
                out.write(inline.bytes());
            } else if (handle instanceof StreamHandle.InFile file) {
                out.writeUTF(relative(file.file(), directory));
                out.writeLong(file.length());
                out.writeInt(file.crc32c());
                out.writeUTF(file.scope().name());
            }
        }
        out.writeInt(crc(bytes.toByteArray()));
        return bytes.toByteArray();
    }

    private static String relative(URI file, Optional<URI> directory) {
        String home = directory.map(uri -> uri.getPath() + "/").orElse("/");
        return directory.isPresent() && file.getPath().startsWith(home)
                ? file.getPath().substring(home.length())
                : file.toString();
    }

    private static List<Sample> decode(StoredCheckpoint checkpoint) throws IOException {
        byte[] metadata = checkpoint.metadata();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(metadata));
        SampleCheckpoint sample = new SampleCheckpoint(in.readLong(), new int[in.readInt()]);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < sample.lengths().length; i++) {
            sample.lengths()[i] = in.readInt();
            String file = in.readUTF();
            StreamHandle handle =
                    file.isEmpty()
                            ? new StreamHandle.Inline(in.readNBytes(sample.lengths()[i]))
                            : new StreamHandle.InFile(
                                    absolute(file, checkpoint.directory()),
                                    in.readLong(),
                                    in.readInt(),
                                    SnapshotScope.valueOf(in.readUTF()));
            samples.add(new Sample(handle, sample.content(i)));
        }
        int end = metadata.length - Integer.BYTES;
        if (in.readInt() != crc(Arrays.copyOf(metadata, end)) || in.read() != -1) {
            throw new IOException("the metadata of " + checkpoint + " are damaged");
        }
        return samples;
    }

    private static URI absolute(String file, Optional<URI> directory) {
        return file.indexOf(':') > 0
                ? URI.create(file)
                : URI.create(directory.orElseThrow() + "/" + file);
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}

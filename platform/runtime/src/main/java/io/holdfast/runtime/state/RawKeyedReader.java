package io.holdfast.runtime.state;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.process.RawKeyedStateInput;
import io.holdfast.spi.filesystem.SeekableInput;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.ByKeyGroup;
import io.holdfast.spi.snapshot.SnapshotSource;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * Reads the key groups of one subtask from streams of {@link RawKeyedFormat}, in ascending order;
 * trusts nothing in them. Holds one stream open at a time. Used by one thread, which closes it.
 */
final class RawKeyedReader implements Iterator<RawKeyedStateInput>, AutoCloseable {

    /** Where a key group begins. */
    private record Place(int keyGroup, ByKeyGroup handle, long offset) {}

    private final String operator;
    private final SnapshotSource source;
    private final List<Place> places;
    private final byte[] block = new byte[RawKeyedFormat.BLOCK];
    private int next;
    private ByKeyGroup opened;
    private SeekableInput in;
    private Group current;
    private boolean closed;

    /**
     * A reader.
     *
     * @param operator names the operator in messages
     * @param wanted the subtask's key groups; others are passed over
     * @param handles refer to the streams
     * @param source opens them
     * @throws HoldfastException SNAPSHOT-4024 if two streams hold one group
     */
    RawKeyedReader(
            String operator,
            KeyGroupRange wanted,
            List<ByKeyGroup> handles,
            SnapshotSource source) {
        this.operator = operator;
        this.source = source;
        this.places = places(wanted, handles);
        for (int i = 1; i < places.size(); i++) {
            Place place = places.get(i);
            if (places.get(i - 1).keyGroup() == place.keyGroup()) {
                throw damaged(
                        place,
                        place.offset(),
                        "the group also in another stream of the checkpoint");
            }
        }
    }

    private static List<Place> places(KeyGroupRange wanted, List<ByKeyGroup> handles) {
        List<Place> places = new ArrayList<>();
        for (ByKeyGroup handle : handles) {
            KeyGroupRange held = handle.keyGroups();
            int last = Math.min(held.last(), wanted.last());
            for (int group = Math.max(held.first(), wanted.first()); group <= last; group++) {
                long offset = handle.offsets()[group - held.first()];
                if (offset != 0) {
                    places.add(new Place(group, handle, offset));
                }
            }
        }
        places.sort(Comparator.comparingInt(Place::keyGroup));
        return places;
    }

    @Override
    public boolean hasNext() {
        return !closed && next < places.size();
    }

    /** The next group; the one before cannot be read any more. */
    @Override
    public RawKeyedStateInput next() {
        return nextGroup();
    }

    Group nextGroup() {
        if (closed) {
            throw late();
        }
        if (next == places.size()) {
            throw new NoSuchElementException("no more key groups");
        }
        Place place = places.get(next++);
        try {
            if (opened != place.handle()) {
                open(place);
            }
            current = new Group(place);
            return current;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "raw keyed state of '%s' cannot be read in key group %d: %s"
                            .formatted(operator, place.keyGroup(), e.getMessage()),
                    e);
        }
    }

    private void open(Place place) throws IOException {
        ByKeyGroup handle = place.handle();
        closeStream();
        if (!handle.format().equals(RawKeyedFormat.NAME)) {
            throw RawKeyedFormat.foreign(operator, handle.data(), handle.format());
        }
        in = source.open(handle.data());
        opened = handle;
        try {
            DataInputStream data = new DataInputStream(in);
            int magic = data.readInt();
            int version = data.readInt();
            if (magic != RawKeyedFormat.MAGIC || version != RawKeyedFormat.VERSION) {
                throw RawKeyedFormat.foreign(
                        operator,
                        handle.data(),
                        "magic %08x, version %d".formatted(magic, version));
            }
        } catch (EOFException e) {
            throw damaged(place, 0, "the end of the stream");
        }
    }

    private HoldfastException damaged(Place place, long position, String what) {
        return RawKeyedFormat.damaged(
                operator, place.keyGroup(), place.handle().data(), position, what);
    }

    private HoldfastException late() {
        return RawKeyedWriter.late(
                operator,
                "read after the next key group was asked for or initializeState has returned",
                "read what is needed of a key group before the next one, within initializeState");
    }

    private void closeStream() throws IOException {
        opened = null;
        if (in != null) {
            SeekableInput before = in;
            in = null;
            before.close();
        }
    }

    /** Ends reading; idempotent. */
    @Override
    public void close() throws IOException {
        closed = true;
        current = null;
        closeStream();
    }

    /** The bytes of one group. */
    final class Group extends RawKeyedStateInput {
        private final Place place;
        private final DataInputStream data = new DataInputStream(in);
        private int blocks;
        private int position;
        private int limit;
        private boolean over;

        private Group(Place place) throws IOException {
            this.place = place;
            long length = in.length();
            if (place.offset() < 8 || place.offset() >= length) {
                throw damaged(
                        place, place.offset(), "an offset outside of %d bytes".formatted(length));
            }
            in.seek(place.offset());
            int found = readInt();
            if (found != place.keyGroup()) {
                throw damaged(place, place.offset(), "key group " + found);
            }
        }

        @Override
        public int keyGroup() {
            return place.keyGroup();
        }

        @Override
        public int read() throws IOException {
            return hasMore() ? block[position++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0) {
                return 0;
            }
            if (!hasMore()) {
                return -1;
            }
            int count = Math.min(length, limit - position);
            System.arraycopy(block, position, target, offset, count);
            position += count;
            return count;
        }

        @Override
        public int available() {
            return this == current ? limit - position : 0;
        }

        /** Whether another byte is there, verified. */
        private boolean hasMore() throws IOException {
            if (this != current) {
                throw late();
            }
            return position < limit || !over && nextBlock();
        }

        private boolean nextBlock() throws IOException {
            long begin = in.position();
            int length = readInt();
            if (length < 0 || length > RawKeyedFormat.BLOCK) {
                throw damaged(place, begin, "a block of " + length + " bytes");
            }
            if (in.readNBytes(block, 0, length) < length) {
                throw damaged(place, begin, "the end of the stream");
            }
            int found =
                    length == 0
                            ? RawKeyedFormat.endChecksum(keyGroup(), blocks)
                            : RawKeyedFormat.checksum(keyGroup(), blocks, block, length);
            int expected = readInt();
            if (found != expected) {
                throw damaged(
                        place,
                        begin,
                        "CRC-32C %08x of block %d, expected %08x"
                                .formatted(found, blocks, expected));
            }
            blocks++;
            position = 0;
            limit = length;
            over = length == 0;
            return !over;
        }

        private int readInt() throws IOException {
            try {
                return data.readInt();
            } catch (EOFException e) {
                throw damaged(place, in.position(), "the end of the stream");
            }
        }

        /** All of its bytes, as they may be written again. */
        List<byte[]> blocks() throws IOException {
            List<byte[]> all = new ArrayList<>();
            while (hasMore()) {
                byte[] bytes = new byte[limit - position];
                System.arraycopy(block, position, bytes, 0, bytes.length);
                all.add(bytes);
                position = limit;
            }
            return all;
        }
    }
}

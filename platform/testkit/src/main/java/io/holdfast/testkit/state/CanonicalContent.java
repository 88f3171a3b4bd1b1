package io.holdfast.testkit.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.testkit.fixture.MemorySnapshots;
import io.holdfast.toolkit.canonical.CanonicalReader;
import io.holdfast.toolkit.canonical.CanonicalWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HexFormat;

/** The entries of canonical snapshots, byte for byte, as text that can be compared. */
final class CanonicalContent {

    private CanonicalContent() {}

    /** Entries of all snapshots: state and key in hexadecimal digits, to value. */
    static Content of(SnapshotSource source, Collection<? extends KeyedSnapshotHandle> handles) {
        Content content = new Content();
        for (KeyedSnapshotHandle handle : handles) {
            try (CanonicalReader reader = CanonicalReader.open(handle, source)) {
                HexFormat hex = HexFormat.of();
                reader.read(
                        new KeyGroupRange(0, KeyGroupRange.MAX_KEY_GROUPS - 1),
                        (state, group, key, keyOffset, keyLength, value, offset, length) -> {
                            String where =
                                    reader.schemas().get(state)
                                            + " "
                                            + hex.formatHex(key, keyOffset, keyOffset + keyLength);
                            String before =
                                    content.entries()
                                            .put(
                                                    where,
                                                    hex.formatHex(value, offset, offset + length));
                            assertThat(before).as("%s stands twice", where).isNull();
                        });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return content;
    }

    /** The same entries in the same order, with packed blocks or without. */
    static KeyedSnapshotHandle rewritten(
            MemorySnapshots snapshots, KeyedSnapshotHandle handle, boolean packed)
            throws IOException {
        try (CanonicalReader reader = CanonicalReader.open(handle, snapshots);
                CanonicalWriter writer = new CanonicalWriter(snapshots, reader.header(), packed)) {
            KeyGroupRange groups = handle.keyGroups();
            for (int group = groups.first(); group <= groups.last(); group++) {
                writer.startKeyGroup(group);
                int[] present = {-1};
                reader.read(
                        new KeyGroupRange(group, group),
                        (state, of, key, keyOffset, keyLength, value, offset, length) -> {
                            if (state != present[0]) {
                                writer.startState(state);
                                present[0] = state;
                            }
                            writer.entry(key, keyOffset, keyLength, value, offset, length);
                        });
            }
            return writer.finish();
        }
    }
}

package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.rocksdb.store.Column;
import io.holdfast.backend.rocksdb.store.Place;
import io.holdfast.backend.rocksdb.store.Store;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.LocalFiles;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.toolkit.canonical.StateSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Goes on with the files of a predecessor, see {@link FilesFormat}: moves them to the place of the
 * new database. The predecessor has links of its own to them and is not touched.
 */
final class FilesRestore<K> implements Restore<K> {
    private final KeyedBackendRequest<K> request;
    private final LocalFiles files;
    private final FilesFormat.Description description;
    private final List<Path> parts;
    private final Serializer<K> key;
    private final List<StoredState> states = new ArrayList<>();

    private FilesRestore(
            KeyedBackendRequest<K> request,
            LocalFiles files,
            FilesFormat.Description description,
            List<Path> parts) {
        this.request = request;
        this.files = files;
        this.description = description;
        this.parts = parts;
        this.key = Restore.fitting(request, request.keySerializer(), files, description.header());
    }

    static <K> FilesRestore<K> begin(KeyedBackendRequest<K> request, LocalFiles files) {
        if (!files.format().equals(FilesFormat.NAME)) {
            throw Refusals.unknownFiles(request.owner(), files, FilesFormat.NAME);
        }
        if (!files.keyGroups().equals(request.keyGroups())) {
            throw Refusals.filesOfOthers(request.owner(), files, request.keyGroups());
        }
        FilesFormat.Description description;
        List<Path> parts = new ArrayList<>();
        try {
            description = FilesFormat.read(files.directory());
            for (FilesFormat.Part part : description.parts()) {
                parts.add(part.in(files.directory()));
            }
        } catch (IOException e) {
            throw Refusals.damagedFiles(request.owner(), files, e.toString());
        }
        if (!description.header().keyGroups().equals(files.keyGroups())) {
            throw Refusals.damagedFiles(
                    request.owner(), files, "key groups " + description.header().keyGroups());
        }
        return new FilesRestore<>(request, files, description, parts);
    }

    @Override
    public Store open(Place place, Store.Setup setup) throws IOException {
        moveTo(place.directory());
        Store store = Store.openFiles(place, setup);
        try {
            adopt(store);
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private void moveTo(Path place) throws IOException {
        for (Path part : parts) {
            Files.move(part, place.resolve(part.getFileName()));
        }
    }

    private void adopt(Store store) {
        Map<Integer, Column> columns = store.inherited();
        Set<Integer> adopted = new HashSet<>();
        for (int i = 0; i < description.columns().size(); i++) {
            StateSchema schema = description.header().states().get(i);
            Integer number = description.columns().get(i);
            if (!columns.containsKey(number) || !adopted.add(number)) {
                throw Refusals.damagedFiles(
                        request.owner(),
                        files,
                        "column %d of state '%s' among columns %s"
                                .formatted(number, schema.name(), columns.keySet()));
            }
            states.add(new StoredState(schema, columns.get(number)));
        }
        // What a state left that was refused, or a migration that failed.
        columns.forEach(
                (number, column) -> {
                    if (!adopted.contains(number)) {
                        store.dropColumn(column);
                    }
                });
    }

    @Override
    public Serializer<K> key() {
        return key;
    }

    @Override
    public List<StoredState> states() {
        return List.copyOf(states);
    }

    /** Nothing is held: files that were moved belong to the database. */
    @Override
    public void close() {}
}

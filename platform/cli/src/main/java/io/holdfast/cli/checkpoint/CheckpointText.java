package io.holdfast.cli.checkpoint;

import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.cli.output.Amounts;
import io.holdfast.cli.output.Table;
import io.holdfast.cli.output.Words;
import io.holdfast.runtime.inspect.CheckpointInspector;
import io.holdfast.runtime.inspect.OperatorContents;
import io.holdfast.runtime.inspect.StateContents;
import io.holdfast.runtime.inspect.StoredEntry;
import io.holdfast.runtime.inspect.StoredFile;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.ByKeyGroup;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.toolkit.metadata.CheckpointMetadata;
import io.holdfast.toolkit.metadata.OperatorMetadata;
import io.holdfast.toolkit.metadata.OperatorSnapshot;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;

/** What a checkpoint holds, in lines for people. */
final class CheckpointText {
    private static final int LISTED_FILES = 50;
    private static final int LISTED_HANDLES = 16;
    private static final int LONGEST_VALUE = 400;

    private final PrintStream out;

    CheckpointText(PrintStream out) {
        this.out = out;
    }

    /** What the checkpoint is as a whole. */
    void head(CheckpointInspector inspector, boolean verified, List<StoredFile> files) {
        CheckpointMetadata metadata = inspector.metadata();
        out.println(Words.visible(inspector.pointer()));
        line(
                "kind",
                metadata.kind().name().toLowerCase(Locale.ROOT)
                        + " "
                        + metadata.checkpointId()
                        + (metadata.drained() ? ", of a job whose input had ended" : ""));
        line("job", "%s (id %s)".formatted(metadata.jobName(), metadata.jobId()));
        line(
                "complete",
                "%s, begun %s before"
                        .formatted(
                                metadata.completedAt(),
                                Amounts.time(
                                        Duration.between(
                                                metadata.triggeredAt(), metadata.completedAt()))));
        long shared =
                files.stream()
                        .map(StoredFile::stream)
                        .filter(file -> file.scope() == SnapshotScope.SHARED)
                        .mapToLong(StreamHandle::length)
                        .sum();
        line(
                "size",
                "%s in %d files%s, and %s of metadata"
                        .formatted(
                                bytes(files.stream().map(StoredFile::stream).toList()),
                                files.size(),
                                shared > 0
                                        ? " (%s of them shared with other checkpoints)"
                                                .formatted(Amounts.bytes(shared))
                                        : "",
                                Amounts.bytes(inspector.metadataBytes())));
        long damaged = files.stream().filter(file -> file.damage().isPresent()).count();
        line(
                "files",
                damaged > 0
                        ? damaged + " DAMAGED, see below"
                        : verified ? "all whole" : "not verified; --verify reads them");
    }

    private void line(String label, String text) {
        out.println("  " + label + " ".repeat(10 - label.length()) + Words.visible(text));
    }

    private static String bytes(List<? extends StreamHandle> streams) {
        return Amounts.bytes(streams.stream().mapToLong(StreamHandle::length).sum());
    }

    /** An operator with its states. */
    void operator(OperatorContents contents) {
        OperatorMetadata operator = contents.operator();
        out.println();
        out.println(
                Words.visible(
                        "%s (id %s): parallelism %d of at most %d%s"
                                .formatted(
                                        operator.name(),
                                        operator.id(),
                                        operator.parallelism(),
                                        operator.maxParallelism(),
                                        operator.hasState() ? "" : ", no state")));
        if (!contents.states().isEmpty()) {
            Table table = new Table("  STATE", "KIND", "KEY", "NAMESPACE", "TYPE", "ENTRIES");
            contents.states()
                    .forEach(
                            state ->
                                    table.row(
                                            List.of(
                                                    "  " + Words.visible(state.name()),
                                                    state.kind(),
                                                    type(state.key()),
                                                    type(state.namespace()),
                                                    type(state),
                                                    state.entries().isPresent()
                                                            ? Amounts.count(
                                                                    state.entries().getAsLong())
                                                            : "-"),
                                            List.of()));
            table.print(out);
        }
        handles(operator);
        contents.unread()
                .forEach(
                        problem ->
                                problem.toString()
                                        .lines()
                                        .forEach(text -> out.println("  " + Words.visible(text))));
    }

    private static String type(StateContents state) {
        return state.mapKey().isEmpty()
                ? type(state.value())
                : "from %s to %s".formatted(type(state.mapKey()), type(state.value()));
    }

    private static String type(Optional<SerializerSnapshot> written) {
        return written.map(Serializers::describe).map(Words::visible).orElse("-");
    }

    private void handles(OperatorMetadata operator) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < operator.subtasks().size(); i++) {
            OperatorSnapshot subtask = operator.subtasks().get(i);
            for (KeyedSnapshotHandle handle : subtask.keyed()) {
                lines.add(
                        "  subtask %d: key groups %s, %s"
                                .formatted(i, handle.keyGroups(), handle(handle)));
            }
            if (subtask.rawKeyed().isPresent()) {
                ByKeyGroup raw = subtask.rawKeyed().get();
                lines.add(
                        "  subtask %d: raw keyed state in %d of key groups %s, %s"
                                .formatted(
                                        i,
                                        LongStream.of(raw.offsets()).filter(at -> at != 0).count(),
                                        raw.keyGroups(),
                                        handle(raw)));
            }
            if (subtask.operatorState().isPresent()) {
                lines.add(
                        "  subtask %d: state without keys, %s"
                                .formatted(
                                        i, bytes(List.of(subtask.operatorState().get().data()))));
            }
        }
        lines.stream().limit(LISTED_HANDLES).map(Words::visible).forEach(out::println);
        if (lines.size() > LISTED_HANDLES) {
            out.println("  and %d more".formatted(lines.size() - LISTED_HANDLES));
        }
    }

    private static String handle(KeyedSnapshotHandle handle) {
        String size = "%s, %s".formatted(handle.format(), bytes(handle.streams().toList()));
        if (handle instanceof KeyedSnapshotHandle.Incremental files) {
            return "%s in %d shared files and %d of its own"
                    .formatted(size, files.shared().size(), files.exclusive().size());
        }
        if (handle instanceof KeyedSnapshotHandle.Changes changes) {
            return "%s: %d snapshots and %d segments of changes"
                    .formatted(size, changes.materialized().size(), changes.changes().size());
        }
        return size;
    }

    /** The files. */
    void files(List<StoredFile> files, boolean verified) {
        if (files.isEmpty()) {
            return;
        }
        out.println();
        Table table = new Table("FILE", "SIZE", "CRC-32C", "SCOPE", "FOUND");
        List<StoredFile> listed = new ArrayList<>(files);
        listed.sort((a, b) -> Boolean.compare(b.damage().isPresent(), a.damage().isPresent()));
        for (StoredFile file : listed.subList(0, Math.min(LISTED_FILES, listed.size()))) {
            table.row(
                    List.of(
                            Words.visible(file.stream().file().toString()),
                            Amounts.bytes(file.stream().length()),
                            "%08x".formatted(file.stream().crc32c()),
                            file.stream().scope().name().toLowerCase(Locale.ROOT),
                            file.damage().isPresent() ? "DAMAGED" : verified ? "whole" : "-"),
                    file.damage().map(Words::visible).stream().toList());
        }
        table.print(out);
        if (files.size() > LISTED_FILES) {
            out.println("and %d more; --json lists all".formatted(files.size() - LISTED_FILES));
        }
    }

    /** Entries, in a line each. */
    void entries(List<StoredEntry> entries, int asked) {
        out.println();
        if (entries.isEmpty()) {
            out.println("no such entries");
        }
        for (StoredEntry entry : entries) {
            StringBuilder line = new StringBuilder(entry.operator() + "/" + entry.state());
            entry.key().ifPresent(key -> line.append("  key ").append(key));
            entry.namespace().ifPresent(namespace -> line.append("  in ").append(namespace));
            entry.mapKey().ifPresent(mapKey -> line.append("  at ").append(mapKey));
            line.append("  = ").append(entry.value());
            boolean cut = line.length() > LONGEST_VALUE;
            out.println(
                    Words.visible(cut ? line.substring(0, LONGEST_VALUE) : line.toString())
                            + (cut ? "…" : ""));
        }
        if (entries.size() == asked) {
            out.println("the first %d; there may be more".formatted(asked));
        }
    }
}

package io.holdfast.cli.checkpoint;

import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.cli.output.ExitCode;
import io.holdfast.cli.output.Json;
import io.holdfast.runtime.inspect.CheckpointInspector;
import io.holdfast.runtime.inspect.OperatorContents;
import io.holdfast.runtime.inspect.StateContents;
import io.holdfast.runtime.inspect.StoredEntry;
import io.holdfast.runtime.inspect.StoredFile;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.toolkit.metadata.CheckpointMetadata;
import io.holdfast.toolkit.metadata.OperatorMetadata;
import io.holdfast.toolkit.metadata.OperatorSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a checkpoint holds, in a document for machines. */
final class CheckpointJson {
    private CheckpointJson() {}

    static Map<String, Object> of(
            CheckpointInspector inspector,
            boolean verified,
            List<StoredFile> files,
            List<OperatorContents> operators,
            Optional<List<StoredEntry>> entries) {
        CheckpointMetadata metadata = inspector.metadata();
        Map<String, Object> fields = new LinkedHashMap<>();
        boolean whole = files.stream().allMatch(file -> file.damage().isEmpty());
        fields.put("status", whole ? "told" : "damaged");
        fields.put("exitCode", whole ? ExitCode.DONE : ExitCode.DATA);
        fields.put("path", inspector.pointer());
        fields.put("kind", word(metadata.kind()));
        fields.put("id", metadata.checkpointId());
        fields.put("drained", metadata.drained());
        fields.put("triggered", metadata.triggeredAt().toString());
        fields.put("completed", metadata.completedAt().toString());
        fields.put("jobId", metadata.jobId());
        fields.put("jobName", metadata.jobName());
        fields.put(
                "bytes",
                files.stream().map(StoredFile::stream).mapToLong(StreamHandle::length).sum());
        fields.put("metadataBytes", inspector.metadataBytes());
        fields.put("verified", verified);
        fields.put("files", files.stream().map(CheckpointJson::file).toList());
        fields.put("operators", operators.stream().map(CheckpointJson::operator).toList());
        entries.ifPresent(
                list -> fields.put("entries", list.stream().map(CheckpointJson::entry).toList()));
        return fields;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> file(StoredFile file) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", file.stream().file().toString());
        fields.put("bytes", file.stream().length());
        fields.put("crc32c", "%08x".formatted(file.stream().crc32c()));
        fields.put("scope", word(file.stream().scope()));
        file.damage().ifPresent(damage -> fields.put("damage", damage));
        return fields;
    }

    private static Map<String, Object> operator(OperatorContents contents) {
        OperatorMetadata operator = contents.operator();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", operator.id());
        fields.put("name", operator.name());
        fields.put("parallelism", operator.parallelism());
        fields.put("maxParallelism", operator.maxParallelism());
        fields.put("states", contents.states().stream().map(CheckpointJson::state).toList());
        List<Object> subtasks = new ArrayList<>();
        operator.subtasks().forEach(subtask -> subtasks.add(subtask(subtask)));
        fields.put("subtasks", subtasks);
        fields.put("problems", Json.of(contents.unread()));
        return fields;
    }

    private static Map<String, Object> state(StateContents state) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", state.name());
        fields.put("kind", state.kind());
        type(fields, "key", state.key());
        type(fields, "namespace", state.namespace());
        type(fields, "mapKey", state.mapKey());
        type(fields, "type", state.value());
        state.entries().ifPresent(count -> fields.put("entries", count));
        return fields;
    }

    private static void type(
            Map<String, Object> fields, String name, Optional<SerializerSnapshot> written) {
        written.ifPresent(
                snapshot -> {
                    fields.put(name, Serializers.describe(snapshot));
                    fields.put(name + "Encoding", snapshot.name());
                });
    }

    private static Map<String, Object> subtask(OperatorSnapshot subtask) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("keyed", subtask.keyed().stream().map(CheckpointJson::handle).toList());
        subtask.rawKeyed().ifPresent(raw -> fields.put("rawKeyed", handle(raw)));
        subtask.operatorState()
                .ifPresent(state -> fields.put("operatorStateBytes", state.data().length()));
        return fields;
    }

    private static Map<String, Object> handle(KeyedSnapshotHandle handle) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("firstKeyGroup", handle.keyGroups().first());
        fields.put("lastKeyGroup", handle.keyGroups().last());
        fields.put("format", handle.format());
        fields.put("bytes", handle.streams().mapToLong(StreamHandle::length).sum());
        if (handle instanceof KeyedSnapshotHandle.Incremental files) {
            fields.put("checkpointId", files.checkpointId());
            fields.put("sharedFiles", files.shared().size());
            fields.put("exclusiveFiles", files.exclusive().size());
        }
        if (handle instanceof KeyedSnapshotHandle.Changes changes) {
            fields.put(
                    "materialized",
                    changes.materialized().stream().map(CheckpointJson::handle).toList());
            fields.put("segmentsOfChanges", changes.changes().size());
        }
        return fields;
    }

    private static Map<String, Object> entry(StoredEntry entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("operator", entry.operator());
        fields.put("state", entry.state());
        fields.put("subtask", entry.subtask());
        entry.key().ifPresent(key -> fields.put("key", tree(key)));
        entry.namespace().ifPresent(namespace -> fields.put("namespace", tree(namespace)));
        entry.mapKey().ifPresent(mapKey -> fields.put("mapKey", tree(mapKey)));
        fields.put("value", tree(entry.value()));
        return fields;
    }

    /** A tree with texts for keys of maps, as a document wants them. */
    private static Object tree(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> fields = new LinkedHashMap<>();
            map.forEach((name, each) -> fields.put(String.valueOf(name), tree(each)));
            return fields;
        }
        if (value instanceof List<?> list) {
            List<Object> elements = new ArrayList<>();
            list.forEach(each -> elements.add(tree(each)));
            return elements;
        }
        if (value instanceof Byte || value instanceof Short) {
            return ((Number) value).intValue();
        }
        boolean plain =
                value == null
                        || value instanceof Long
                        || value instanceof Integer
                        || value instanceof Boolean
                        || value instanceof Double number && Double.isFinite(number);
        return plain ? value : value.toString();
    }
}

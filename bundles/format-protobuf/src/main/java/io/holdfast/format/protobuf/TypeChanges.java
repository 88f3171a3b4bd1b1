package io.holdfast.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What became of a message type that Protobuf would not notice: it skips or reinterprets a field
 * whose type under the same number has changed. By the rules of its language guide, these types may
 * take each other's place because every stored value keeps its meaning: {@code int32} may become
 * {@code int64}, {@code uint32} may become {@code uint64} or {@code int64}, {@code bool} any of
 * them, an enum {@code int32} or {@code int64}, a {@code string} may become {@code bytes}, a field
 * without {@code repeated} one with it. Names do not count; fields may be added and removed.
 */
final class TypeChanges {
    private final List<String> refused = new ArrayList<>();
    private final Set<List<String>> compared = new HashSet<>();

    private TypeChanges() {}

    /** What speaks against reading the stored type as the job's, in clauses that name the field. */
    static List<String> refused(Descriptor stored, Descriptor own) {
        TypeChanges changes = new TypeChanges();
        changes.compare(stored, own);
        return changes.refused;
    }

    private void compare(Descriptor stored, Descriptor own) {
        // Types may hold themselves.
        if (!compared.add(List.of(stored.getFullName(), own.getFullName()))) {
            return;
        }
        for (FieldDescriptor before : stored.getFields()) {
            FieldDescriptor after = own.findFieldByNumber(before.getNumber());
            if (after != null) {
                compare(before, after);
            }
        }
        for (FieldDescriptor after : own.getFields()) {
            if (after.isRequired() && isNotRequired(stored, after)) {
                refused.add(
                        "field %d (%s) of %s is required now, and what is stored may not have it"
                                .formatted(after.getNumber(), after.getName(), own.getFullName()));
            }
        }
    }

    private static boolean isNotRequired(Descriptor stored, FieldDescriptor after) {
        FieldDescriptor before = stored.findFieldByNumber(after.getNumber());
        return before == null || !before.isRequired();
    }

    private void compare(FieldDescriptor before, FieldDescriptor after) {
        boolean one = before.isRepeated() && !after.isRepeated();
        boolean scalarsToMap = before.isMapField() != after.isMapField();
        if (one || scalarsToMap || !mayBecome(before.getType(), after.getType())) {
            refused.add(
                    "field %d of %s: stored as %s, the job uses %s; give the new field another number"
                            .formatted(
                                    before.getNumber(),
                                    before.getContainingType().getFullName(),
                                    describe(before),
                                    describe(after)));
        } else if (after.getType() == Type.MESSAGE || after.getType() == Type.GROUP) {
            compare(before.getMessageType(), after.getMessageType());
        }
    }

    private static boolean mayBecome(Type before, Type after) {
        if (before == after) {
            return true;
        }
        return switch (before) {
            case INT32 -> after == Type.INT64;
            case UINT32 -> after == Type.UINT64 || after == Type.INT64;
            case ENUM -> after == Type.INT32 || after == Type.INT64;
            case BOOL ->
                    after == Type.INT32
                            || after == Type.INT64
                            || after == Type.UINT32
                            || after == Type.UINT64;
            case SINT32 -> after == Type.SINT64;
            case STRING -> after == Type.BYTES;
            default -> false;
        };
    }

    private static String describe(FieldDescriptor field) {
        return (field.isRepeated() ? "repeated " : "")
                + field.getType().name().toLowerCase(java.util.Locale.ROOT)
                + " "
                + field.getName();
    }
}

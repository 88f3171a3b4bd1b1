package io.holdfast.api.serialization;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Records and POJOs, member by member: a primitive as it is, anything else with a leading u8 that
 * is 1 for null. The stored description names the members, so that later versions may add, remove,
 * reorder, rename and widen them, and turn a record into a POJO or back.
 */
final class StructSerializer<T> implements Serializer<T> {
    private final Structure<T> structure;
    private final boolean[] nullable;
    private final Serializer<Object>[] parts;
    private final int fixedLength;

    StructSerializer(Structure<T> structure, Function<Type, Serializer<?>> search) {
        this(structure, parts(structure, search));
    }

    private StructSerializer(Structure<T> structure, Serializer<Object>[] parts) {
        this.structure = structure;
        this.parts = parts;
        this.nullable = new boolean[parts.length];
        int length = 0;
        for (int i = 0; i < parts.length; i++) {
            nullable[i] = !structure.members().get(i).raw().isPrimitive();
            length =
                    length < 0 || nullable[i] || parts[i].fixedLength() < 0
                            ? VARIABLE_LENGTH
                            : length + parts[i].fixedLength();
        }
        fixedLength = length;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Serializer<Object>[] parts(
            Structure<?> structure, Function<Type, Serializer<?>> search) {
        List<Structure.Member> members = structure.members();
        Serializer[] parts = new Serializer[members.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = search.apply(members.get(i).type());
        }
        return parts;
    }

    @Override
    public void write(T value, DataOutput out) throws IOException {
        for (int i = 0; i < parts.length; i++) {
            Object member = structure.get(value, i);
            if (nullable[i]) {
                out.writeBoolean(member == null);
            }
            if (member != null) {
                parts[i].write(member, out);
            }
        }
    }

    @Override
    public T read(DataInput in) throws IOException {
        Object[] values = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = nullable[i] && in.readBoolean() ? null : parts[i].read(in);
        }
        return structure.make(values);
    }

    @Override
    public T copy(T value) {
        Object[] copies = new Object[parts.length];
        boolean same = structure.isImmutable();
        for (int i = 0; i < parts.length; i++) {
            Object member = structure.get(value, i);
            copies[i] = member == null ? null : parts[i].copy(member);
            same &= copies[i] == member || !nullable[i];
        }
        return same ? value : structure.make(copies);
    }

    @Override
    public int fixedLength() {
        return fixedLength;
    }

    @Override
    public Serializer<T> duplicate() {
        Serializer<Object>[] own = parts.clone();
        boolean same = true;
        for (int i = 0; i < own.length; i++) {
            own[i] = parts[i].duplicate();
            same &= own[i] == parts[i];
        }
        return same ? this : new StructSerializer<>(structure, own);
    }

    @Override
    public SerializerSnapshot snapshot() {
        List<String> names = structure.members().stream().map(Structure.Member::name).toList();
        return new SerializerSnapshot(
                toString(),
                1,
                String.join("\n", names).getBytes(StandardCharsets.UTF_8),
                Arrays.stream(parts).map(Serializer::snapshot).toList());
    }

    /** Whether a description is one of a record or a POJO. */
    static boolean describes(SerializerSnapshot written) {
        return written.version() == 1
                && (written.name().startsWith("record:") || written.name().startsWith("pojo:"));
    }

    /** The names of the members in a description, or null if it is damaged. */
    static List<String> names(SerializerSnapshot written) {
        List<String> names =
                written.nested().isEmpty()
                        ? List.of()
                        : List.of(
                                new String(written.body(), StandardCharsets.UTF_8).split("\n", -1));
        return names.size() == written.nested().size() ? names : null;
    }

    @Override
    public Compatibility<T> compatibilityWith(SerializerSnapshot written) {
        SerializerSnapshot own = snapshot();
        if (own.equals(written)) {
            return Compatibility.asIs();
        }
        Class<T> type = structure.type();
        if (!describes(written)) {
            return Parts.mismatch(own, written);
        }
        if (!FormerNames.means(written.name(), "record", type)
                && !FormerNames.means(written.name(), "pojo", type)) {
            return Compatibility.incompatible(
                    "stored as %s, the job uses %s; if it is the same class under another name, put @FormerlyNamed(\"%s\") at it"
                            .formatted(
                                    written,
                                    own,
                                    written.name().substring(written.name().indexOf(':') + 1)));
        }
        List<String> stored = names(written);
        if (stored == null) {
            return Compatibility.incompatible(
                    "description of " + type.getName() + " is damaged: " + written);
        }
        return verdict(written, stored);
    }

    private Compatibility<T> verdict(SerializerSnapshot written, List<String> stored) {
        int[] targets = targets(stored);
        List<StoredMember> members = new ArrayList<>();
        boolean migrate = stored.size() != parts.length;
        boolean reconfigure = false;
        for (int i = 0; i < targets.length; i++) {
            SerializerSnapshot description = written.nested().get(i);
            boolean flagged = !Widening.isPrimitive(description);
            int target = targets[i];
            if (target < 0) {
                migrate = true;
                Serializer<Object> skipped = Serializers.generic(description).orElse(null);
                if (skipped == null) {
                    return incompatible(
                            stored.get(i),
                            "it is gone, and its bytes cannot be skipped, as only its own serializer knows "
                                    + description
                                    + "; keep it until nothing of it is stored");
                }
                members.add(new StoredMember(target, flagged, skipped));
                continue;
            }
            Compatibility<Object> verdict = parts[target].compatibilityWith(description);
            if (verdict instanceof Compatibility.Incompatible<Object> no) {
                return incompatible(stored.get(i), no.reason());
            }
            migrate |=
                    target != i
                            || flagged != nullable[target]
                            || verdict instanceof Compatibility.AfterMigration;
            reconfigure |= verdict instanceof Compatibility.Reconfigured;
            members.add(new StoredMember(target, flagged, Parts.reader(parts[target], verdict)));
        }
        if (migrate) {
            return Compatibility.afterMigration(new StoredStructReader(written, members));
        }
        if (reconfigure) {
            Serializer<Object>[] readers = parts.clone();
            members.forEach(member -> readers[member.target()] = member.serializer());
            return Compatibility.reconfigured(new StructSerializer<>(structure, readers));
        }
        return Compatibility.asIs();
    }

    private Compatibility<T> incompatible(String member, String reason) {
        return Compatibility.incompatible(
                (structure.isImmutable() ? "component " : "field ")
                        + member
                        + " of "
                        + structure.type().getName()
                        + ": "
                        + reason);
    }

    /** Where each stored member goes; -1 where it is dropped. */
    private int[] targets(List<String> stored) {
        int[] targets = new int[stored.size()];
        Arrays.fill(targets, -1);
        for (int member = 0; member < parts.length; member++) {
            FormerNames.Named named = structure.members().get(member).named();
            int source = stored.indexOf(named.name());
            for (int i = 0; source < 0 && i < named.former().size(); i++) {
                source = stored.indexOf(named.former().get(i));
                if (source >= 0 && (targets[source] >= 0 || isPresent(stored.get(source)))) {
                    source = -1;
                }
            }
            if (source >= 0) {
                targets[source] = member;
            }
        }
        return targets;
    }

    private boolean isPresent(String name) {
        return structure.members().stream().anyMatch(member -> member.name().equals(name));
    }

    @Override
    public String toString() {
        return structure.kind() + ":" + structure.type().getName();
    }

    /** Where a stored member goes; target -1 drops it. */
    private record StoredMember(int target, boolean flagged, Serializer<Object> serializer) {}

    /** Reads an earlier shape into the present one. */
    private final class StoredStructReader extends StoredReader<T> {
        private final List<StoredMember> members;

        StoredStructReader(SerializerSnapshot written, List<StoredMember> members) {
            super(written, StructSerializer.this);
            this.members = members;
        }

        @Override
        public T read(DataInput in) throws IOException {
            Object[] values = structure.unset();
            for (StoredMember member : members) {
                Object value =
                        member.flagged() && in.readBoolean() ? null : member.serializer().read(in);
                if (member.target() >= 0) {
                    values[member.target()] = value;
                }
            }
            return structure.make(values);
        }
    }
}

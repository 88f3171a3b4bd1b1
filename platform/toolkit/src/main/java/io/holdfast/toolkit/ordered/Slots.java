package io.holdfast.toolkit.ordered;

import io.holdfast.api.serialization.Compatibility;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.toolkit.canonical.Remainder;
import io.holdfast.toolkit.canonical.StateSchema;
import io.holdfast.toolkit.expiring.Takeover;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;
import io.holdfast.toolkit.keys.CompositeKeys;
import io.holdfast.toolkit.ordered.Slot.Asked;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The states of one backend. What is asked for is compared with what was restored under its name:
 * taken as it is, rewritten, or refused, and then nothing has changed.
 */
final class Slots {
    private final Entries entries;
    private final int firstGroup;
    private final CompositeKeys<?> keys;
    private final int groupLength;
    private final Refusals refusals;
    private final List<Slot> slots = new ArrayList<>();
    private int numbers;

    Slots(
            Entries entries,
            int firstGroup,
            CompositeKeys<?> keys,
            int groupLength,
            Refusals refusals) {
        this.entries = entries;
        this.firstGroup = firstGroup;
        this.keys = keys;
        this.groupLength = groupLength;
        this.refusals = refusals;
    }

    /** All states, whether asked for or not. */
    List<Slot> all() {
        return List.copyOf(slots);
    }

    /** The state of a restored schema; parts of a job may have several for one name. */
    Slot restored(StateSchema schema) {
        for (Slot slot : slots) {
            if (slot.schema.equals(schema)) {
                return slot;
            }
        }
        return add(new Slot(nextNumber(), schema, null));
    }

    private int nextNumber() {
        if (numbers == Entries.MAX_STATES) {
            throw refusals.tooManyStates(Entries.MAX_STATES);
        }
        return numbers++;
    }

    private Slot add(Slot slot) {
        slots.add(slot);
        return slot;
    }

    /** The state that was asked for by a name. */
    Slot named(String name) {
        List<String> known = new ArrayList<>();
        for (Slot slot : slots) {
            if (slot.asked != null) {
                if (slot.schema.name().equals(name)) {
                    return slot;
                }
                known.add(slot.schema.name());
            }
        }
        throw refusals.unknownState(name, known);
    }

    Slot ask(Asked asked) {
        StateSchema wanted = asked.schema();
        List<Slot> found =
                slots.stream().filter(slot -> slot.schema.name().equals(wanted.name())).toList();
        if (found.isEmpty()) {
            return add(new Slot(nextNumber(), wanted, asked));
        }
        Slot first = found.get(0);
        if (first.asked != null) {
            if (!first.asked.schema().equals(wanted)) {
                throw mismatch(first.asked.schema(), wanted, "");
            }
            return first;
        }
        List<Fit> values = new ArrayList<>();
        List<Fit> mapKeys = new ArrayList<>();
        Serializer<?> writer = asked.value();
        Serializer<?> mapKey = asked.mapKey();
        boolean rewrite = found.size() > 1;
        for (Slot restored : found) {
            requireSameKeys(restored.schema, asked);
            Fit value = fit(restored.schema, asked, asked.value(), restored.schema.value());
            Fit key = fit(restored.schema, asked, asked.mapKey(), restored.schema.mapKey());
            rewrite |= value.rewrite || key.rewrite;
            writer = value.writer == asked.value() ? writer : value.writer;
            mapKey = key.writer == asked.mapKey() ? mapKey : key.writer;
            values.add(value);
            mapKeys.add(key);
        }
        Asked used = asked.writtenBy(writer, mapKey);
        int number = rewrite ? rewritten(found, values, mapKeys, used) : first.number;
        slots.removeAll(found);
        return add(new Slot(number, schema(wanted, used), used));
    }

    private void requireSameKeys(StateSchema restored, Asked asked) {
        if (restored.kind() != asked.schema().kind()
                || !(asked.namespace().compatibilityWith(restored.namespace())
                        instanceof Compatibility.AsIs)) {
            throw mismatch(restored, asked.schema(), "");
        }
    }

    /**
     * How one part of what is stored, values or map keys, becomes what is wanted.
     *
     * @param reader reads it
     * @param writer writes it from now on: what was asked for, or what takes its place
     * @param rewrite whether it must be written anew
     */
    private record Fit(Serializer<?> reader, Serializer<?> writer, boolean rewrite) {}

    private Fit fit(
            StateSchema restored,
            Asked asked,
            Serializer<?> part,
            Optional<SerializerSnapshot> written) {
        if (part == null) {
            return new Fit(null, null, false);
        }
        Compatibility<?> verdict = Takeover.verdict(part, written.orElseThrow());
        if (verdict instanceof Compatibility.Incompatible<?> incompatible) {
            throw mismatch(restored, asked.schema(), incompatible.reason());
        }
        if (verdict instanceof Compatibility.AfterMigration<?> migration) {
            return new Fit(migration.reader(), part, true);
        }
        return verdict instanceof Compatibility.Reconfigured<?> reconfigured
                ? new Fit(reconfigured.serializer(), reconfigured.serializer(), false)
                : new Fit(part, part, false);
    }

    private static StateSchema schema(StateSchema wanted, Asked used) {
        return new StateSchema(
                wanted.name(),
                wanted.kind(),
                wanted.namespace(),
                Optional.ofNullable(used.value()).map(Serializer::snapshot),
                Optional.ofNullable(used.mapKey()).map(Serializer::snapshot));
    }

    /** Copies all entries under a new number, and only then removes them: a failure undoes it. */
    private int rewritten(List<Slot> found, List<Fit> values, List<Fit> mapKeys, Asked to) {
        int number = nextNumber();
        try {
            for (int i = 0; i < found.size(); i++) {
                rewrite(found.get(i).number, number, values.get(i), mapKeys.get(i), to);
            }
        } catch (RuntimeException e) {
            removeAll(number);
            throw e;
        }
        found.forEach(slot -> removeAll(slot.number));
        return number;
    }

    private void rewrite(int from, int number, Fit values, Fit mapKeys, Asked to) {
        Codec<Object> before = codec(to.schema(), values.reader());
        Codec<Object> after = codec(to.schema(), to.value());
        byte[] at = Entries.prefix(firstGroup, from);
        for (Map.Entry<byte[], byte[]> entry = entries.ceiling(at, from);
                entry != null;
                entry = entries.ceiling(Entries.after(entry.getKey()), from)) {
            byte[] key = entry.getKey();
            byte[] value =
                    values.reader() == null
                            ? entry.getValue()
                            : before.rewrite(entry.getValue(), after);
            entries.store.put(
                    mapKeys.rewrite()
                            ? withMapKey(key, number, mapKeys.reader(), to)
                            : Entries.key(
                                    Entries.keyGroup(key),
                                    number,
                                    key,
                                    Entries.PREFIX,
                                    key.length - Entries.PREFIX),
                    value);
        }
    }

    /** The key of an entry under a new number, its last part, the map key, written anew. */
    @SuppressWarnings("unchecked") // what one serializer of a state reads, its successor writes
    private byte[] withMapKey(byte[] key, int number, Serializer<?> reader, Asked to) {
        int start = Entries.PREFIX - groupLength;
        BytesInput in = new BytesInput().wrap(key, start, key.length - start);
        BytesOutput out = new BytesOutput(key.length + 8);
        try {
            keys.readKey(in);
            keys.readNamespace(in, to.namespace());
            int end = key.length - in.remaining();
            out.write(key, Entries.PREFIX, end - Entries.PREFIX);
            ((Serializer<Object>) to.mapKey()).write(reader.read(in), out);
        } catch (IOException e) {
            throw refusals.unreadable(to.schema().name(), e);
        }
        return Entries.key(Entries.keyGroup(key), number, out.array(), 0, out.length());
    }

    @SuppressWarnings("unchecked") // what one serializer of a state reads, its successor writes
    private Codec<Object> codec(StateSchema schema, Serializer<?> serializer) {
        return new Codec<>(schema.name(), schema.kind(), (Serializer<Object>) serializer, refusals);
    }

    /** Removes what may be dropped of some entries, in turn; tells whether the end was reached. */
    boolean sweep(Slot slot, int count) {
        if (slot.expiry == null) {
            return true;
        }
        Remainder<Object> remainder = slot.remainder();
        byte[] at = slot.sweptTo == null ? Entries.prefix(firstGroup, slot.number) : slot.sweptTo;
        for (int i = 0; i < count; i++) {
            Map.Entry<byte[], byte[]> entry = entries.ceiling(at, slot.number);
            if (entry == null) {
                slot.sweptTo = null;
                return true;
            }
            sweep(slot, entry, remainder);
            at = Entries.after(entry.getKey());
        }
        slot.sweptTo = at;
        return false;
    }

    private void sweep(Slot slot, Map.Entry<byte[], byte[]> entry, Remainder<Object> remainder) {
        byte[] value = entry.getValue();
        try {
            switch (remainder.of(value, 0, value.length)) {
                case ALL -> {}
                case SOME -> entries.store.put(entry.getKey(), remainder.rest().toByteArray());
                case NOTHING -> entries.store.remove(entry.getKey());
            }
        } catch (IOException e) {
            throw refusals.unreadable(slot.schema.name(), e);
        }
    }

    private void removeAll(int number) {
        byte[] at = Entries.prefix(firstGroup, number);
        for (Map.Entry<byte[], byte[]> entry = entries.ceiling(at, number);
                entry != null;
                entry = entries.ceiling(entry.getKey(), number)) {
            entries.store.remove(entry.getKey());
        }
    }

    private RuntimeException mismatch(StateSchema present, StateSchema wanted, String reason) {
        return refusals.mismatch("State '" + wanted.name() + "'", present, wanted, reason);
    }
}

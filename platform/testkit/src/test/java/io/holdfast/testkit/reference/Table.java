package io.holdfast.testkit.reference;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.toolkit.canonical.StateSchema;
import io.holdfast.toolkit.canonical.StateSchema.Kind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.TreeMap;

/** The entries of one state: composite key to value. */
final class Table {

    /** A value that was restored and not asked for yet. */
    record Raw(byte[] bytes) {}

    /** What the entries are. */
    final StateSchema schema;

    /** What was asked for; differs where another serializer took the place of the one asked. */
    final StateSchema asked;

    /** Null as long as nobody asked for the state. */
    final Layout layout;

    /** Null as long as nobody asked for the state. */
    final Serializer<?> namespace;

    final TreeMap<byte[], Object> entries;

    Table(
            StateSchema schema,
            StateSchema asked,
            Layout layout,
            Serializer<?> namespace,
            int groupLength) {
        this(schema, asked, layout, namespace, new TreeMap<>(order(schema.kind(), groupLength)));
    }

    private Table(
            StateSchema schema,
            StateSchema asked,
            Layout layout,
            Serializer<?> namespace,
            TreeMap<byte[], Object> entries) {
        this.schema = schema;
        this.asked = asked;
        this.layout = layout;
        this.namespace = namespace;
        this.entries = entries;
    }

    /** Timers in the order of time, which stands behind the key group; others as bytes. */
    private static Comparator<byte[]> order(Kind kind, int groupLength) {
        return kind == Kind.TIMERS
                ? (a, b) ->
                        Arrays.compareUnsigned(a, groupLength, a.length, b, groupLength, b.length)
                : Arrays::compareUnsigned;
    }

    /** The same entries, unreachable for later changes. */
    Table copy(Bug bug) {
        Layout own = layout == null ? null : layout.duplicate();
        if (bug == Bug.LIVE_SNAPSHOT) {
            return new Table(schema, asked, own, namespace, entries);
        }
        TreeMap<byte[], Object> copies = new TreeMap<>(entries.comparator());
        entries.forEach(
                (key, value) ->
                        copies.put(
                                key,
                                value instanceof Raw || bug == Bug.SHARED_MUTABLE_VALUE
                                        ? value
                                        : layout.copy(value)));
        return new Table(schema, asked, own, namespace, copies);
    }
}

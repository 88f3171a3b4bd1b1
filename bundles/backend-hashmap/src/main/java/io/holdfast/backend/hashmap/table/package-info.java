/**
 * Tables of entries by key group, fixed for snapshots without being copied. Read {@code
 * PagedTable}, the whole, then {@code PageLayout}, what a page looks like and how it is searched.
 *
 * <p>Knows keys, namespaces, contents and times as objects or as numbers, and nothing of states,
 * serializers or snapshots' formats.
 */
package io.holdfast.backend.hashmap.table;

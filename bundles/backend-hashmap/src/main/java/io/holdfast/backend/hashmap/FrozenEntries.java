package io.holdfast.backend.hashmap;

import io.holdfast.backend.hashmap.FrozenState.Extent;
import io.holdfast.backend.hashmap.table.PageDirectory;
import io.holdfast.backend.hashmap.table.PagedTable;
import io.holdfast.backend.hashmap.table.Removals;

/**
 * The entries of a table, and what was removed of them, as a snapshot fixed it.
 *
 * @param table the table, which goes on; only tells tables apart
 * @param groups the entries; nobody writes them while the epoch is held
 * @param removals what was removed; null, or null for a group, if nothing was
 */
record FrozenEntries(PagedTable table, PageDirectory[] groups, Removals[] removals) {

    static FrozenEntries of(PagedTable table) {
        return new FrozenEntries(table, table.freeze(), table.freezeRemovals());
    }

    int count(int group) {
        return groups[group] == null ? 0 : groups[group].size();
    }

    private Removals removed(int group) {
        return removals == null ? null : removals[group];
    }

    Extent extent(int group, int since) {
        Removals removed = removed(group);
        if (count(group) == 0 || removed != null && !removed.isComplete(since)) {
            return Extent.ALL;
        }
        return Extent.CHANGES;
    }

    <E extends Exception> void forEach(int group, PageDirectory.SlotVisitor<E> visitor) throws E {
        if (groups[group] != null) {
            groups[group].forEach(table.layout(), visitor);
        }
    }

    <E extends Exception> void forEachChanged(
            int group, int since, PageDirectory.SlotVisitor<E> visitor) throws E {
        if (groups[group] != null) {
            groups[group].forEachChanged(table.layout(), since, visitor);
        }
    }

    <E extends Exception> void forEachRemoval(int group, int since, Removals.Visitor<E> visitor)
            throws E {
        Removals removed = removed(group);
        if (removed != null) {
            removed.forEach(since, visitor);
        }
    }
}

package io.holdfast.backend.hashmap;

/**
 * The entries of one state: for each key group an extendible hash table whose pages are copied on
 * write while snapshots are held.
 *
 * @param <P> kind of the pages, which knows what an entry consists of
 */
final class PagedTable<P extends Page<P>> {
    /*
     * Shape. One PageDirectory for each key group, because a snapshot is written group by group and
     * a group is what moves when a job is rescaled. The leading bits of an entry's hash choose a
     * Page in the directory, the low bits a row and a tag in the page. A search touches the
     * directory (small, in the cache), one row of tags, and the cells of the one entry whose tag
     * agrees; keys are compared only there. There is no object for an entry: key, namespace and
     * value stand side by side in the page's array; of numbers there are no objects either
     * (LongPage). A full page is split in two, so growing never
     * moves more than one page's entries at a time: no pause for rehashing, and a table may be
     * loaded in any order. (Loading a table with linear probing in the order of its own hashes
     * while it grows is quadratic, as the entries crowd into the same few slots; here "the same few
     * slots" are at most one page. When the number of entries is known, as in a restore, plan()
     * makes the cells first and hardly any page is split.)
     *
     * Snapshots. freeze() hands out the array of directories: the same work whatever the size. From
     * then on everything reachable from it is never written again until the snapshot's epoch is
     * released (Epochs). Before the task writes, it makes sure by epoch that array, directory and
     * page are its own, and copies those that are not: path copying, as in a persistent tree. So
     * the thread that writes a snapshot reads immutable objects, and there is no race to reason
     * about. What is copied is arrays of references, a page at a time (under 1 KiB), not entries:
     * cheaper than an object per changed entry, and at most once per page and snapshot. Snapshots
     * may overlap; each has its own root.
     *
     * Whatever is newer than the newest epoch held may be written in place. That one number is
     * enough, though a part may be unknown to the newest snapshot and known to an older one: parts
     * are made in the present epoch and epochs are held in ascending order, so a part newer than
     * the newest epoch held is newer than all of them. If a page may be written in place, so may
     * its directory and the array: both were made writable for the page to get in.
     *
     * Values. References are shared between a snapshot's pages and the task's, so an object that is
     * given to code which may change it must be copied first, unless no snapshot can have it. A
     * page knows that of a slot by a bit, set when a value is stored while an epoch is held, and
     * gone when the page is copied for the next snapshot. TableState acts on it.
     *
     * Only the task's thread calls anything here, but for the readers of what freeze() returned.
     */
    private final Epochs epochs;
    private final PageMaker<P> pages;
    private PageDirectory<P>[] groups;
    private int rootEpoch;

    /** Makes the first page of a group. */
    interface PageMaker<P> {

        /** An empty page. */
        P make(int epoch, int depth, int capacity);
    }

    /**
     * An empty table.
     *
     * @param groupCount number of key groups; they are told by index, from 0
     * @param pages makes pages
     */
    PagedTable(Epochs epochs, int groupCount, PageMaker<P> pages) {
        this.epochs = epochs;
        this.pages = pages;
        this.groups = noGroups(groupCount);
        this.rootEpoch = epochs.current();
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    private static <P extends Page<P>> PageDirectory<P>[] noGroups(int count) {
        return new PageDirectory[count];
    }

    int groupCount() {
        return groups.length;
    }

    /** The directory of a group as it is now, or null. */
    PageDirectory<P> directory(int group) {
        return groups[group];
    }

    /** The page where an entry with this hash is, if it is anywhere; or null. */
    P page(int group, int hash) {
        PageDirectory<P> directory = groups[group];
        return directory == null ? null : directory.page(hash);
    }

    /**
     * The page for a hash, which exists, in a form that may be written; slots keep their places.
     */
    P writable(int group, int hash) {
        int held = epochs.newestHeld();
        P page = groups[group].page(hash);
        if (page.epoch > held) {
            return page;
        }
        P copy = page.copy(epochs.current());
        writableDirectory(group, held).set(hash, copy);
        return copy;
    }

    /**
     * A page that may be written and is not full, for a new entry, which is counted already: the
     * caller claims a slot.
     */
    P roomFor(int group, int hash) {
        int held = epochs.newestHeld();
        int epoch = epochs.current();
        PageDirectory<P> directory = writableDirectory(group, held);
        directory.count(1);
        while (true) {
            P page = directory.page(hash);
            if (page == null) {
                page = pages.make(epoch, directory.depth(), Page.SMALLEST);
                directory.set(hash, page);
                return page;
            }
            boolean mine = page.epoch > held;
            if (!page.isFull()) {
                if (!mine) {
                    page = page.copy(epoch);
                    directory.set(hash, page);
                }
                return page;
            }
            if (page.isWorn()) {
                directory.set(hash, resized(page, page.capacity(), mine));
            } else if (page.capacity() < Page.LARGEST || !directory.maySplit(page)) {
                directory.set(hash, resized(page, 2 * page.capacity(), mine));
            } else {
                directory.split(hash, page, epoch, mine);
            }
        }
    }

    private P resized(P page, int capacity, boolean mine) {
        P target = page.empty(epochs.current(), page.depth, capacity);
        for (int slot = 0; slot < page.capacity(); slot++) {
            if (page.isUsed(slot)) {
                page.moveTo(target, slot, page.hash(slot), mine);
            }
        }
        return target;
    }

    /** Takes an entry out. */
    void remove(int group, int hash, int slot) {
        int held = epochs.newestHeld();
        PageDirectory<P> directory = writableDirectory(group, held);
        P page = directory.page(hash);
        boolean mine = page.epoch > held;
        P own = mine ? page : page.copy(epochs.current());
        own.remove(slot);
        directory.count(-1);
        if (directory.size() == 0 && directory.depth() > 0) {
            groups[group] = null;
        } else if (own.size() == 0 && directory.depth() > 0) {
            directory.drop(hash, own);
        } else if (own.isSparse()) {
            directory.set(hash, resized(own, Page.capacityFor(own.size()), mine));
        } else if (!mine) {
            directory.set(hash, own);
        }
    }

    private PageDirectory<P> writableDirectory(int group, int held) {
        PageDirectory<P> directory = groups[group];
        if (directory != null && directory.epoch > held) {
            return directory;
        }
        int epoch = epochs.current();
        if (rootEpoch <= held) {
            groups = groups.clone();
            rootEpoch = epoch;
        }
        directory = directory == null ? new PageDirectory<>(epoch) : directory.copy(epoch);
        groups[group] = directory;
        return directory;
    }

    /** Prepares a group for a number of entries, if it is empty. */
    void plan(int group, int entries) {
        if (entries > 0 && writableDirectory(group, epochs.newestHeld()).size() == 0) {
            groups[group] = PageDirectory.planned(epochs.current(), entries);
        }
    }

    /** Forgets everything; snapshots keep what they fixed. */
    void release() {
        groups = noGroups(groups.length);
    }

    /**
     * The present entries, by group; null or size 0 for a group without any. Not changed while the
     * epoch that is held next is held.
     */
    PageDirectory<P>[] freeze() {
        return groups;
    }
}

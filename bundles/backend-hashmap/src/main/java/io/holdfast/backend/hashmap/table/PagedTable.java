package io.holdfast.backend.hashmap.table;

/**
 * The entries of one state: for each key group an extendible hash table whose pages are copied on
 * write while snapshots are held.
 */
public final class PagedTable {
    /*
     * Shape. One PageDirectory for each key group, because a snapshot is written group by group and
     * a group is what moves when a job is rescaled. The leading bits of an entry's hash choose a
     * Page in the directory, the low bits a row and a tag in the page. A search touches the
     * directory (small, in the cache), one row of tags, and the one entry whose tag agrees; keys are
     * compared only there. There is no object for an entry and none for a page: what an entry
     * consists of stands side by side in the page's arrays, numbers as such (PageLayout), and the
     * arrays stand in the directory. A full page is split in two, so growing never
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
     * gone when the page is copied for the next snapshot. The state acts on it.
     *
     * Only the task's thread calls anything here, but for the readers of what freeze() returned.
     */
    private final Epochs epochs;
    private final Intervals intervals;
    private final PageLayout layout;
    private PageDirectory[] groups;
    private int rootEpoch;

    /** What was removed of each group; null until incremental checkpoints are asked for. */
    private Removals[] removals;

    /**
     * An empty table.
     *
     * @param epochs tells what snapshots may read
     * @param intervals tells whether it matters what changes
     * @param groupCount number of key groups; they are told by index, from 0
     * @param layout what an entry consists of
     */
    public PagedTable(Epochs epochs, Intervals intervals, int groupCount, PageLayout layout) {
        this.epochs = epochs;
        this.intervals = intervals;
        this.layout = layout;
        this.groups = new PageDirectory[groupCount];
        this.rootEpoch = epochs.current();
    }

    /** What an entry consists of. */
    public PageLayout layout() {
        return layout;
    }

    /** Number of key groups. */
    public int groupCount() {
        return groups.length;
    }

    /** The directory of a group as it is now, or null. */
    public PageDirectory directory(int group) {
        return groups[group];
    }

    /**
     * Makes sure that the page for a hash, which exists, may be written; slots keep their places.
     *
     * @return the directory that has the page
     */
    public PageDirectory writable(int group, int hash) {
        int held = epochs.newestHeld();
        PageDirectory directory = groups[group];
        int cell = directory.cell(hash);
        long[] words = directory.words(cell);
        if (PageLayout.epoch(words) > held) {
            return directory;
        }
        Page copy = layout.copy(words, directory.objects(cell), epochs.current());
        PageDirectory own = writableDirectory(group, held);
        own.set(hash, copy);
        return own;
    }

    /**
     * Makes an entry that is not there yet, without content, and notes it as changed.
     *
     * @param bits the key, if keys are numbers
     * @param key the key, if not
     * @param namespace the namespace, if entries have one
     * @return its slot in the page for its hash, which may be written now
     */
    public int add(int group, int hash, long bits, Object key, Object namespace) {
        /*
         * Long on purpose: what could be methods of its own is written out. What finds and stores
         * an entry calls this only for new ones. Were it short, the compiler would put it into its
         * callers as soon as many
         * entries are added, their code would be too large to be put into *their* callers, and
         * numbers that pass would become objects from then on, also when no entry is added any
         * more. HotSpot leaves methods of more than 325 bytes of code alone (FreqInlineSize).
         */
        int held = epochs.newestHeld();
        int epoch = epochs.current();
        PageDirectory directory = groups[group];
        if (directory == null || directory.epoch <= held) {
            directory = writableDirectory(group, held);
        }
        directory.count(1);
        while (true) {
            int cell = directory.cell(hash);
            long[] words = directory.words(cell);
            Object[] objects = directory.objects(cell);
            if (words == null) {
                directory.set(hash, layout.empty(epoch, directory.depth(), PageLayout.SMALLEST));
                continue;
            }
            boolean mine = PageLayout.epoch(words) > held;
            if (PageLayout.isFull(words)) {
                Page page = new Page(words, objects);
                int capacity = PageLayout.capacity(words);
                if (PageLayout.isWorn(words)) {
                    directory.set(hash, layout.resized(page, epoch, capacity, mine));
                } else if (capacity < PageLayout.LARGEST
                        || !directory.maySplit(PageLayout.depth(words))) {
                    directory.set(hash, layout.resized(page, epoch, 2 * capacity, mine));
                } else {
                    directory.split(layout, hash, page, epoch, mine);
                }
                continue;
            }
            if (!mine) {
                directory.set(hash, layout.copy(words, objects, epoch));
                continue;
            }
            int slot = layout.claim(words, hash);
            layout.fill(words, objects, slot, bits, key, namespace);
            if (intervals.present() != Intervals.NONE) {
                layout.changed(words, slot, intervals);
            }
            return slot;
        }
    }

    /** Takes an entry out. */
    public void remove(int group, int hash, int slot) {
        int held = epochs.newestHeld();
        PageDirectory directory = writableDirectory(group, held);
        int cell = directory.cell(hash);
        long[] words = directory.words(cell);
        Object[] objects = directory.objects(cell);
        if (intervals.present() != Intervals.NONE) {
            noteRemoval(group, words, objects, slot);
        }
        boolean mine = PageLayout.epoch(words) > held;
        if (!mine) {
            Page copy = layout.copy(words, objects, epochs.current());
            words = copy.words();
            objects = copy.objects();
            directory.set(hash, copy);
        }
        layout.remove(words, objects, slot);
        directory.count(-1);
        if (PageLayout.isSparse(words) || PageLayout.size(words) == 0) {
            shrink(group, hash, mine);
        }
    }

    /** Makes the page for a hash smaller, from which much was removed, or does without it. */
    private void shrink(int group, int hash, boolean keepOwned) {
        PageDirectory directory = groups[group];
        int cell = directory.cell(hash);
        long[] words = directory.words(cell);
        int left = PageLayout.size(words);
        if (directory.size() == 0 && directory.depth() > 0) {
            groups[group] = null;
        } else if (left == 0 && directory.depth() > 0) {
            directory.drop(hash, PageLayout.depth(words));
        } else if (PageLayout.isSparse(words)) {
            Page page = new Page(words, directory.objects(cell));
            int fewer = PageLayout.capacityFor(left);
            directory.set(hash, layout.resized(page, epochs.current(), fewer, keepOwned));
        }
    }

    private PageDirectory writableDirectory(int group, int held) {
        PageDirectory directory = groups[group];
        if (directory != null && directory.epoch > held) {
            return directory;
        }
        int epoch = epochs.current();
        if (rootEpoch <= held) {
            groups = groups.clone();
            rootEpoch = epoch;
        }
        directory = directory == null ? new PageDirectory(epoch) : directory.copy(epoch);
        groups[group] = directory;
        return directory;
    }

    private void noteRemoval(int group, long[] words, Object[] objects, int slot) {
        if (removals == null) {
            removals = new Removals[groups.length];
        }
        Removals present = removals[group];
        if (present == null || present.interval() != intervals.present()) {
            boolean needed = present != null && present.interval() > intervals.confirmed();
            present = new Removals(intervals.present(), needed ? present : null);
            removals[group] = present;
        }
        present.add(layout, words, objects, slot, groups[group].size());
    }

    /**
     * What was removed, as it is now, by group; not changed once the present interval has ended.
     *
     * @return null, or null for a group, if nothing was
     */
    public Removals[] freezeRemovals() {
        return removals == null ? null : removals.clone();
    }

    /** Prepares a group for a number of entries, if it is empty. */
    public void plan(int group, int entries) {
        if (entries > 0 && writableDirectory(group, epochs.newestHeld()).size() == 0) {
            groups[group] = PageDirectory.planned(epochs.current(), entries);
        }
    }

    /** Forgets everything; snapshots keep what they fixed. */
    public void release() {
        groups = new PageDirectory[groups.length];
        removals = null;
    }

    /**
     * The present entries, by group; null or size 0 for a group without any. Not changed while the
     * epoch that is held next is held.
     */
    public PageDirectory[] freeze() {
        return groups;
    }
}

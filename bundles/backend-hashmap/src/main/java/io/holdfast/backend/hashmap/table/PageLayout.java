package io.holdfast.backend.hashmap.table;

import java.util.Arrays;

/**
 * What the entries of a table consist of, and where in the two arrays of a page it stands.
 *
 * <p>An entry is a key, a namespace unless there is only one, and a content or, in a set of timers,
 * a time. Keys and contents that are numbers, and times, stand in the page's words, everything else
 * among its objects.
 *
 * <p>Once its epoch is held by a snapshot, a page is never written again. Slots keep their places
 * in a {@link #copy}.
 */
public final class PageLayout {
    /*
     * Words. The first two are the page's head: when it was made, how many leading bits all hashes
     * in it have in common, the number of its rows; how many entries it has and how many slots are
     * worn. The tags of all slots follow, then the numbers of each slot, then a bit for each slot:
     * if contents are objects, it says that the content came in while an older epoch was held, so
     * that no snapshot has it; if they are the numbers of a map, it says that the content is null
     * (and one in the head that any is). At the end stands what changed lately (Intervals): two
     * intervals in a word, then for each slot a bit that says whether its entry changed in the
     * first, then one whether in the second or before, as far as that was not confirmed when the
     * first began.
     *
     * Eight slots make a row, whose tags are a word, a byte each: 0 to 127 is a part of the hash of
     * the entry in that slot, EMPTY a slot that ends a search, DELETED one that does not. A search
     * compares all tags of a row at once and looks at those entries that agree, hardly ever at
     * another one's; it goes to the next row only if no slot is empty. So its one branch is nearly
     * always taken the same way and the processor runs ahead into the next access, where probing
     * slot by slot stops it at every second one. (The idea is that of the Swiss tables of Abseil,
     * there with vector instructions.)
     *
     * An access is paid in cache misses, and this is about where they are. Head and tags are one
     * line or two, a number's entry is one more, in an array that the directory has at hand. No
     * object stands between the directory and the entry; nothing is followed to compare a key. Most
     * pages have the largest usual size, and the places of tags and numbers are computed from that
     * before the page's own head has come from memory: the branch is predicted.
     *
     * An entry goes to the first row with room, from its home row on. Removing leaves DELETED if
     * the row has no empty slot, since a search may have to go past it; those go away when the page
     * is made anew.
     */
    static final int SMALLEST = 8;
    static final int LARGEST = 64;

    private static final int TAG_BITS = 7;
    private static final int ROW_SHIFT = 3;
    private static final int ROW = 1 << ROW_SHIFT;
    private static final int HEAD = 2;

    private static final long EACH = 0x0101010101010101L;
    private static final long TOP = 0x8080808080808080L;
    private static final long EMPTY = 0x80;
    private static final long EMPTY_ROW = 0x8080808080808080L;
    private static final long DELETED = 0xFE;

    /** In the head: some content is null. */
    private static final long NULLS = 1 << 16;

    private final boolean numericKey;
    private final boolean namespaced;
    private final boolean timed;
    private final boolean objectContent;
    private final boolean notesChanges;

    /** Whether a content that is a number may be null, too. */
    private final boolean nullable;

    /** Words of a slot, those of a row, objects of a slot. */
    private final int numbers;

    private final int stride;

    /** Where in a slot's objects the namespace is. */
    private final int namespaceAt;

    /** Length of the words of a page of the largest usual size. */
    private final int usualLength;

    private PageLayout(
            boolean numericKey,
            boolean namespaced,
            boolean timed,
            boolean objectContent,
            boolean ofMap) {
        this.numericKey = numericKey;
        this.notesChanges = !ofMap;
        this.nullable = ofMap && !objectContent;
        this.namespaced = namespaced;
        this.timed = timed;
        this.objectContent = objectContent;
        this.numbers = (numericKey ? 1 : 0) + (objectContent ? 0 : 1);
        this.namespaceAt = numericKey ? 0 : 1;
        this.stride = (numericKey ? 0 : 1) + (namespaced ? 1 : 0) + (objectContent ? 1 : 0);
        this.usualLength = length(LARGEST);
    }

    /**
     * For entries that have a content.
     *
     * @param numericKey whether keys are numbers, whose hash code is that of the number
     * @param namespaced whether there is more than one namespace
     * @param numericContent whether contents are numbers
     */
    public static PageLayout ofContents(
            boolean numericKey, boolean namespaced, boolean numericContent) {
        return new PageLayout(numericKey, namespaced, false, !numericContent, false);
    }

    /**
     * For the entries of one map, whose changes are those of the map: none is noted. Contents may
     * be null.
     *
     * @param numericKey whether keys are numbers, whose hash code is that of the number
     * @param numericContent whether contents are numbers
     */
    static PageLayout ofMap(boolean numericKey, boolean numericContent) {
        return new PageLayout(numericKey, false, false, !numericContent, true);
    }

    /**
     * For timers: the time is a part of what tells entries apart.
     *
     * @param numericKey whether keys are numbers, whose hash code is that of the number
     * @param namespaced whether there is more than one namespace
     */
    public static PageLayout ofTimers(boolean numericKey, boolean namespaced) {
        return new PageLayout(numericKey, namespaced, true, false, false);
    }

    /** Whether keys are numbers. */
    public boolean numericKey() {
        return numericKey;
    }

    /** Whether entries have a namespace. */
    public boolean namespaced() {
        return namespaced;
    }

    /** Whether keys and contents are numbers and there is one namespace: pages have no objects. */
    public boolean isPlain() {
        return stride == 0;
    }

    /** Whether contents are objects. */
    public boolean objectContent() {
        return objectContent;
    }

    /** Length of the words of a page. */
    int length(int capacity) {
        return changesAt(capacity) + (notesChanges ? 1 + 2 * bitWords(capacity) : 0);
    }

    private static int bitWords(int capacity) {
        return (capacity + 63) / 64;
    }

    private int changesAt(int capacity) {
        return rowsEnd(capacity) + (objectContent || nullable ? bitWords(capacity) : 0);
    }

    private int rowsEnd(int capacity) {
        return HEAD + capacity / ROW + capacity * numbers;
    }

    /** An empty page. */
    Page empty(int epoch, int depth, int capacity) {
        long[] words = new long[length(capacity)];
        words[0] = head(epoch, depth) | Integer.numberOfTrailingZeros(capacity / ROW);
        Arrays.fill(words, HEAD, HEAD + capacity / ROW, EMPTY_ROW);
        return new Page(words, stride == 0 ? null : new Object[capacity * stride]);
    }

    private static long head(int epoch, int depth) {
        return (long) epoch << 32 | depth << 8;
    }

    /** The same entries in the same slots, all contents shared. */
    Page copy(long[] words, Object[] objects, int epoch) {
        long[] own = words.clone();
        own[0] = (long) epoch << 32 | own[0] & 0xFFFF_FFFFL;
        if (objectContent) {
            Arrays.fill(own, rowsEnd(capacity(own)), changesAt(capacity(own)), 0);
        }
        return new Page(own, objects == null ? null : objects.clone());
    }

    /** When a page was made. */
    public static int epoch(long[] words) {
        return (int) (words[0] >>> 32);
    }

    /** Number of leading bits that all hashes in a page have in common. */
    static int depth(long[] words) {
        return (int) words[0] >>> 8 & 0xFF;
    }

    /** Changes when a page was made, or what is counted in its place. */
    static void setEpoch(long[] words, int epoch) {
        words[0] = (long) epoch << 32 | words[0] & 0xFFFF_FFFFL;
    }

    /** Tells whether any content, a number, may be null. */
    static boolean hasNulls(long[] words) {
        return (words[0] & NULLS) != 0;
    }

    /** Tells whether the content of a slot, a number, is null. */
    boolean isNull(long[] words, int slot) {
        return (words[slotBitAt(words, slot)] & 1L << slot) != 0;
    }

    /** Makes null of the content of a slot, a number. */
    void setNull(long[] words, int slot) {
        words[0] |= NULLS;
        words[slotBitAt(words, slot)] |= 1L << slot;
    }

    /** Makes sure that the content of a slot counts as a number. */
    void unsetNull(long[] words, int slot) {
        if (hasNulls(words)) {
            words[slotBitAt(words, slot)] &= ~(1L << slot);
        }
    }

    /** Number of entries. */
    static int size(long[] words) {
        return (int) (words[1] >>> 32);
    }

    private static int deleted(long[] words) {
        return (int) words[1];
    }

    private static void count(long[] words, int entries, int worn) {
        words[1] += ((long) entries << 32) + worn;
    }

    /** Number of slots. */
    public static int capacity(long[] words) {
        return ROW << (words[0] & 0xFF);
    }

    /** A capacity for {@code count} entries and, up to the largest usual size, some more. */
    static int capacityFor(int count) {
        int capacity = SMALLEST;
        while (capacity < LARGEST && limit(capacity) <= count + count / 4) {
            capacity *= 2;
        }
        while (limit(capacity) < count) {
            capacity *= 2;
        }
        return capacity;
    }

    private static int limit(int capacity) {
        return capacity - capacity / 8;
    }

    static boolean isFull(long[] words) {
        return size(words) + deleted(words) >= limit(capacity(words));
    }

    /** Tells whether a page is full mainly of what was deleted. */
    static boolean isWorn(long[] words) {
        return deleted(words) > limit(capacity(words)) / 2;
    }

    static boolean isSparse(long[] words) {
        int capacity = capacity(words);
        return capacity > SMALLEST && size(words) < capacity / 8;
    }

    /** Index of the tags of a row. */
    private static int row(int number) {
        return HEAD + number;
    }

    /** Number of rows, less one. */
    int rowMask(long[] words) {
        return words.length == usualLength ? LARGEST / ROW - 1 : (1 << (int) (words[0] & 0xFF)) - 1;
    }

    /**
     * Slot of an entry, or -1.
     *
     * @param words the page's words
     * @param objects its objects; may be null if the layout has none
     * @param hash the entry's hash
     * @param bits the key, if keys are numbers
     * @param key the key, if not
     * @param namespace the namespace, if entries have one
     */
    public int find(
            long[] words, Object[] objects, int hash, long bits, Object key, Object namespace) {
        return find(words, objects, rowMask(words), hash, bits, key, namespace);
    }

    /**
     * Slot of an entry, or -1; as the other one, for whoever has the number of rows at hand before
     * the page's head has come from memory.
     *
     * @param mask number of rows, less one
     */
    int find(
            long[] words,
            Object[] objects,
            int mask,
            int hash,
            long bits,
            Object key,
            Object namespace) {
        if (stride == 0) {
            return findNumber(words, mask, hash, bits);
        }
        fetch(objects, hash >>> TAG_BITS & mask);
        return numericKey && !namespaced
                ? findNumber(words, mask, hash, bits)
                : findObject(words, objects, mask, hash, bits, key, namespace);
    }

    /** Slot of an entry of a {@linkplain #isPlain() plain} page, or -1; as {@link #find}. */
    public int findPlain(long[] words, int hash, long bits) {
        return findNumber(words, rowMask(words), hash, bits);
    }

    /*
     * Nearly every search ends at the first slot that it looks at, or at none in the first row.
     * That much is straight code, small enough to be put into whatever reads or writes a state;
     * the loop stands apart, since the compiler makes several copies of one.
     */

    /** Slot of an entry that is told by a number alone, or -1. */
    int findNumber(long[] words, int mask, int hash, long bits) {
        long probe = probe(hash);
        int number = hash >>> TAG_BITS & mask;
        if (fetchesInVain(words, mask, number)) {
            return findNumberOn(words, mask, number, probe, bits);
        }
        long tags = words[row(number)];
        long agreeing = agreeing(tags, probe);
        if (agreeing != 0) {
            int slot = (number << ROW_SHIFT) + first(agreeing);
            if (words[numberAt(mask, slot)] == bits) {
                return slot;
            }
        } else if (endsAt(tags)) {
            return -1;
        }
        return findNumberOn(words, mask, number, probe, bits);
    }

    /**
     * Makes the processor fetch the numbers of a row now, while it waits for the row's tags, and
     * not only when these have told the slot. What it tells is hardly ever so, so nothing waits for
     * it, and means nothing: whoever is told goes the long way.
     */
    private boolean fetchesInVain(long[] words, int mask, int number) {
        int at = numberAt(mask, number << ROW_SHIFT);
        return words[at + 2 * numbers] == words[at + 6 * numbers] + EACH;
    }

    private int findNumberOn(long[] words, int mask, int from, long probe, long bits) {
        int number = from;
        while (true) {
            long tags = words[row(number)];
            for (long rest = agreeing(tags, probe); rest != 0; rest &= rest - 1) {
                int slot = (number << ROW_SHIFT) + first(rest);
                if (words[numberAt(mask, slot)] == bits) {
                    return slot;
                }
            }
            if (endsAt(tags)) {
                return -1;
            }
            number = number + 1 & mask;
        }
    }

    private int findObject(
            long[] words,
            Object[] objects,
            int mask,
            int hash,
            long bits,
            Object key,
            Object namespace) {
        long probe = probe(hash);
        int number = hash >>> TAG_BITS & mask;
        long tags = words[row(number)];
        long agreeing = agreeing(tags, probe);
        if (agreeing != 0) {
            int slot = (number << ROW_SHIFT) + first(agreeing);
            if (isOf(words, objects, slot, bits, key, namespace)) {
                return slot;
            }
        } else if (endsAt(tags)) {
            return -1;
        }
        return findObjectOn(words, objects, mask, number, probe, bits, key, namespace);
    }

    private int findObjectOn(
            long[] words,
            Object[] objects,
            int mask,
            int from,
            long probe,
            long bits,
            Object key,
            Object namespace) {
        int number = from;
        while (true) {
            long tags = words[row(number)];
            for (long rest = agreeing(tags, probe); rest != 0; rest &= rest - 1) {
                int slot = (number << ROW_SHIFT) + first(rest);
                if (isOf(words, objects, slot, bits, key, namespace)) {
                    return slot;
                }
            }
            if (endsAt(tags)) {
                return -1;
            }
            number = number + 1 & mask;
        }
    }

    /** Tells whether the entry in a used slot has a key and a namespace. */
    private boolean isOf(
            long[] words, Object[] objects, int slot, long bits, Object key, Object namespace) {
        return (numericKey
                        ? words[numberAt(words, slot)] == bits
                        : same(key, objects[slot * stride]))
                && (!namespaced || same(namespace, objects[slot * stride + namespaceAt]));
    }

    /**
     * Makes the processor fetch the objects of a row now, while it waits for the row's tags, and
     * not only when these have told the slot: the branch is never taken, so nothing waits for it.
     */
    private void fetch(Object[] objects, int number) {
        if (objects[(number << ROW_SHIFT) * stride] == this) {
            throw new IllegalStateException("a page that contains its own layout");
        }
    }

    /** Slot of a timer, or -1; as {@link #find}, and the time must agree. */
    public int findTimer(
            long[] words,
            Object[] objects,
            int hash,
            long time,
            long bits,
            Object key,
            Object namespace) {
        long probe = probe(hash);
        int mask = rowMask(words);
        int number = hash >>> TAG_BITS & mask;
        while (true) {
            long tags = words[row(number)];
            for (long rest = agreeing(tags, probe); rest != 0; rest &= rest - 1) {
                int slot = (number << ROW_SHIFT) + first(rest);
                if (number(words, slot) == time
                        && isOf(words, objects, slot, bits, key, namespace)) {
                    return slot;
                }
            }
            if (endsAt(tags)) {
                return -1;
            }
            number = number + 1 & mask;
        }
    }

    /** Equality of something with what may be null. */
    static boolean same(Object one, Object other) {
        return one == other || one.equals(other);
    }

    /** The tag of a hash in every byte. */
    private static long probe(int hash) {
        return (hash & (1 << TAG_BITS) - 1) * EACH;
    }

    /**
     * The used slots of a row whose tag agrees, a bit in the byte of each; rarely one too many.
     * What is not used never agrees: it differs from every tag in its highest bit.
     */
    private static long agreeing(long tags, long probe) {
        long difference = tags ^ probe;
        return difference - EACH & ~difference & TOP;
    }

    /** Tells whether a search ends at a row. */
    private static boolean endsAt(long tags) {
        return (tags & ~(tags << 6) & TOP) != 0;
    }

    /** The first slot that {@link #agreeing} told, in its row. */
    private static int first(long agreeing) {
        return Long.numberOfTrailingZeros(agreeing) >>> 3;
    }

    private static boolean isUsed(long tags, int inRow) {
        return (tags >>> inRow * 8 & EMPTY) == 0;
    }

    /** Tells whether a slot has an entry. */
    public boolean isUsed(long[] words, int slot) {
        return isUsed(words[row(slot >> ROW_SHIFT)], slot & ROW - 1);
    }

    /** The next slot behind a slot that has an entry, or -1. */
    int next(long[] words, int slot) {
        int at = slot + 1;
        for (int row = at >> ROW_SHIFT; row <= rowMask(words); row++) {
            // A bit in the byte of each used slot that is not behind us.
            long used = ~words[row(row)] & TOP & -1L << (at & ROW - 1) * 8;
            if (used != 0) {
                return (row << ROW_SHIFT) + first(used);
            }
            at = 0;
        }
        return -1;
    }

    /** Index of the first number of a slot. */
    private int numberAt(long[] words, int slot) {
        return numberAt(rowMask(words), slot);
    }

    /** The same, given the number of rows, less one. */
    private int numberAt(int mask, int slot) {
        return HEAD + 1 + mask + slot * numbers;
    }

    /** The key in a slot, which is a number. */
    public long keyBits(long[] words, int slot) {
        return words[numberAt(words, slot)];
    }

    /** The key in a slot, which is an object. */
    public Object key(Object[] objects, int slot) {
        return objects[slot * stride];
    }

    /** The namespace in a slot. */
    public Object namespace(Object[] objects, int slot) {
        return objects[slot * stride + namespaceAt];
    }

    /** The content in a slot, which is a number, or the time. */
    public long number(long[] words, int slot) {
        return words[numberAt(words, slot) + numbers - 1];
    }

    /** Puts a content into a slot, which is a number, or a time. */
    public void setNumber(long[] words, int slot, long number) {
        words[numberAt(words, slot) + numbers - 1] = number;
    }

    /** The content in a slot, which is an object. */
    public Object content(Object[] objects, int slot) {
        return objects[slot * stride + stride - 1];
    }

    /** Puts a content into a slot, which is an object. */
    public void setContent(Object[] objects, int slot, Object content) {
        int at = slot * stride + stride - 1;
        // Storing what is there already would cost the garbage collector's write barrier.
        if (objects[at] != content) {
            objects[at] = content;
        }
    }

    /** Puts what tells an entry apart into a slot, but for a time. */
    public void fill(
            long[] words, Object[] objects, int slot, long bits, Object key, Object namespace) {
        if (numericKey) {
            words[numberAt(words, slot)] = bits;
        } else {
            objects[slot * stride] = key;
        }
        if (namespaced) {
            objects[slot * stride + namespaceAt] = namespace;
        }
    }

    /** Tells whether the content of a slot, an object, was stored since the page was made. */
    public boolean isOwned(long[] words, int slot) {
        return (words[slotBitAt(words, slot)] & 1L << slot) != 0;
    }

    /** Notes that the content of a slot, an object, is known to no snapshot. */
    public void own(long[] words, int slot) {
        words[slotBitAt(words, slot)] |= 1L << slot;
    }

    private int slotBitAt(long[] words, int slot) {
        return rowsEnd(capacity(words)) + (slot >> 6);
    }

    /** Notes that the entry in a slot has changed, if anybody wants to know. */
    public void changed(long[] words, int slot, Intervals intervals) {
        if (intervals.present() != Intervals.NONE) {
            int capacity = capacity(words);
            int at = changesAt(capacity);
            if ((int) (words[at] >>> 32) != intervals.present()) {
                beginInterval(words, at, bitWords(capacity), intervals);
            }
            words[at + 1 + (slot >> 6)] |= 1L << slot;
        }
    }

    private static void beginInterval(long[] words, int at, int bits, Intervals intervals) {
        int last = (int) (words[at] >>> 32);
        int before = (int) words[at];
        int confirmed = intervals.confirmed();
        for (int i = at + 1; i <= at + bits; i++) {
            if (last <= confirmed) {
                words[i + bits] = 0;
            } else if (before <= confirmed) {
                words[i + bits] = words[i];
            } else {
                words[i + bits] |= words[i];
            }
            words[i] = 0;
        }
        words[at] = (long) intervals.present() << 32 | (last <= confirmed ? 0 : last);
    }

    /** Tells whether any entry may have changed after an interval. */
    boolean hasChanges(long[] words, int since) {
        long last = words[changesAt(capacity(words))];
        return (int) (last >>> 32) > since;
    }

    /** Tells whether the entry in a slot may have changed after an interval. */
    boolean isChanged(long[] words, int slot, int since) {
        int capacity = capacity(words);
        int at = changesAt(capacity);
        int word = at + 1 + (slot >> 6);
        long bits =
                ((int) (words[at] >>> 32) > since ? words[word] : 0)
                        | ((int) words[at] > since ? words[word + bitWords(capacity)] : 0);
        return (bits & 1L << slot) != 0;
    }

    /** Hash of the entry in a slot. */
    public int hash(long[] words, Object[] objects, int slot) {
        int code =
                numericKey
                        ? Long.hashCode(words[numberAt(words, slot)])
                        : objects[slot * stride].hashCode();
        int namespaceCode = namespaced ? Hashes.codeOf(namespace(objects, slot)) : 0;
        if (timed) {
            return Hashes.of(code, namespaceCode, number(words, slot));
        }
        return namespaced ? Hashes.of(code, namespaceCode) : Hashes.of(code);
    }

    /** Takes a free slot for a new entry; the caller fills it. The page must not be full. */
    int claim(long[] words, int hash) {
        int mask = rowMask(words);
        int number = hash >>> TAG_BITS & mask;
        while ((words[row(number)] & TOP) == 0) {
            number = number + 1 & mask;
        }
        int row = row(number);
        int inRow = first(words[row] & TOP);
        int shift = inRow * 8;
        boolean worn = (words[row] >>> shift & 0xFF) == DELETED;
        setTag(words, row, shift, hash & (1 << TAG_BITS) - 1);
        count(words, 1, worn ? -1 : 0);
        return (number << ROW_SHIFT) + inRow;
    }

    private static void setTag(long[] words, int row, int shift, long tag) {
        words[row] = words[row] & ~(0xFFL << shift) | tag << shift;
    }

    /** Takes an entry out of a page that may be written. */
    void remove(long[] words, Object[] objects, int slot) {
        int row = row(slot >> ROW_SHIFT);
        int shift = (slot & ROW - 1) * 8;
        boolean wears = !endsAt(words[row]);
        setTag(words, row, shift, wears ? DELETED : EMPTY);
        count(words, -1, wears ? 1 : 0);
        if (stride > 0) {
            Arrays.fill(objects, slot * stride, (slot + 1) * stride, null);
        }
        if (objectContent || nullable && hasNulls(words)) {
            words[slotBitAt(words, slot)] &= ~(1L << slot);
        }
    }

    /** The entries of a page in a new one of another capacity, or without worn slots. */
    Page resized(Page page, int epoch, int capacity, boolean keepOwned) {
        long[] words = page.words();
        Page target = empty(epoch, depth(words), capacity);
        int slots = capacity(words);
        for (int slot = 0; slot < slots; slot++) {
            if (isUsed(words, slot)) {
                move(page, slot, hash(words, page.objects(), slot), target, keepOwned);
            }
        }
        return target;
    }

    /**
     * Puts an entry of one page into another one that has room. The first is not changed.
     *
     * @param keepOwned whether contents that the page owns are still unknown to every snapshot
     */
    void move(Page from, int slot, int hash, Page to, boolean keepOwned) {
        int place = claim(to.words(), hash);
        System.arraycopy(
                from.words(),
                numberAt(from.words(), slot),
                to.words(),
                numberAt(to.words(), place),
                numbers);
        if (stride > 0) {
            System.arraycopy(from.objects(), slot * stride, to.objects(), place * stride, stride);
        }
        if (keepOwned && objectContent && isOwned(from.words(), slot)) {
            own(to.words(), place);
        }
        if (nullable && hasNulls(from.words()) && isNull(from.words(), slot)) {
            setNull(to.words(), place);
        }
        if (notesChanges) {
            moveChanges(from.words(), slot, to.words(), place);
        }
    }

    /** All slots of a page come from the same page, so they share its two intervals. */
    private void moveChanges(long[] from, int slot, long[] to, int place) {
        int fromCapacity = capacity(from);
        int at = changesAt(fromCapacity);
        if (from[at] != 0) {
            int toCapacity = capacity(to);
            int toAt = changesAt(toCapacity);
            to[toAt] = from[at];
            moveBit(from, at + 1, slot, to, toAt + 1, place);
            moveBit(
                    from,
                    at + 1 + bitWords(fromCapacity),
                    slot,
                    to,
                    toAt + 1 + bitWords(toCapacity),
                    place);
        }
    }

    private static void moveBit(long[] from, int at, int slot, long[] to, int toAt, int place) {
        if ((from[at + (slot >> 6)] & 1L << slot) != 0) {
            to[toAt + (place >> 6)] |= 1L << place;
        }
    }
}

package io.holdfast.backend.hashmap.table;

/**
 * The entries of one key group that were removed in one interval, some of which may be there again.
 * Written in that interval by the task, read by others afterwards.
 */
public final class Removals {
    /** So many are always noted. */
    private static final int FEW = 64;

    private final int interval;
    private final Removals before;
    private Removal last;
    private int count;
    private boolean tooMany;

    /** The keys of a removed entry. */
    private record Removal(Removal before, long bits, Object key, Object namespace, long number) {}

    /** Takes what was removed. */
    @FunctionalInterface
    public interface Visitor<E extends Exception> {

        /**
         * Takes one.
         *
         * @param bits the key, if keys are numbers
         * @param key the key, if not
         * @param namespace the namespace, if entries have one
         * @param time the time of a timer
         */
        void removal(long bits, Object key, Object namespace, long time) throws E;
    }

    Removals(int interval, Removals before) {
        this.interval = interval;
        this.before = before;
    }

    int interval() {
        return interval;
    }

    /**
     * Notes one.
     *
     * @param entries how many the group has; much more than half as many removals are not worth
     *     their memory
     */
    void add(PageLayout layout, long[] words, Object[] objects, int slot, int entries) {
        if (tooMany) {
            return;
        }
        count++;
        if (count > FEW && count > entries / 2) {
            tooMany = true;
            last = null;
            return;
        }
        last =
                new Removal(
                        last,
                        layout.numericKey() ? layout.keyBits(words, slot) : 0,
                        layout.numericKey() ? null : layout.key(objects, slot),
                        layout.namespaced() ? layout.namespace(objects, slot) : null,
                        layout.objectContent() ? 0 : layout.number(words, slot));
    }

    /** Tells whether all that were removed after an interval are known. */
    public boolean isComplete(int since) {
        for (Removals each = this; each != null && each.interval > since; each = each.before) {
            if (each.tooMany) {
                return false;
            }
        }
        return true;
    }

    /** Visits those that were removed after an interval, until the visitor throws. */
    public <E extends Exception> void forEach(int since, Visitor<E> visitor) throws E {
        for (Removals each = this; each != null && each.interval > since; each = each.before) {
            for (Removal one = each.last; one != null; one = one.before) {
                visitor.removal(one.bits, one.key, one.namespace, one.number);
            }
        }
    }
}

package io.holdfast.backend.hashmap.table;

/**
 * Some entries of one key group: a hash table of a few dozen slots, as {@link PageLayout} lays it
 * out. The two arrays of a page stand in its {@link PageDirectory}; this pair of them is made only
 * where a page is made anew.
 *
 * @param words counts, tags and numbers
 * @param objects the objects of the slots; null if the layout has none
 */
record Page(long[] words, Object[] objects) {}

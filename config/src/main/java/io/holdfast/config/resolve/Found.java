package io.holdfast.config.resolve;

import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Level;
import java.util.List;

/**
 * The entry that holds for an option.
 *
 * @param entry the entry
 * @param level the level of its layer
 * @param layer position of its layer among all layers, 0 is the lowest
 * @param beaten the entries it beat, highest first
 */
record Found(Entry entry, Level level, int layer, List<Contender> beaten) {

    /**
     * An entry that was considered.
     *
     * @param entry the entry
     * @param level the level of its layer
     * @param layer position of its layer among all layers, 0 is the lowest
     */
    record Contender(Entry entry, Level level, int layer) {}
}

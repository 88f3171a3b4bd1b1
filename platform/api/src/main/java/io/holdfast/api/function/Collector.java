package io.holdfast.api.function;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes results of a function. Implemented by the engine.
 *
 * @param <T> type of the results
 */
@FunctionalInterface
@ProviderType
public interface Collector<T> {
    /**
     * Takes one result. May wait while consumers are slower.
     *
     * @param record the result; not to be changed afterwards
     */
    void collect(T record);
}

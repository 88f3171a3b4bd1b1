package io.holdfast.control.view;

import java.util.List;
import java.util.Objects;

/**
 * What a module provides.
 *
 * @param kind such as {@code state backend}
 * @param className its class
 * @param state such as {@code available}
 * @param names the names it goes by as far as they are known, sorted
 * @param options keys of the options it reads, sorted
 */
public record ProviderView(
        String kind, String className, String state, List<String> names, List<String> options) {
    /** Refuses null, copies the lists. */
    public ProviderView {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(className, "className");
        Objects.requireNonNull(state, "state");
        names = List.copyOf(names);
        options = List.copyOf(options);
    }
}

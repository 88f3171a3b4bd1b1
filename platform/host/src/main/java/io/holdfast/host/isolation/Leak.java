package io.holdfast.host.isolation;

import java.util.List;

/**
 * A module that left and is still in memory.
 *
 * @param module names it
 * @param holders who holds it, as far as that can be seen from within the process
 */
public record Leak(String module, List<String> holders) {
    /** Copies the list. */
    public Leak {
        holders = List.copyOf(holders);
    }

    /** The module and its holders in a sentence. */
    @Override
    public String toString() {
        return module
                + " was removed but is still in memory: "
                + (holders.isEmpty()
                        ? "its holder is not visible from within (a heap dump shows it)"
                        : "held by " + String.join("; ", holders));
    }
}

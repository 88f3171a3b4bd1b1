package io.holdfast.toolkit.expiring;

import io.holdfast.api.state.StateTtlConfig;

/**
 * One state with a time to live: what decides about its values, and how much of it is to be looked
 * at for what was done with it.
 *
 * @param <T> type of the values
 */
final class Use<T> {
    private final String name;
    private final StateTtlConfig config;
    private final Lifetime<T> lifetime;
    private final int entriesPerAccess;
    private final int entriesPerRecord;
    private int accesses;

    Use(String name, StateTtlConfig config, Lifetime<T> lifetime) {
        this.name = name;
        this.config = config;
        this.lifetime = lifetime;
        this.entriesPerAccess =
                config.cleanUp().incremental().map(StateTtlConfig.Incremental::entries).orElse(0);
        this.entriesPerRecord =
                config.cleanUp()
                        .incremental()
                        .filter(StateTtlConfig.Incremental::perRecord)
                        .map(StateTtlConfig.Incremental::entries)
                        .orElse(0);
    }

    String name() {
        return name;
    }

    StateTtlConfig config() {
        return config;
    }

    Lifetime<T> lifetime() {
        return lifetime;
    }

    /** Notes that the state was used. */
    void count() {
        accesses++;
    }

    boolean isCleanedIncrementally() {
        return entriesPerAccess > 0;
    }

    /** Number of entries to look at for what was done since this was asked last. */
    int due() {
        long due = (long) accesses * entriesPerAccess + entriesPerRecord;
        accesses = 0;
        return (int) Math.min(due, Integer.MAX_VALUE);
    }
}

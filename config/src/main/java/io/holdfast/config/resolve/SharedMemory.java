package io.holdfast.config.resolve;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.error.Problem;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.profile.Correction;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The memory that all databases of a slot or of a process share, as far as it changes what other
 * settings do. Immutable.
 */
final class SharedMemory {
    private static final String MANAGED = "state.backend.rocksdb.memory.managed";
    private static final String PER_SLOT = "state.backend.rocksdb.memory.fixed-per-slot";
    private static final String PER_PROCESS = "state.backend.rocksdb.memory.fixed-per-tm";

    /** What shared memory takes the place of. */
    private static final Set<String> OVERRIDDEN =
            Set.of(
                    "state.backend.rocksdb.block.cache-size",
                    "state.backend.rocksdb.writebuffer.size");

    private final LayerStack stack;
    private final boolean rocksdb;

    SharedMemory(LayerStack stack, String backend) {
        this.stack = stack;
        this.rocksdb = backend.equals("rocksdb");
    }

    /** What is different about an option that is set. */
    Optional<Correction> correction(ConfigOption<?> option) {
        if (!rocksdb) {
            return Optional.empty();
        }
        if (option.key().equals(PER_PROCESS) && !isSet(MANAGED) && !isSet(PER_SLOT)) {
            return Optional.of(Correction.FIXED_PER_TM_WORKS);
        }
        return OVERRIDDEN.contains(option.key()) && isShared()
                ? Optional.of(Correction.MANAGED_MEMORY_OVERRIDES_LISTED)
                : Optional.empty();
    }

    private boolean isShared() {
        boolean managed = stack.winner(MANAGED).map(SharedMemory::isTrue).orElse(true);
        return managed || isSet(PER_SLOT) || isSet(PER_PROCESS);
    }

    private static boolean isTrue(Entry entry) {
        return String.valueOf(entry.value()).equalsIgnoreCase("true");
    }

    private boolean isSet(String key) {
        return stack.winner(key).isPresent();
    }

    /** What to say of a setting that has no effect. */
    static Problem overridden(ConfigOption<?> option, Entry entry) {
        return Problem.user(
                        "CONFIG-1033",
                        "'" + option.key() + "' has no effect: the databases share their memory.")
                .with("set by", Shown.setting(option, entry))
                .with("shared", "see " + String.join(", ", List.of(MANAGED, PER_SLOT, PER_PROCESS)))
                .advise("remove it, or set " + MANAGED + " to false and size the caches yourself")
                .build();
    }
}

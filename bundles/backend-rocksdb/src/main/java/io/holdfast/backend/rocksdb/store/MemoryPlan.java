package io.holdfast.backend.rocksdb.store;

import io.holdfast.spi.state.MemoryBudget;
import java.util.Optional;

/** Which databases share memory, how much of it, and how it is divided. Immutable. */
public sealed interface MemoryPlan {

    /**
     * How shared memory is divided.
     *
     * @param writeBuffers part for write buffers
     * @param highPriority part that is kept for indexes and filters
     * @param partitioned whether indexes and filters are cut into blocks
     */
    record Division(double writeBuffers, double highPriority, boolean partitioned) {
        /** Half for write buffers, a tenth for indexes and filters. */
        public static final Division USUAL = new Division(0.5, 0.1, false);
    }

    /**
     * The databases of a slot share its budget.
     *
     * @param division how it is divided
     */
    record ShareOfSlot(Division division) implements MemoryPlan {}

    /**
     * The databases of a slot share an amount of their own.
     *
     * @param bytes how much
     * @param division how it is divided
     */
    record FixedPerSlot(long bytes, Division division) implements MemoryPlan {}

    /**
     * All databases of the process share an amount.
     *
     * @param bytes how much
     * @param division how it is divided
     */
    record FixedPerProcess(long bytes, Division division) implements MemoryPlan {}

    /** Every column has memory of its own. */
    record NothingShared() implements MemoryPlan {}

    /**
     * A part in the memory.
     *
     * @param budget the slot's; RocksDB's library is loaded
     * @return the part, which the caller closes after its database; empty if nothing is shared
     */
    default Optional<SharedMemory> share(MemoryBudget budget) {
        if (this instanceof ShareOfSlot slot) {
            return Optional.of(
                    SlotPool.share(
                            budget, this, SharedMemory.Sizes.of(budget.bytes(), slot.division())));
        }
        if (this instanceof FixedPerSlot slot) {
            return Optional.of(
                    SlotPool.share(
                            budget, this, SharedMemory.Sizes.of(slot.bytes(), slot.division())));
        }
        if (this instanceof FixedPerProcess process) {
            return Optional.of(ProcessMemory.share(process));
        }
        return Optional.empty();
    }
}

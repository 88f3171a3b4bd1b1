package io.holdfast.backend.rocksdb;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.MemorySize;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.backend.rocksdb.store.MemoryPlan;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the memory of databases comes from and how it is divided. Each value is set in code, or
 * taken from the configuration, or the option's default.
 *
 * <p>What is chosen, the first that holds: fixed memory for each slot; the slot's managed memory,
 * where it is asked for; fixed memory of the process; managed memory, where nobody said anything;
 * else nothing is shared. Not thread-safe while it is being set.
 */
public final class RocksDBMemoryConfiguration {
    private Boolean managed;
    private MemorySize fixedPerSlot;
    private MemorySize fixedPerProcess;
    private Double writeBufferRatio;
    private Double highPriorityRatio;
    private Boolean partitionedIndexFilters;

    /** Nothing is set. */
    public RocksDBMemoryConfiguration() {}

    RocksDBMemoryConfiguration(RocksDBMemoryConfiguration other) {
        managed = other.managed;
        fixedPerSlot = other.fixedPerSlot;
        fixedPerProcess = other.fixedPerProcess;
        writeBufferRatio = other.writeBufferRatio;
        highPriorityRatio = other.highPriorityRatio;
        partitionedIndexFilters = other.partitionedIndexFilters;
    }

    /**
     * Chooses the slot's managed memory.
     *
     * @param useManagedMemory whether to
     */
    public void setUseManagedMemory(boolean useManagedMemory) {
        managed = useManagedMemory;
    }

    /**
     * Chooses fixed memory for each slot.
     *
     * @param size more than 0
     * @throws HoldfastException STATE-3122 if it is not
     */
    public void setFixedMemoryPerSlot(MemorySize size) {
        if (size.bytes() <= 0) {
            throw outOfRange("fixed memory per slot", size, "more than 0");
        }
        fixedPerSlot = size;
    }

    /**
     * Chooses fixed memory for each slot.
     *
     * @param size such as {@code 128 mb}, more than 0
     * @throws HoldfastException STATE-3122 if it is not
     * @throws IllegalArgumentException if it is no size
     */
    public void setFixedMemoryPerSlot(String size) {
        setFixedMemoryPerSlot(MemorySize.parse(size));
    }

    /**
     * Divides the shared memory.
     *
     * @param ratio part for write buffers, between 0 and 1 and neither of them
     * @throws HoldfastException STATE-3123 if it is not
     */
    public void setWriteBufferRatio(double ratio) {
        writeBufferRatio = part("write buffer ratio", ratio);
    }

    /**
     * Divides the shared memory.
     *
     * @param ratio part that is kept for indexes and filters, between 0 and 1 and neither of them
     * @throws HoldfastException STATE-3123 if it is not
     */
    public void setHighPriorityPoolRatio(double ratio) {
        highPriorityRatio = part("high priority pool ratio", ratio);
    }

    /**
     * Cuts indexes and filters into blocks.
     *
     * @param use whether to
     */
    public void setUsePartitionedIndexFilters(boolean use) {
        partitionedIndexFilters = use;
    }

    private static double part(String what, double ratio) {
        if (!(ratio > 0 && ratio < 1)) {
            throw Problem.user("STATE-3123", "The " + what + " is out of range: " + ratio + ".")
                    .with("expected", "more than 0 and less than 1")
                    .exception();
        }
        return ratio;
    }

    private static HoldfastException outOfRange(String what, Object value, String expected) {
        return Problem.user("STATE-3122", "The " + what + " is out of range: " + value + ".")
                .with("expected", expected)
                .exception();
    }

    /**
     * Whether the slot's managed memory is to be used where nothing else is fixed.
     *
     * @return true unless set otherwise
     */
    public boolean isUsingManagedMemory() {
        return or(managed, RocksDBOptions.USE_MANAGED_MEMORY);
    }

    /**
     * Whether a fixed amount for each slot is set.
     *
     * @return whether {@link #getFixedMemoryPerSlot} is a size
     */
    public boolean isUsingFixedMemoryPerSlot() {
        return fixedPerSlot != null;
    }

    /**
     * The fixed amount for each slot.
     *
     * @return the size, or null if none is set
     */
    public MemorySize getFixedMemoryPerSlot() {
        return fixedPerSlot;
    }

    /**
     * The fixed amount for the process, from the configuration.
     *
     * @return the size, or empty if none is set
     */
    public Optional<MemorySize> fixedMemoryPerProcess() {
        return Optional.ofNullable(fixedPerProcess);
    }

    /**
     * The part of shared memory for write buffers.
     *
     * @return the ratio
     */
    public double getWriteBufferRatio() {
        return or(writeBufferRatio, RocksDBOptions.WRITE_BUFFER_RATIO);
    }

    /**
     * The part of shared memory for indexes and filters.
     *
     * @return the ratio
     */
    public double getHighPriorityPoolRatio() {
        return or(highPriorityRatio, RocksDBOptions.HIGH_PRIORITY_POOL_RATIO);
    }

    /**
     * Whether indexes and filters are cut into blocks.
     *
     * @return false unless set otherwise
     */
    public Boolean isUsingPartitionedIndexFilters() {
        return or(partitionedIndexFilters, RocksDBOptions.USE_PARTITIONED_INDEX_FILTERS);
    }

    private static <T> T or(T value, ConfigOption<T> option) {
        return value != null ? value : option.defaultValue();
    }

    /** What is set here, filled from a configuration. */
    RocksDBMemoryConfiguration filledFrom(ReadableConfig config) {
        RocksDBMemoryConfiguration filled = new RocksDBMemoryConfiguration();
        filled.managed = filled(managed, config, RocksDBOptions.USE_MANAGED_MEMORY);
        filled.fixedPerSlot = filled(fixedPerSlot, config, RocksDBOptions.FIX_PER_SLOT_MEMORY_SIZE);
        filled.fixedPerProcess =
                filled(fixedPerProcess, config, RocksDBOptions.FIX_PER_TM_MEMORY_SIZE);
        filled.writeBufferRatio =
                filled(writeBufferRatio, config, RocksDBOptions.WRITE_BUFFER_RATIO);
        filled.highPriorityRatio =
                filled(highPriorityRatio, config, RocksDBOptions.HIGH_PRIORITY_POOL_RATIO);
        filled.partitionedIndexFilters =
                filled(
                        partitionedIndexFilters,
                        config,
                        RocksDBOptions.USE_PARTITIONED_INDEX_FILTERS);
        filled.checkDivision();
        return filled;
    }

    private static <T> T filled(T value, ReadableConfig config, ConfigOption<T> option) {
        return value != null ? value : config.getOptional(option).orElse(null);
    }

    /** Write buffers are charged to the cache: with the kept part, they must leave it something. */
    private void checkDivision() {
        double write = getWriteBufferRatio();
        double kept = getHighPriorityPoolRatio();
        double taken = 2 * write / (3 - write) + kept;
        if (taken >= 1) {
            throw Problem.user(
                            "STATE-3124",
                            "The shared memory of RocksDB cannot be divided: write buffers and the"
                                    + " part for indexes leave no cache.")
                    .with(RocksDBOptions.WRITE_BUFFER_RATIO.key(), write)
                    .with(RocksDBOptions.HIGH_PRIORITY_POOL_RATIO.key(), kept)
                    .with("expected", "2w / (3 - w) + h less than 1; it is " + taken)
                    .advise("make one of them smaller")
                    .exception();
        }
    }

    MemoryPlan plan() {
        MemoryPlan.Division division =
                new MemoryPlan.Division(
                        getWriteBufferRatio(),
                        getHighPriorityPoolRatio(),
                        isUsingPartitionedIndexFilters());
        if (fixedPerSlot != null) {
            return new MemoryPlan.FixedPerSlot(fixedPerSlot.bytes(), division);
        }
        boolean nothingSaid = managed == null && fixedPerProcess == null;
        if (nothingSaid || Objects.equals(managed, true)) {
            return new MemoryPlan.ShareOfSlot(division);
        }
        if (fixedPerProcess != null) {
            return new MemoryPlan.FixedPerProcess(fixedPerProcess.bytes(), division);
        }
        return new MemoryPlan.NothingShared();
    }

    @Override
    public String toString() {
        return plan().toString();
    }
}

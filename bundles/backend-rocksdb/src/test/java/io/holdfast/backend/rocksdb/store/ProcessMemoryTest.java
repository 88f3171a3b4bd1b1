package io.holdfast.backend.rocksdb.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.rocksdb.RocksDbLibrary;
import io.holdfast.spi.state.MemoryBudget;
import io.holdfast.testkit.fixture.FixedMemoryBudget;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {
    private final FixedMemoryBudget slot = new FixedMemoryBudget(1 << 20);

    private MemoryBudget.Share<SharedMemory> share(int megabytes) {
        RocksDbLibrary.load();
        return new MemoryPlan.FixedPerProcess(megabytes << 20, MemoryPlan.Division.USUAL)
                .share(slot)
                .orElseThrow();
    }

    @Test
    void allOfAProcessGetTheSameMemory() {
        try (MemoryBudget.Share<SharedMemory> first = share(6);
                MemoryBudget.Share<SharedMemory> second = share(6);
                MemoryBudget.Share<SharedMemory> other = share(7)) {
            assertThat(second.get()).isSameAs(first.get());
            assertThat(other.get()).isNotSameAs(first.get());
            assertThat(first.get().writeBufferBytes()).isEqualTo(2 << 20);
        }
    }

    @Test
    void theLastShareClosesIt() {
        MemoryBudget.Share<SharedMemory> first = share(6);
        MemoryBudget.Share<SharedMemory> second = share(6);
        SharedMemory memory = first.get();

        first.close();
        first.close();
        assertThat(memory.cache().isOwningHandle()).isTrue();
        second.close();
        assertThat(memory.cache().isOwningHandle()).isFalse();
    }
}

package io.holdfast.backend.rocksdb.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.rocksdb.RocksDbLibrary;
import io.holdfast.testkit.fixture.FixedMemoryBudget;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {
    private final FixedMemoryBudget slot = new FixedMemoryBudget(1 << 20);

    private SharedMemory share(int megabytes) {
        RocksDbLibrary.load();
        return new MemoryPlan.FixedPerProcess(megabytes << 20, MemoryPlan.Division.USUAL)
                .share(slot)
                .orElseThrow();
    }

    @Test
    void allOfAProcessGetTheSameMemory() {
        try (SharedMemory first = share(6);
                SharedMemory second = share(6);
                SharedMemory other = share(7)) {
            assertThat(second.cache()).isSameAs(first.cache());
            assertThat(other.cache()).isNotSameAs(first.cache());
            assertThat(first.writeBufferBytes()).isEqualTo(2 << 20);
        }
    }

    @Test
    void theLastShareClosesIt() {
        SharedMemory first = share(6);
        SharedMemory second = share(6);

        first.close();
        first.close();
        assertThat(first.cache().isOwningHandle()).isTrue();
        second.close();
        assertThat(first.cache().isOwningHandle()).isFalse();
    }
}

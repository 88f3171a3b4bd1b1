package io.holdfast.backend.rocksdb.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private final Leases leases = new Leases();

    @Test
    void closingWaitsForEveryLease() throws Exception {
        Leases.Lease one = leases.acquire("one");
        Leases.Lease two = leases.acquire("two");
        CompletableFuture<List<String>> closing =
                CompletableFuture.supplyAsync(() -> leases.closeAndAwait(Duration.ofMinutes(1)));
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .until(
                        () -> {
                            Leases.Lease refused = leases.acquire("late");
                            if (refused != null) {
                                refused.close();
                            }
                            return refused == null;
                        });

        one.close();
        one.close();
        assertThat(closing).isNotDone();
        two.close();

        assertThat(closing.get(1, TimeUnit.MINUTES)).isEmpty();
    }

    @Test
    void holdersThatDoNotEndAreNamed() {
        leases.acquire("one").close();
        leases.acquire("two");

        assertThat(leases.closeAndAwait(Duration.ofMillis(1))).containsExactly("two");
    }

    @Test
    void anInterruptDoesNotCutTheWaitingShort() throws Exception {
        Leases.Lease lease = leases.acquire("one");
        CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
        Thread closing =
                new Thread(
                        () -> {
                            List<String> holders = leases.closeAndAwait(Duration.ofMinutes(1));
                            stillInterrupted.complete(
                                    holders.isEmpty() && Thread.currentThread().isInterrupted());
                        });
        closing.start();
        closing.interrupt();
        lease.close();

        assertThat(stillInterrupted.get(1, TimeUnit.MINUTES)).isTrue();
    }
}

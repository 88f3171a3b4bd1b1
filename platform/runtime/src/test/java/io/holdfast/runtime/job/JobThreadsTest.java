package io.holdfast.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobThreadsTest {
    private final CompletableFuture<Throwable> crash = new CompletableFuture<>();
    private final JobThreads threads = new JobThreads("test", crash::complete);

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void theOwnerIsToldWhatAnActionThrewAndGoesOn() {
        IllegalStateException defect = new IllegalStateException("defect");
        CompletableFuture<String> next = new CompletableFuture<>();
        threads.act(
                () -> {
                    throw defect;
                });
        threads.act(() -> next.complete(Thread.currentThread().getName()));
        assertThat(next.join()).isEqualTo("holdfast-job-test");
        assertThat(crash).isCompletedWithValue(defect);
    }

    @Test
    void whatWasDoneElsewhereComesBackToTheOwner() {
        CompletableFuture<String> seen = new CompletableFuture<>();
        threads.whenDone(
                CompletableFuture.supplyAsync(() -> "value", threads.blocking()),
                (value, cause) ->
                        seen.complete(
                                value + " " + cause + " " + Thread.currentThread().getName()));
        assertThat(seen.join()).isEqualTo("value null holdfast-job-test");
    }

    @Test
    void whatFailedElsewhereComesBackAsItWasThrown() {
        IOException thrown = new IOException("disk full");
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        threads.whenDone(
                CompletableFuture.runAsync(
                        () -> {
                            throw new CompletionException(thrown);
                        },
                        threads.blocking()),
                (nothing, cause) -> seen.complete(cause));
        assertThat(seen.join()).isSameAs(thrown);
    }

    @Test
    void whatComesTooLateIsDropped() {
        CompletableFuture<String> late = new CompletableFuture<>();
        threads.close();
        threads.act(() -> late.complete("done"));
        threads.whenDone(
                CompletableFuture.completedFuture("value"), (value, cause) -> late.complete(value));
        assertThat(threads.isClosed()).isTrue();
        assertThat(late).isNotDone();
    }

    @Test
    void whatWasHandedOverBeforeTheEndIsStillDone() {
        CompletableFuture<String> before = new CompletableFuture<>();
        threads.act(
                () -> {
                    threads.act(() -> before.complete("done"));
                    threads.close();
                });
        assertThat(before.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo("done");
    }
}

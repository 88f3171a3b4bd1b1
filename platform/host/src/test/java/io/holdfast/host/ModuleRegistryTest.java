package io.holdfast.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ConfigOptions;
import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.error.Problem;
import io.holdfast.spi.filesystem.FileSystems;
import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.spi.storage.CheckpointStorageFactory;
import io.holdfast.spi.storage.CheckpointStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Names, leases, guards and departures, with a source that a test drives by hand. */
class ModuleRegistryTest {
    private static final ProviderKind<CheckpointStorageFactory> STORAGE =
            ProviderKind.CHECKPOINT_STORAGE;
    private static final ConfigOption<Integer> SIZE =
            ConfigOptions.key("storage.test.size").intType().defaultValue(1);

    private final Hand source = new Hand();
    private final ModuleRegistry registry = ModuleRegistry.open(source);

    /** A source that reports what a test tells it. */
    static final class Hand implements ProviderSource {
        private Observer observer;
        boolean closed;

        @Override
        public String world() {
            return "hand";
        }

        @Override
        public void start(Observer given) {
            observer = given;
        }

        <F> FoundProvider<F> add(ProviderKind<F> kind, String className, Supplier<F> maker) {
            FoundProvider<F> found =
                    new FoundProvider<>(kind, className, new Origin("hand", "here", "1"), maker);
            observer.found(found);
            return found;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** A storage that is only made, never opened. */
    record Storage(String name) implements CheckpointStorage {
        @Override
        public Optional<URI> directory() {
            return Optional.empty();
        }

        @Override
        public CheckpointStore open(String jobId, FileSystems fileSystems) {
            throw new IllegalStateException("not opened here");
        }
    }

    record Factory(String name, Supplier<CheckpointStorage> maker)
            implements CheckpointStorageFactory {
        @Override
        public List<ConfigOption<?>> options() {
            return List.of(SIZE);
        }

        @Override
        public CheckpointStorage create(ReadableConfig config) {
            return maker.get();
        }
    }

    private FoundProvider<CheckpointStorageFactory> install(
            String name, Supplier<CheckpointStorage> maker) {
        return source.add(STORAGE, "test." + name, () -> new Factory(name, maker));
    }

    private CheckpointStorage create(String name) {
        try (Lease<CheckpointStorageFactory> lease = registry.lease(STORAGE, name)) {
            return lease.factory().create(new Configuration());
        }
    }

    @Test
    void aFailureOfACallNamesTheModule() {
        install(
                "bad",
                () -> {
                    throw new UnsatisfiedLinkError("no native in path");
                });
        assertThatThrownBy(() -> create("bad"))
                .hasMessageStartingWith("MODULE-2004 A module failed in create(): Unsatisfied")
                .hasMessageContaining("module  test.bad (hand; here, version 1)")
                .hasCauseInstanceOf(UnsatisfiedLinkError.class);
    }

    @Test
    void aProblemOfAModuleKeepsItsCodeAndGainsTheModule() {
        install(
                "bad",
                () -> {
                    throw Problem.user("CONFIG-1002", "The size is 0.").exception();
                });
        assertThatThrownBy(() -> create("bad"))
                .hasMessageStartingWith("CONFIG-1002 The size is 0.")
                .hasMessageContaining("module  test.bad (hand; here, version 1)");
    }

    @Test
    void nothingAndAForeignNameAreRefused() {
        install("nothing", () -> null);
        install("liar", () -> new Storage("other"));
        assertThatThrownBy(() -> create("nothing"))
                .hasMessageStartingWith("MODULE-2005 A module returned nothing from create().")
                .hasMessageContaining("test.nothing");
        assertThatThrownBy(() -> create("liar"))
                .hasMessageStartingWith("MODULE-2005 A module named 'liar' made something named")
                .hasMessageContaining("test.liar");
    }

    @Test
    void aFactoryThatHangsHoldsItsCallerOnlySoLongAndIsNotCalledAgain() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        try (ModuleRegistry hasty = ModuleRegistry.open(Duration.ofSeconds(2), source)) {
            install("good", () -> new Storage("good"));
            install(
                    "stuck",
                    () -> {
                        calls.incrementAndGet();
                        awaitUninterruptibly(never);
                        return new Storage("stuck");
                    });
            try (Lease<CheckpointStorageFactory> lease = hasty.lease(STORAGE, "stuck")) {
                for (int i = 0; i < 2; i++) {
                    assertThatThrownBy(() -> lease.factory().create(new Configuration()))
                            .hasMessageStartingWith("MODULE-2007 A module hangs in create(): no")
                            .hasMessageContaining("within 2000 ms")
                            .hasMessageContaining("module  test.stuck");
                }
            }
            assertThat(calls).as("it was not called again").hasValue(1);
            assertThatThrownBy(() -> hasty.lease(STORAGE, "stuck"))
                    .hasMessageStartingWith("MODULE-2002")
                    .hasMessageContaining("because  MODULE-2007 A module hangs in create()");
            assertThat(hasty.names(STORAGE)).containsExactly("good");
            try (Lease<CheckpointStorageFactory> good = hasty.lease(STORAGE, "good")) {
                assertThat(good.factory().create(new Configuration()).name()).isEqualTo("good");
            }
        } finally {
            never.countDown();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatAFactoryDoesWrongMarksItUntilItSucceeds() {
        List<Supplier<CheckpointStorage>> wrongs =
                List.of(
                        () -> {
                            throw new IllegalStateException("no licence");
                        },
                        () -> null,
                        () -> new Storage("other"));
        AtomicReference<Supplier<CheckpointStorage>> next = new AtomicReference<>();
        install("fickle", () -> next.get().get());
        install("good", () -> new Storage("good"));
        for (Supplier<CheckpointStorage> wrong : wrongs) {
            next.set(wrong);
            assertThatThrownBy(() -> create("fickle")).hasMessageStartingWith("MODULE-200");
            ProviderReport marked = registry.providers().get(0);
            assertThat(marked.state()).isEqualTo(ProviderReport.State.FAILED);
            assertThat(marked.problem().orElseThrow().code()).startsWith("MODULE-200");
            assertThat(registry.providers().get(1).state())
                    .isEqualTo(ProviderReport.State.AVAILABLE);
            next.set(() -> new Storage("fickle"));
            assertThat(create("fickle").name()).isEqualTo("fickle");
            assertThat(registry.providers().get(0).state())
                    .isEqualTo(ProviderReport.State.AVAILABLE);
        }
    }

    @Test
    void aProblemOfTheConfigurationIsNoMarkOnTheModule() {
        install(
                "strict",
                () -> {
                    throw Problem.user("CONFIG-1002", "The size is 0.").exception();
                });
        assertThatThrownBy(() -> create("strict")).hasMessageStartingWith("CONFIG-1002");
        assertThat(registry.providers().get(0).state()).isEqualTo(ProviderReport.State.AVAILABLE);
    }

    @Test
    void leasesAreCountedAndEndOnce() {
        install("good", () -> new Storage("good"));
        Lease<CheckpointStorageFactory> first = registry.lease(STORAGE, "good");
        Lease<CheckpointStorageFactory> second = registry.lease(STORAGE, "GOOD");
        assertThat(registry.providers().get(0).leases()).isEqualTo(2);
        first.close();
        first.close();
        assertThat(registry.providers().get(0).leases()).isEqualTo(1);
        assertThatThrownBy(first::factory).hasMessageStartingWith("MODULE-2006");
        assertThat(second.factory().create(new Configuration()).name()).isEqualTo("good");
    }

    @Test
    void aProviderThatGoesStaysForThoseWhoHaveIt() {
        FoundProvider<?> good = install("good", () -> new Storage("good"));
        Lease<CheckpointStorageFactory> lease = registry.lease(STORAGE, "good");
        source.observer.gone(good);
        assertThat(registry.names(STORAGE)).isEmpty();
        assertThat(registry.providers().get(0).state()).isEqualTo(ProviderReport.State.LEAVING);
        assertThat(lease.factory().create(new Configuration()).name()).isEqualTo("good");
        lease.close();
        assertThat(registry.providers()).isEmpty();
    }

    @Test
    void aNameIsFreeAgainWhenOneOfTwoClaimantsLeaves() {
        install("same", () -> new Storage("same"));
        FoundProvider<?> other =
                source.add(
                        STORAGE,
                        "test.Other",
                        () -> new Factory("same", () -> new Storage("same")));
        assertThat(registry.names(STORAGE)).isEmpty();
        source.observer.gone(other);
        assertThat(create("same").name()).isEqualTo("same");
    }

    @Test
    void theOptionsOfUsableProvidersAreListed() {
        install("good", () -> new Storage("good"));
        source.add(STORAGE, "test.Bad", () -> null);
        assertThat(registry.options()).containsExactly(new DeclaredOption(SIZE, STORAGE, "good"));
    }

    @Test
    void aClosedRegistryHandsOutNothing() {
        install("good", () -> new Storage("good"));
        registry.close();
        assertThat(source.closed).isTrue();
        assertThatThrownBy(() -> registry.lease(STORAGE, "good"))
                .hasMessageStartingWith("MODULE-2006");
    }
}

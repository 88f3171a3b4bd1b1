package io.holdfast.host.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.config.Configuration;
import io.holdfast.host.Lease;
import io.holdfast.host.ModuleJar;
import io.holdfast.host.ModuleRegistry;
import io.holdfast.host.ProviderKind;
import io.holdfast.host.archive.Trust;
import io.holdfast.host.world.LoaderWorld;
import io.holdfast.spi.state.StateBackendFactory;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules that leave something behind: each is reported with what holds it, until that goes. */
class LeakingModulesTest {
    private static final ProviderKind<StateBackendFactory> BACKEND = ProviderKind.STATE_BACKEND;

    @TempDir Path directory;
    private Path folder;
    private ModuleFolder source;
    private ModuleRegistry registry;

    @BeforeEach
    void open() throws Exception {
        folder = Files.createDirectories(directory.resolve("modules"));
        source =
                new ModuleFolder(
                        folder,
                        directory.resolve("work"),
                        new LoaderWorld(getClass().getClassLoader()),
                        Trust.any());
        registry = ModuleRegistry.open(source);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    /**
     * A backend whose factory runs this when it is made, and whose backend runs that when asked.
     */
    private static ModuleJar leaky(String whenMade, String whenAsked) {
        return new ModuleJar()
                .provider(
                        StateBackendFactory.class,
                        "Leaky",
                        "public class Leaky implements StateBackendFactory",
                        """
                        public Leaky() throws Exception { %s }
                        public String name() { return "leaky"; }
                        public StateBackend create(ReadableConfig config) {
                            return new StateBackend() {
                                public String name() { return "leaky"; }
                                public Set<SnapshotKind> snapshotKinds() {
                                    %s
                                    return EnumSet.allOf(SnapshotKind.class);
                                }
                                public <K> KeyedStateBackend<K> open(KeyedBackendRequest<K> r) {
                                    throw new IllegalStateException("not opened here");
                                }
                            };
                        }
                        """
                                .formatted(whenMade, whenAsked));
    }

    /** Deploys the module, uses it on the given thread, removes it. */
    private void comeAndGo(ModuleJar module, ExecutorService user) throws Exception {
        Path beside = module.write(directory.resolve("leaky.jar"));
        Files.move(beside, folder.resolve("leaky.jar"), StandardCopyOption.ATOMIC_MOVE);
        Awaitility.await().until(() -> registry.names(BACKEND).contains("leaky"));
        user.submit(
                        () -> {
                            try (Lease<StateBackendFactory> lease =
                                    registry.lease(BACKEND, "leaky")) {
                                return lease.factory()
                                        .create(new Configuration())
                                        .snapshotKinds()
                                        .size();
                            }
                        })
                .get();
        Files.delete(folder.resolve("leaky.jar"));
        Awaitility.await().until(() -> registry.modules().isEmpty());
        source.refresh();
    }

    private void assertHeldBy(String holder) {
        assertThat(source.leaks())
                .singleElement()
                .satisfies(
                        leak -> {
                            assertThat(leak.module()).contains("leaky.jar");
                            assertThat(leak.holders())
                                    .anySatisfy(each -> assertThat(each).contains(holder));
                        });
    }

    private void assertGone() {
        Awaitility.await().untilAsserted(() -> assertThat(source.leaks()).isEmpty());
    }

    private static void removeHook() throws ReflectiveOperationException {
        Field hooks = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
        hooks.setAccessible(true);
        for (Object hook : List.copyOf(((Map<?, ?>) hooks.get(null)).keySet())) {
            if (((Thread) hook).getName().equals("hook of leaky")) {
                Runtime.getRuntime().removeShutdownHook((Thread) hook);
            }
        }
    }

    @Test
    void aThreadLocalOnAThreadOfAPool() throws Exception {
        try (Pool pool = new Pool()) {
            comeAndGo(
                    leaky(
                            "",
                            "ThreadLocal<Object> local = new ThreadLocal<>(); local.set(new"
                                    + " Leaky[0]);"),
                    pool.thread);
            assertHeldBy("thread 'pool of the host', in a thread local: [Lmodules.Leaky;");
        }
        assertGone();
    }

    /** One thread that outlives what it runs. */
    private static final class Pool implements AutoCloseable {
        private final ExecutorService thread =
                Executors.newSingleThreadExecutor(task -> new Thread(task, "pool of the host"));

        @Override
        public void close() {
            thread.shutdownNow();
        }
    }

    @Test
    void aThreadOfItsOwn() throws Exception {
        try (Pool pool = new Pool()) {
            comeAndGo(
                    leaky(
                            "Thread thread = new Thread(() -> { while (!Thread.interrupted()) {"
                                    + " java.util.concurrent.locks.LockSupport.park(); } },"
                                    + " \"statistics\"); thread.setDaemon(true); thread.start();",
                            ""),
                    pool.thread);
        }
        assertHeldBy("thread 'statistics', which runs module leaky");
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("statistics"))
                .forEach(Thread::interrupt);
        assertGone();
    }

    @Test
    void aShutdownHook() throws Exception {
        try (Pool pool = new Pool()) {
            comeAndGo(
                    leaky(
                            "Runtime.getRuntime().addShutdownHook(new Thread(() ->"
                                    + " System.identityHashCode(Leaky.class), \"hook of leaky\"));",
                            ""),
                    pool.thread);
        }
        assertHeldBy("shutdown hook 'hook of leaky'");
        removeHook();
        assertGone();
    }

    @Test
    void anMBean() throws Exception {
        try (Pool pool = new Pool()) {
            comeAndGo(
                    leaky(
                                    "java.lang.management.ManagementFactory"
                                            + ".getPlatformMBeanServer().registerMBean(new"
                                            + " Counter(), new"
                                            + " javax.management.ObjectName(\"leaky:type=Counter\"));",
                                    "")
                            .source(
                                    "CounterMBean",
                                    "public interface CounterMBean { int getCount(); }")
                            .source(
                                    "Counter",
                                    "public class Counter implements CounterMBean { public int"
                                            + " getCount() { return 1; } }"),
                    pool.thread);
        }
        assertHeldBy("MBean leaky:type=Counter");
        ManagementFactory.getPlatformMBeanServer()
                .unregisterMBean(new ObjectName("leaky:type=Counter"));
        assertGone();
    }
}

package io.holdfast.host.isolation;

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Remembers the class loaders of modules that left, and finds those that do not go. */
public final class LeakWatch {
    /*
     * A class loader goes when nothing reaches it: no object of its classes, no thread that runs them. What usually holds one can be seen from
     * within: a thread (by its class, its frames, its context class loader), an MBean. Shutdown hooks and thread locals lie in fields of java.lang
     * that the JDK opens only on request (--add-opens java.base/java.lang=ALL-UNNAMED, or =io.holdfast.host); then they are looked at as well.
     */
    private static final int COLLECTIONS = 3;
    private static final long BETWEEN_NANOS = 20_000_000;

    private record Left(String module, WeakReference<ClassLoader> loader) {}

    // Guarded by itself.
    private final List<Left> left = new ArrayList<>();

    /** A watch of nothing yet. */
    public LeakWatch() {}

    /**
     * Begins to watch a class loader that should go from now on.
     *
     * @param module names its module
     * @param loader the class loader; not held
     */
    public void watch(String module, ClassLoader loader) {
        RecordCaches.displace();
        synchronized (left) {
            left.removeIf(each -> each.loader().get() == null);
            left.add(new Left(module, new WeakReference<>(loader)));
        }
    }

    /**
     * Collects garbage up to three times and says what is left.
     *
     * @return those that should have gone and did not, with their holders
     */
    public List<Leak> leaks() {
        for (int i = 0; i < COLLECTIONS && !allGone(); i++) {
            System.gc();
            // References are cleared by the collection; what they were queued for needs a moment.
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
        List<Leak> leaks = new ArrayList<>();
        synchronized (left) {
            for (Left each : left) {
                ClassLoader loader = each.loader().get();
                if (loader != null) {
                    leaks.add(new Leak(each.module(), holders(loader)));
                }
            }
        }
        return leaks;
    }

    private boolean allGone() {
        synchronized (left) {
            left.removeIf(each -> each.loader().get() == null);
            return left.isEmpty();
        }
    }

    private static List<String> holders(ClassLoader loader) {
        List<String> holders = new ArrayList<>();
        Thread.getAllStackTraces()
                .forEach((thread, frames) -> addThread(loader, thread, frames, holders));
        addHooks(loader, holders);
        addBeans(loader, holders);
        return holders;
    }

    private static void addThread(
            ClassLoader loader, Thread thread, StackTraceElement[] frames, List<String> holders) {
        String name = "thread '" + thread.getName() + "'";
        if (isOf(loader, thread.getClass())) {
            holders.add(name + ", whose class is the module's");
        } else if (thread.getContextClassLoader() == loader) {
            holders.add(name + ", whose context class loader is the module's");
        } else {
            for (StackTraceElement frame : frames) {
                if (loaded(loader, frame.getClassName())) {
                    holders.add(name + ", which runs " + frame);
                    break;
                }
            }
        }
        addThreadLocals(loader, thread, name, holders);
    }

    /** Whether the loader itself has that class. Classes of its parents are not its own. */
    private static boolean loaded(ClassLoader loader, String className) {
        try {
            return isOf(loader, Class.forName(className, false, loader));
        } catch (ClassNotFoundException | LinkageError | IllegalStateException e) {
            return false;
        }
    }

    private static boolean isOf(ClassLoader loader, Class<?> type) {
        return type.getClassLoader() == loader;
    }

    private static boolean isOf(ClassLoader loader, Object object) {
        return object != null
                && (object == loader
                        || isOf(loader, object.getClass())
                        || object instanceof Class<?> type && isOf(loader, type));
    }

    private static void addThreadLocals(
            ClassLoader loader, Thread thread, String name, List<String> holders) {
        try {
            Object map = field(Thread.class, "threadLocals").get(thread);
            if (map == null) {
                return;
            }
            Object table = field(map.getClass(), "table").get(map);
            for (int i = 0; i < Array.getLength(table); i++) {
                Object entry = Array.get(table, i);
                if (entry != null) {
                    Object value = field(entry.getClass(), "value").get(entry);
                    Object key = ((Reference<?>) entry).get();
                    if (isOf(loader, value) || isOf(loader, key)) {
                        Object culprit = isOf(loader, value) ? value : key;
                        holders.add(name + ", in a thread local: " + culprit.getClass().getName());
                    }
                }
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            // Not opened to us: then these are not looked at, as the essay above says.
            return;
        }
    }

    private static void addHooks(ClassLoader loader, List<String> holders) {
        try {
            Class<?> hooks = Class.forName("java.lang.ApplicationShutdownHooks");
            Map<?, ?> all = (Map<?, ?>) field(hooks, "hooks").get(null);
            for (Object hook : all == null ? List.of() : List.copyOf(all.keySet())) {
                Thread thread = (Thread) hook;
                if (isOf(loader, thread.getClass())
                        || thread.getContextClassLoader() == loader
                        || isOf(loader, task(thread))) {
                    holders.add("shutdown hook '" + thread.getName() + "'");
                }
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            return; // As above.
        }
    }

    private static Object task(Thread thread) throws ReflectiveOperationException {
        try {
            return field(Thread.class, "target").get(thread);
        } catch (NoSuchFieldException e) {
            Object holder = field(Thread.class, "holder").get(thread);
            return field(holder.getClass(), "task").get(holder);
        }
    }

    private static Field field(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        AccessibleObject.setAccessible(new AccessibleObject[] {field}, true);
        return field;
    }

    private static void addBeans(ClassLoader loader, List<String> holders) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(null, null)) {
            try {
                if (server.getClassLoaderFor(name) == loader) {
                    holders.add("MBean " + name);
                }
            } catch (InstanceNotFoundException e) {
                // It went meanwhile; then it holds nothing.
                continue;
            }
        }
    }
}

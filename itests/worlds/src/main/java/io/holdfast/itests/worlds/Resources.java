package io.holdfast.itests.worlds;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a process holds at one moment.
 *
 * @param threads names of live threads, numbers left out
 * @param hooks classes of shutdown hooks
 * @param beans names of MBeans
 * @param descriptors number of open file descriptors
 * @param temporary names in the directory for temporary files
 * @param mappings mappings of RocksDB's library that can be executed
 * @param classes number of loaded classes
 * @param metaspace bytes
 * @param resident bytes
 */
record Resources(
        Set<String> threads,
        Set<String> hooks,
        Set<String> beans,
        long descriptors,
        Set<String> temporary,
        Set<String> mappings,
        int classes,
        long metaspace,
        long resident) {

    /** Collects garbage, then looks. */
    static Resources now() throws IOException, ReflectiveOperationException {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return new Resources(
                Thread.getAllStackTraces().keySet().stream()
                        .map(thread -> thread.getName().replaceAll("[0-9]+", "#"))
                        .filter(name -> !name.startsWith("Common-Cleaner"))
                        .collect(Collectors.toCollection(TreeSet::new)),
                hookClasses(),
                ManagementFactory.getPlatformMBeanServer().queryNames(null, null).stream()
                        .map(Object::toString)
                        .collect(Collectors.toCollection(TreeSet::new)),
                list(Path.of("/proc/self/fd")).size(),
                list(Path.of(System.getProperty("java.io.tmpdir"))),
                libraryMappings(),
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getName().equals("Metaspace"))
                        .map(MemoryPoolMXBean::getUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum(),
                residentBytes());
    }

    private static Set<String> hookClasses() throws ReflectiveOperationException {
        Field hooks = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
        hooks.setAccessible(true);
        return ((Map<?, ?>) hooks.get(null))
                .keySet().stream()
                        .map(hook -> hook.getClass().getName())
                        // The JDK's own, made when it first logs.
                        .filter(name -> !name.equals("java.util.logging.LogManager$Cleaner"))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> libraryMappings() throws IOException {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.filter(line -> line.contains("rocksdbjni") && line.contains("r-xp"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static long residentBytes() throws IOException {
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            return status.filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        }
    }

    /** What is here and was not there, in words; empty if nothing. */
    String beyond(Resources before) {
        StringBuilder text = new StringBuilder();
        added(text, "threads", threads, before.threads);
        added(text, "hooks", hooks, before.hooks);
        added(text, "MBeans", beans, before.beans);
        added(text, "temporary files", temporary, before.temporary);
        if (descriptors > before.descriptors) {
            text.append("descriptors ")
                    .append(before.descriptors)
                    .append(" -> ")
                    .append(descriptors)
                    .append(' ');
        }
        return text.toString();
    }

    private static void added(
            StringBuilder text, String what, Set<String> now, Set<String> before) {
        Set<String> more = new TreeSet<>(now);
        more.removeAll(before);
        if (!more.isEmpty()) {
            text.append(what).append(' ').append(more).append(' ');
        }
    }
}

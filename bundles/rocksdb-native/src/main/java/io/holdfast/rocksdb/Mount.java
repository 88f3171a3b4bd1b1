package io.holdfast.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A place where a file system is mounted on Linux.
 *
 * @param point the directory
 * @param options its options, such as {@code noexec}
 */
record Mount(Path point, Set<String> options) {

    private static final Path TABLE = Path.of("/proc/self/mountinfo");

    /**
     * The mount that holds a file.
     *
     * @param file an existing file
     * @return empty if this is no Linux or the table cannot be read
     */
    static Optional<Mount> of(Path file) {
        try {
            return of(file.toRealPath(), Files.readAllLines(TABLE));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The same, from a given table.
     *
     * @param file absolute, without symbolic links
     * @param table lines as described in proc_pid_mountinfo(5): the fifth field is the place, with
     *     blanks as octal escapes, the sixth the options
     * @return the last of the mounts with the longest place that leads to {@code file}
     */
    static Optional<Mount> of(Path file, List<String> table) {
        Mount found = null;
        for (String line : table) {
            String[] fields = line.split(" ");
            if (fields.length > 5) {
                Path point = Path.of(unescaped(fields[4]));
                if (file.startsWith(point)
                        && (found == null || point.getNameCount() >= found.point.getNameCount())) {
                    found = new Mount(point, Set.of(fields[5].split(",")));
                }
            }
        }
        return Optional.ofNullable(found);
    }

    boolean has(String option) {
        return options.contains(option);
    }

    private static String unescaped(String field) {
        return field.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}

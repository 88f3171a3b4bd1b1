package io.holdfast.runtime.state;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Working files of state backends, when they are needed no more. */
public final class WorkFiles {
    private static final Logger LOG = LoggerFactory.getLogger(WorkFiles.class);

    private WorkFiles() {}

    /**
     * Removes a directory and all that is in it, as far as that is possible; what is left is
     * logged.
     *
     * @param directory may be absent
     */
    public static void remove(Path directory) {
        try {
            Files.walkFileTree(
                    directory,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes about)
                                throws IOException {
                            Files.deleteIfExists(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException cause)
                                throws IOException {
                            if (cause instanceof NoSuchFileException) {
                                return FileVisitResult.CONTINUE;
                            }
                            throw cause;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(Path dir, IOException cause)
                                throws IOException {
                            Files.deleteIfExists(dir);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            LOG.warn("Working files below {} are left: {}", directory, e.toString());
        }
    }
}

package io.holdfast.itests.worlds;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes versions of a module's jar. */
final class Versions {
    private Versions() {}

    /** The same jar, stating another version. */
    static Path of(Path original, String version, Path target) throws IOException {
        return without(original, version, "", target);
    }

    /** The same jar, stating another version, without one of its files. */
    static Path without(Path original, String version, String missing, Path target)
            throws IOException {
        try (JarFile in = new JarFile(original.toFile())) {
            Manifest manifest = new Manifest(in.getManifest());
            manifest.getMainAttributes().put(new Attributes.Name("Bundle-Version"), version);
            try (JarOutputStream out =
                    new JarOutputStream(Files.newOutputStream(target), manifest)) {
                for (JarEntry entry : Collections.list(in.entries())) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)
                            && !entry.getName().equals(missing)) {
                        out.putNextEntry(new JarEntry(entry.getName()));
                        try (InputStream bytes = in.getInputStream(entry)) {
                            bytes.transferTo(out);
                        }
                    }
                }
            }
        }
        return target;
    }
}

package io.holdfast.cli.checkpoint;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.runtime.DryRun;
import io.holdfast.runtime.LocalPlatform;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** A program in a jar, known by the class that its manifest names. */
final class JobJar {
    private final Path jar;

    JobJar(Path jar) {
        this.jar = jar;
    }

    /** Lets it describe its first job. */
    void describe(LocalPlatform platform, DryRun.Visitor visitor) throws IOException {
        String main = mainClass();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(
                        new URL[] {jar.toUri().toURL()}, JobJar.class.getClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            if (!DryRun.of(platform, () -> run(loader, main), visitor)) {
                throw Problem.user("CLI-7073", "%s in %s ended without a job.".formatted(main, jar))
                        .advise("see that its main method calls execute without being told more")
                        .exception();
            }
        } catch (IOException | HoldfastException e) {
            throw e;
        } catch (Exception | LinkageError e) {
            throw Problem.user("CLI-7074", "%s in %s failed: %s".formatted(main, jar, e))
                    .advise(
                            "see that it can be started without arguments; --stacktrace tells where")
                    .exception(e);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static void run(ClassLoader loader, String main) throws Exception {
        try {
            loader.loadClass(main)
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[0]);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private String mainClass() throws IOException {
        if (!Files.isRegularFile(jar)) {
            throw Problem.user("CLI-7071", "There is no jar " + jar + ".")
                    .advise("name the jar of the job, or an example")
                    .exception();
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            return Optional.ofNullable(file.getManifest())
                    .map(manifest -> manifest.getMainAttributes())
                    .map(attributes -> attributes.getValue(Attributes.Name.MAIN_CLASS))
                    .orElseThrow(
                            () ->
                                    Problem.user(
                                                    "CLI-7072",
                                                    "%s does not say what to start.".formatted(jar))
                                            .advise("give its manifest a Main-Class")
                                            .exception());
        }
    }
}

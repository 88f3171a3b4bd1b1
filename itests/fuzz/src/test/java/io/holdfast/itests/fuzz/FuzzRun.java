package io.holdfast.itests.fuzz;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Starts the fuzzer on one target; only on the class path of profile {@code fuzz}. New inputs are
 * kept in {@code target/fuzz}, so that the next run goes on from there.
 */
public final class FuzzRun {
    private FuzzRun() {}

    /** Takes the directory of the module and the number of seconds; the target is a variable. */
    public static void main(String[] arguments) throws Exception {
        Path module = Path.of(arguments[0]);
        String target = System.getenv("FUZZ_TARGET");
        Path corpus = module.resolve("target/fuzz").resolve(target);
        fill(module, Files.createDirectories(corpus));
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--target_class="
                                        + FuzzRun.class.getPackageName()
                                        + "."
                                        + target
                                        + "Fuzz",
                                "--instrumentation_includes=io.holdfast.**:com.typesafe.config.**"
                                        + ":org.snakeyaml.engine.**",
                                "--reproducer_path=" + module.resolve("target/fuzz"),
                                "-artifact_prefix=" + module.resolve("target/fuzz") + "/",
                                "-max_total_time=" + arguments[1],
                                "-timeout=30",
                                "-max_len=8192",
                                "-rss_limit_mb=2048",
                                "-print_final_stats=1",
                                corpus.toString()));
        call(words.toArray(String[]::new));
    }

    private static void fill(Path module, Path corpus) throws IOException {
        int number = 0;
        Collection<String> measured = Corpus.measured(module);
        for (String text : measured) {
            Files.write(corpus.resolve("case-" + number++), text.getBytes(StandardCharsets.UTF_8));
        }
        for (byte[] input : Corpus.found(module)) {
            Files.write(corpus.resolve("found-" + number++), input);
        }
    }

    private static void call(String[] words) throws Exception {
        try {
            Class.forName("com.code_intelligence.jazzer.Jazzer")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) words);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the fuzzer failed", e.getCause());
        }
    }
}

package io.holdfast.itests.fuzz;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/** Inputs to begin with: what was found before, and the files whose outcome Flink told. */
final class Corpus {
    private static final Path FOUND = Path.of("src/test/corpus");

    private Corpus() {}

    /** Inputs that were a problem once, or that a person thought of. */
    static List<byte[]> found(Path module) throws IOException {
        List<byte[]> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.walk(module.resolve(FOUND))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                inputs.add(Files.readAllBytes(file));
            }
        }
        return inputs;
    }

    /** Texts of measured files; empty where there are none on this machine. */
    static Collection<String> measured(Path module) throws IOException {
        Collection<String> texts = new LinkedHashSet<>();
        for (String version : List.of("1.20", "2.3")) {
            Path cases =
                    module.resolve("../../../shared/conformance")
                            .resolve("conf-files-flink-" + version + ".jsonl");
            if (Files.exists(cases)) {
                for (String line : Files.readAllLines(cases)) {
                    Config measured = ConfigFactory.parseString(line);
                    if (measured.hasPath("text")) {
                        texts.add(measured.getString("text"));
                    }
                }
            }
        }
        return texts;
    }
}

package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every block of Java in the documentation that users come from stands in the tests as it is. */
final class SamplesAreUnchangedTest {
    private static final Pattern BLOCKS =
            Pattern.compile(
                    "```java\\R(.*?)```|\\{% highlight java %}\\R(.*?)\\{% endhighlight %}",
                    Pattern.DOTALL);

    private static final Path TESTS = Path.of("src/test/java/io/holdfast/runtime");

    @Test
    void everyBlockStandsInATest() throws IOException {
        Path seeds = Path.of("../../../shared/seeds");
        assumeTrue(Files.isDirectory(seeds), "skipped: there is no " + seeds);
        String tests =
                plain(Files.readString(TESTS.resolve("SeedSamplesTest.java")))
                        + plain(Files.readString(TESTS.resolve("MyOptionsFactory.java")));

        List<String> samples = samples(seeds);

        assertThat(samples).hasSizeGreaterThanOrEqualTo(8);
        assertThat(samples).allSatisfy(sample -> assertThat(tests).contains(plain(sample)));
    }

    private static List<String> samples(Path seeds) throws IOException {
        List<String> samples = new ArrayList<>();
        try (Stream<Path> files = Files.list(seeds)) {
            for (Path file : files.sorted().toList()) {
                Matcher block = BLOCKS.matcher(Files.readString(file));
                while (block.find()) {
                    samples.add(block.group(1) == null ? block.group(2) : block.group(1));
                }
            }
        }
        return samples;
    }

    /** Lines without the blanks around them, and no empty lines. */
    private static String plain(String source) {
        return String.join(
                "\n", source.lines().map(String::strip).filter(line -> !line.isEmpty()).toList());
    }
}

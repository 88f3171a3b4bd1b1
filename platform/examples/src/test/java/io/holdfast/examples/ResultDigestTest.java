package io.holdfast.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultDigestTest {
    /** Of no bytes at all, as published with the algorithm. */
    private static final String NOTHING =
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void noLinesAreTheHashOfNoBytes() {
        assertThat(ResultDigest.of(List.of()))
                .hasToString("digest sha256:" + NOTHING + " over 0 records");
    }

    @Test
    void orderOfLinesDoesNotMatter() {
        List<String> lines = new ArrayList<>(List.of("b,2", "a,1", "c,3", "a,1", "", "ä,4"));
        ResultDigest expected = ResultDigest.of(lines);
        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(lines, random);
            assertThat(ResultDigest.of(lines)).isEqualTo(expected);
        }
    }

    @Test
    void aLineThatIsThereTwiceCounts() {
        assertThat(ResultDigest.of(List.of("a", "a", "b")))
                .isNotEqualTo(ResultDigest.of(List.of("a", "b", "b")))
                .isNotEqualTo(ResultDigest.of(List.of("a", "b")));
    }

    @Test
    void aLineFeedInsideALineIsRefused() {
        assertThatThrownBy(() -> ResultDigest.of(List.of("a\nb")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line feed");
    }

    @Test
    void sortAndSha256sumSayTheSame(@TempDir Path directory) throws Exception {
        StandardTools.assumeInstalled("sh", "sort", "sha256sum");
        // U+FF5E sorts before U+1F600 by bytes, but after it by Java's char order.
        List<String> lines = List.of("z", "~", "\uff5e", "\ud83d\ude00", "é", "a b", "a", "A", "a");
        Path file = directory.resolve("lines");
        Files.write(file, lines);
        List<String> output =
                StandardTools.run("sh", "-c", "LC_ALL=C sort \"$0\" | sha256sum", file.toString());
        assertThat(output).containsExactly(ResultDigest.of(lines).sha256() + "  -");
    }

    @Test
    void onlyAHashAndACountMakeADigest() {
        assertThatThrownBy(() -> new ResultDigest("abc", 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ResultDigest(NOTHING.toUpperCase(Locale.ROOT), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ResultDigest(NOTHING, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

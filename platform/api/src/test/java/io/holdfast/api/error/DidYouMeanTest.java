package io.holdfast.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidYouMeanTest {
    private static final List<String> NAMES = List.of("rocksdb", "hashmap", "filesystem");

    @ParameterizedTest
    @CsvSource({
        "rocksdbb,rocksdb",
        "ROKCSDB,rocksdb",
        "' hash-map',hashmap",
        "filesytem,filesystem"
    })
    void likelySlipsAreRecognised(String written, String meant) {
        assertThat(DidYouMean.closest(written, NAMES)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"memory", "x", "''", "hashmap"})
    void otherWordsGetNoSuggestion(String written) {
        assertThat(DidYouMean.question(written, NAMES)).isEmpty();
    }

    @Test
    void knownWordsAreListedInOrder() {
        assertThat(DidYouMean.list(NAMES)).isEqualTo("filesystem, hashmap, rocksdb");
        assertThat(DidYouMean.list(List.of())).isEqualTo("none");
    }
}

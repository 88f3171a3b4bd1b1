package io.holdfast.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.RocksDB;

class ElfLibraryTest {

    @ParameterizedTest
    @ValueSource(strings = {"librocksdbjni-linux64.so", "librocksdbjni-linux-aarch64.so"})
    void noUniqueSymbolIsLeftInTheLibrariesForGlibc(String name) throws IOException {
        byte[] library = library(name);

        assertThat(ElfLibrary.makeUniqueGlobal(library)).isGreaterThan(200);
        assertThat(ElfLibrary.makeUniqueGlobal(library)).isZero();
    }

    @Test
    void onlyTheBindingOfSymbolsAndOneFlagAreChanged() throws IOException {
        byte[] before = library("librocksdbjni-linux64.so");
        byte[] after = before.clone();
        int changed = ElfLibrary.makeUniqueGlobal(after);

        int rebound = 0;
        List<Byte> others = new ArrayList<>();
        for (int i = 0; i < before.length; i++) {
            if (before[i] != after[i]) {
                if ((before[i] & 0xf0) == 0xa0 && after[i] == (0x10 | before[i] & 0x0f)) {
                    rebound++;
                } else {
                    assertThat(before[i]).isZero();
                    others.add(after[i]);
                }
            }
        }
        assertThat(rebound).isEqualTo(changed);
        // The pair (DT_FLAGS_1, DF_1_NODELETE), where there were zeros.
        assertThat(others)
                .containsExactly((byte) 0xfb, (byte) 0xff, (byte) 0xff, (byte) 0x6f, (byte) 8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "librocksdbjni-linux64-musl.so",
                "librocksdbjni-osx-arm64.jnilib",
                "librocksdbjni-osx-x86_64.jnilib"
            })
    void librariesWithoutUniqueSymbolsAreLeftAlone(String name) throws IOException {
        byte[] library = library(name);
        byte[] before = library.clone();

        assertThat(ElfLibrary.makeUniqueGlobal(library)).isZero();
        assertThat(library).isEqualTo(before);
    }

    @Test
    void aLibraryCutShortIsRefused() throws IOException {
        byte[] half = Arrays.copyOf(library("librocksdbjni-linux64.so"), 1 << 20);

        assertThatThrownBy(() -> ElfLibrary.makeUniqueGlobal(half))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void whatIsNoLibraryIsLeftAlone() {
        assertThat(ElfLibrary.makeUniqueGlobal(new byte[0])).isZero();
        assertThat(ElfLibrary.makeUniqueGlobal(new byte[100])).isZero();
    }

    private static byte[] library(String name) throws IOException {
        try (InputStream in = RocksDB.class.getResourceAsStream("/" + name)) {
            return in.readAllBytes();
        }
    }
}

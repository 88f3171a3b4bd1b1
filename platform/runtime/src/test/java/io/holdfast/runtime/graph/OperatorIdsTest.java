package io.holdfast.runtime.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Ids are those that Flink gives to uids. */
final class OperatorIdsTest {

    @Test
    void areMurmur3OfTheUidInTheOrderOfItsBytes() {
        assertThat(OperatorIds.of("")).isEqualTo("00000000000000000000000000000000");
        assertThat(OperatorIds.of("The quick brown fox jumps over the lazy dog"))
                .isEqualTo("6c1b07bc7bbc4be347939ac4a93c437a");
    }
}

package io.holdfast.toolkit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of the documented layout. */
class CheckpointLayoutTest {
    private static final URI BASE = URI.create("file:/data");

    @Test
    void jobsLieBesideEachOther() {
        CheckpointLayout layout = CheckpointLayout.of(BASE, "a1-b2", true);
        assertThat(layout.checkpoint(17)).hasToString("file:/data/a1-b2/chk-17");
        assertThat(layout.shared()).hasToString("file:/data/a1-b2/shared");
        assertThat(layout.taskOwned()).hasToString("file:/data/a1-b2/taskowned");
        assertThat(CheckpointLayout.metadata(layout.checkpoint(17)))
                .hasToString("file:/data/a1-b2/chk-17/_metadata");
    }

    @Test
    void aJobMayGoWithoutADirectoryOfItsOwn() {
        assertThat(CheckpointLayout.of(BASE, "a1", false).checkpoint(0))
                .hasToString("file:/data/chk-0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "..", "a b", "shared", "taskowned", "chk-1", "ä"})
    void jobIdsThatAreNoneAreRefused(String jobId) {
        assertThatThrownBy(() -> CheckpointLayout.of(BASE, jobId, true))
                .hasMessageStartingWith("STORAGE-5008 '" + jobId + "' cannot be the id of a job.");
    }

    @Test
    void idsAreReadFromNames() {
        assertThat(CheckpointLayout.checkpointId("chk-17")).hasValue(17);
        for (String other : new String[] {"chk-", "chk-01", "chk-1x", "chk--1", "1", "shared"}) {
            assertThat(CheckpointLayout.checkpointId(other)).isEqualTo(OptionalLong.empty());
        }
        assertThat(CheckpointLayout.checkpointId("chk-9999999999999999999")).isEmpty();
    }

    @Test
    void streamsHaveNamesOfTheirOwn() {
        assertThat(CheckpointLayout.isStream(UUID.randomUUID().toString())).isTrue();
        assertThat(CheckpointLayout.isStream("_metadata")).isFalse();
        assertThat(CheckpointLayout.isStream("000012.sst")).isFalse();
    }
}

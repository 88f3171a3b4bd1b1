package io.holdfast.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.runtime.checkpoint.Barrier;
import io.holdfast.runtime.checkpoint.Cut;
import io.holdfast.runtime.checkpoint.StopMode;
import io.holdfast.spi.snapshot.SnapshotKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Channels wait for each other at a barrier, and only then. */
final class BarrierAlignmentTest implements BarrierAlignment.Gate {
    private final TreeSet<Integer> blocked = new TreeSet<>();
    private final List<Long> superseded = new ArrayList<>();
    private final BarrierAlignment alignment = new BarrierAlignment(3, this);

    @Override
    public void block(int channel, boolean on) {
        if (on) {
            blocked.add(channel);
        } else {
            blocked.remove(channel);
        }
    }

    @Override
    public void superseded(Cut older, Cut newer) {
        superseded.add(older.checkpointId());
    }

    private boolean arrived(int channel, long id) {
        return alignment.arrived(channel, barrier(id), 0).isPresent();
    }

    private static Barrier barrier(long id) {
        return barrier(id, true);
    }

    private static Barrier barrier(long id, boolean holdsBack) {
        return new Barrier(
                id,
                0,
                SnapshotKind.FULL,
                StopMode.NONE,
                holdsBack,
                scope -> {
                    throw new IOException("nothing is written here");
                });
    }

    @Test
    void channelsAreHeldBackUntilTheLastBarrierCame() {
        assertThat(arrived(0, 1)).isFalse();
        assertThat(arrived(2, 1)).isFalse();
        assertThat(blocked).containsExactly(0, 2);

        assertThat(arrived(1, 1)).isTrue();
        assertThat(blocked).isEmpty();
    }

    @Test
    void aNewerBarrierGivesTheOlderOneUp() {
        arrived(0, 1);
        arrived(1, 2);

        assertThat(superseded).containsExactly(1L);
        assertThat(blocked).containsExactly(1);
        assertThat(arrived(2, 1)).isFalse();
        assertThat(arrived(0, 2)).isFalse();
        assertThat(arrived(2, 2)).isTrue();
    }

    @Test
    void anAbortedCheckpointLetsChannelsGoOn() {
        arrived(0, 1);
        alignment.aborted(1);

        assertThat(blocked).isEmpty();
        assertThat(arrived(1, 1)).isFalse();
        assertThat(arrived(2, 1)).isFalse();
        assertThat(blocked).isEmpty();
    }

    @Test
    void anAbortThatComesBeforeItsBarrierCounts() {
        alignment.aborted(1);

        assertThat(arrived(0, 1)).isFalse();
        assertThat(blocked).isEmpty();
        assertThat(alignment.begins(barrier(1))).isFalse();
        assertThat(alignment.begins(barrier(2))).isTrue();
    }

    @Test
    void aBarrierBehindItsSuccessorIsIgnored() {
        arrived(0, 2);
        arrived(1, 2);
        arrived(2, 2);

        assertThat(arrived(0, 1)).isFalse();
        assertThat(blocked).isEmpty();
    }

    private boolean passed(int channel, long id) {
        return alignment.arrived(channel, barrier(id, false), 0).isPresent();
    }

    @Test
    void aBarrierThatHoldsNothingBackWaitsForAllChannelsToo() {
        assertThat(passed(0, 1)).isFalse();
        assertThat(passed(2, 1)).isFalse();
        assertThat(blocked).isEmpty();
        assertThat(passed(1, 1)).isTrue();
    }

    @Test
    void barriersThatHoldNothingBackOverlap() {
        passed(0, 1);
        passed(0, 2);
        passed(1, 1);
        assertThat(passed(2, 1)).isTrue();
        passed(1, 2);
        assertThat(passed(2, 2)).isTrue();
        assertThat(superseded).isEmpty();
    }

    @Test
    void aBarrierThatCameThroughAllChannelsGivesOlderOnesUp() {
        passed(0, 1);
        passed(0, 2);
        passed(1, 2);
        assertThat(passed(2, 2)).isTrue();
        assertThat(superseded).containsExactly(1L);
        assertThat(passed(1, 1)).isFalse();
        assertThat(passed(2, 1)).isFalse();
    }

    @Test
    void aSavepointHoldsChannelsBackAmongOthersThatDoNot() {
        passed(0, 1);
        arrived(0, 2);
        assertThat(blocked).containsExactly(0);
        passed(1, 1);
        assertThat(passed(2, 1)).isTrue();
        assertThat(blocked).containsExactly(0);
        arrived(1, 2);
        assertThat(arrived(2, 2)).isTrue();
        assertThat(blocked).isEmpty();
        assertThat(superseded).isEmpty();
    }
}

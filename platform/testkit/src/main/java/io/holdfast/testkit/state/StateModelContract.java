package io.holdfast.testkit.state;

import io.holdfast.spi.state.StateBackend;
import io.holdfast.testkit.model.ModelTest;
import org.junit.jupiter.api.Test;

/**
 * Whatever a job does to its states, timers and snapshots, and however it is restored and rescaled,
 * it finds what collections of the JDK would hold.
 *
 * <p>{@code -Dtest.seed=N} repeats one sequence, {@code -Dtest.sequences=N} runs more of them,
 * {@code -Dtest.steps=N} longer ones.
 */
public abstract class StateModelContract {
    /** Few, so that an ordinary build is quick even where each restore opens files. */
    static final int SEQUENCES = 40;

    /** For subclasses. */
    protected StateModelContract() {}

    /**
     * The backend under test.
     *
     * @return a backend ready to open keyed backends; asked for once for each sequence
     */
    protected abstract StateBackend backend();

    /**
     * Number of sequences where no property sets it.
     *
     * @return 1 or more; a quick backend can afford more than the default
     */
    protected int sequences() {
        return SEQUENCES;
    }

    @Test
    void randomStepsAgreeWithCollectionsOfTheJdk() {
        new ModelTest(this::backend, sequences()).run();
    }
}

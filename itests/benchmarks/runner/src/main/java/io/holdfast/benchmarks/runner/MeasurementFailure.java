package io.holdfast.benchmarks.runner;

import java.io.Serial;

/**
 * A peer that could not be measured; the others still can. The message is for the user and says
 * where to look.
 */
final class MeasurementFailure extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    MeasurementFailure(String message) {
        super(message);
    }
}

package io.holdfast.toolkit.checkpoint;

import io.holdfast.api.error.Problem;
import java.io.IOException;

/** Problems as the exceptions that input and output throw. */
final class Failures {
    private Failures() {}

    static IOException io(Problem.Builder problem) {
        return new IOException(problem.build().toString());
    }

    /** A step that may fail. */
    interface Step {
        void run() throws IOException;
    }

    /** Runs a step although an earlier one may have failed; keeps the first failure. */
    static IOException attempt(IOException earlier, Step step) {
        try {
            step.run();
            return earlier;
        } catch (IOException e) {
            if (earlier == null) {
                return e;
            }
            earlier.addSuppressed(e);
            return earlier;
        }
    }
}

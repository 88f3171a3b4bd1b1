package io.holdfast.runtime.task;

/**
 * What one operator of one subtask counts. Read by other threads.
 *
 * @param operatorId the operator
 * @param recordsIn records it got; of a source, 0
 * @param recordsOut records it emitted, side outputs included
 * @param recordsLate records it dropped because they came too late
 */
public record OperatorStats(
        String operatorId, Counter recordsIn, Counter recordsOut, Counter recordsLate) {
    OperatorStats(String operatorId) {
        this(operatorId, new Counter(), new Counter(), new Counter());
    }
}

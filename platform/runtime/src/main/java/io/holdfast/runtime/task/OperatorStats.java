package io.holdfast.runtime.task;

/**
 * What one operator of one subtask counts. Read by other threads.
 *
 * @param operatorId the operator
 * @param recordsIn records it got; of a source, 0
 * @param recordsOut records it emitted, side outputs included
 */
public record OperatorStats(String operatorId, Counter recordsIn, Counter recordsOut) {
    OperatorStats(String operatorId) {
        this(operatorId, new Counter(), new Counter());
    }
}

package io.holdfast.runtime.task;

import java.io.Serial;

/** What an operator threw, with its name. */
final class OperatorFailure extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final String operator;

    OperatorFailure(String operator, Throwable cause) {
        super(operator, cause, false, false);
        this.operator = operator;
    }

    String operator() {
        return operator;
    }
}

package io.holdfast.runtime.state;

/** How operator state is given to the subtasks when a job is restored. */
enum Distribution {
    /** Elements are dealt out in turn; a subtask gets its own back if their number is the same. */
    SPLIT(0),
    /** Every subtask gets the elements of all. */
    UNION(1),
    /** Every subtask gets the entries of one. */
    BROADCAST(2);

    private final int code;

    Distribution(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Distribution ofCode(int code) {
        for (Distribution distribution : values()) {
            if (distribution.code == code) {
                return distribution;
            }
        }
        throw new IllegalArgumentException("distribution " + code + " of operator state");
    }
}

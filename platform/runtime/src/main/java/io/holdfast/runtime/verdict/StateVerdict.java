package io.holdfast.runtime.verdict;

import java.util.Objects;

/**
 * What becomes of one state.
 *
 * @param state its name
 * @param kind what it is, in a word or two
 * @param verdict what becomes of it
 * @param reason why, in clauses that name both sides; empty if there is nothing to say
 * @param advice what to do; empty if nothing has to be done
 */
public record StateVerdict(
        String state, String kind, Verdict verdict, String reason, String advice) {

    /** What can become of a state. */
    public enum Verdict {
        /** Its bytes are used as they are. */
        AS_IS(true),
        /** Its values are rewritten when the job starts. */
        AFTER_MIGRATION(true),
        /** Its bytes are used as they are, by a serializer that adapts itself. */
        RECONFIGURED(true),
        /** It is not stored and begins empty. */
        NEW_IN_JOB(true),
        /** It is stored, but the job did not ask for it at its start; it is kept as it is. */
        NOT_ASKED_FOR(true),
        /** It is stored, and nothing in the job can ask for it. */
        MISSING_IN_JOB(false),
        /** It cannot be used: the job would not start. */
        INCOMPATIBLE(false),
        /** It could not be found out. */
        UNKNOWN(false);

        private final boolean compatible;

        Verdict(boolean compatible) {
            this.compatible = compatible;
        }

        /**
         * Tells whether the job can go on.
         *
         * @return true if so
         */
        public boolean isCompatible() {
            return compatible;
        }
    }

    /** Refuses null. */
    public StateVerdict {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(advice, "advice");
    }
}

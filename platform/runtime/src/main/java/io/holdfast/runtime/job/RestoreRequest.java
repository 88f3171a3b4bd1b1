package io.holdfast.runtime.job;

/** What a job starts from. */
public sealed interface RestoreRequest {

    /** Nothing; the job's id must be new. */
    record Fresh() implements RestoreRequest {}

    /** The latest checkpoint of the job's id, or nothing if there is none. */
    record Latest() implements RestoreRequest {}

    /**
     * A checkpoint or savepoint of any job; the job's id must be new.
     *
     * @param pointer URI or path of its directory or metadata
     */
    record Named(String pointer) implements RestoreRequest {}
}

package io.holdfast.cli.checkpoint;

import io.holdfast.runtime.StreamExecutionEnvironment;
import java.util.List;

/** Jobs that are known by name and need no jar. */
public interface NamedJobs {

    /** The names, in the order of their list. */
    List<String> names();

    /** Describes a job as it would be run, with what it needs and nobody chose left open. */
    void describe(String name, StreamExecutionEnvironment environment);
}

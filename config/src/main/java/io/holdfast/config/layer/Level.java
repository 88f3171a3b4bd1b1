package io.holdfast.config.layer;

/** Who speaks in a layer. A later constant beats an earlier one. */
public enum Level {
    /** The options' own defaults. */
    DEFAULT("default"),
    /** The configuration file of the host, for all jobs. */
    CLUSTER("cluster configuration"),
    /** Environment variables and system properties of the process. */
    PROCESS("process"),
    /** Arguments of the command that started the process. */
    COMMAND_LINE("command line"),
    /** The configuration of one job. */
    JOB("job configuration"),
    /** Calls in the job's program. */
    CODE("code");

    private final String words;

    Level(String words) {
        this.words = words;
    }

    /** The level in words, for people. */
    @Override
    public String toString() {
        return words;
    }
}

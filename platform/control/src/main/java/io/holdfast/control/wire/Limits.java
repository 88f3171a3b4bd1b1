package io.holdfast.control.wire;

import java.time.Duration;

/** What both ends agree on. */
public final class Limits {
    /** Version of the conversation; another one is refused. */
    public static final int VERSION = 1;

    /** How long the other end may say nothing. A host that works says so more often. */
    public static final Duration SILENCE = Duration.ofSeconds(20);

    /** How long a host may take to say who it is: it is asked for whoever looks for another one. */
    public static final Duration FIRST_ANSWER = Duration.ofSeconds(5);

    /** How often a host that works says that it does. */
    public static final Duration SIGN_OF_LIFE = Duration.ofSeconds(1);

    /** How long a question may be worked on. */
    public static final Duration LONGEST_WORK = Duration.ofMinutes(10);

    /** How many lines an answer may have. */
    public static final int MOST_LINES = 100_000;

    private Limits() {}
}

package io.holdfast.runtime;

import java.util.Optional;

/**
 * Lets a program describe its first job without running it: what {@code execute} would start is
 * handed to somebody else, and the program ends there. Needed for programs that are known by their
 * {@code main} alone, which make their environment themselves.
 *
 * <p>Whatever a program does before {@code execute} is done.
 */
public final class DryRun {
    /** The only way to an environment that a program makes by itself is its thread. */
    private static final InheritableThreadLocal<DryRun> CURRENT = new InheritableThreadLocal<>();

    private final LocalPlatform platform;
    private final Visitor visitor;
    private volatile boolean seen;

    /** A program that describes jobs. */
    @FunctionalInterface
    public interface Program {

        /**
         * Runs it.
         *
         * @throws Exception any failure
         */
        void run() throws Exception;
    }

    /** Gets a job instead of the engine. */
    @FunctionalInterface
    public interface Visitor {

        /**
         * Takes a job.
         *
         * @param environment describes it
         * @param jobName what the program calls it
         */
        void job(StreamExecutionEnvironment environment, String jobName);
    }

    /** Ends a program; an error, so that programs do not catch it by mistake. */
    private static final class Described extends Error {
        private static final long serialVersionUID = 1L;

        Described() {
            super("the job is described; it is not to be run");
        }
    }

    private DryRun(LocalPlatform platform, Visitor visitor) {
        this.platform = platform;
        this.visitor = visitor;
    }

    /**
     * Runs a program up to its first {@code execute}.
     *
     * @param platform the modules and settings its environments see; not closed
     * @param program the program
     * @param visitor gets the job, on the program's thread
     * @return false if the program ended without describing a job
     * @throws Exception if the program or the visitor fails
     */
    public static boolean of(LocalPlatform platform, Program program, Visitor visitor)
            throws Exception {
        DryRun run = new DryRun(platform, visitor);
        CURRENT.set(run);
        try {
            program.run();
        } catch (Described e) {
            return true;
        } finally {
            CURRENT.remove();
        }
        return run.seen;
    }

    /** The platform of the program that this thread runs without running its jobs. */
    static Optional<LocalPlatform> platform() {
        return Optional.ofNullable(CURRENT.get()).map(run -> run.platform);
    }

    /** Ends the program if its jobs are not to be run. */
    static void intercept(StreamExecutionEnvironment environment, String jobName) {
        DryRun run = CURRENT.get();
        if (run != null && !run.seen) {
            run.seen = true;
            run.visitor.job(environment, jobName);
        }
        if (run != null) {
            throw new Described();
        }
    }
}

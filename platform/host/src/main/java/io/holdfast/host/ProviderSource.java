package io.holdfast.host;

/**
 * Finds providers in one world. Makes none: the registry does, under guard.
 *
 * <p>A source reports what is there when it starts, and from then on what comes and goes until it
 * is closed. It may report from any thread, one report at a time.
 */
public interface ProviderSource extends AutoCloseable {

    /**
     * Names the kind of source in messages.
     *
     * @return such as {@code class path}
     */
    String world();

    /**
     * Begins to report. Called once. What is there already is reported before this method returns.
     *
     * @param observer takes the reports
     */
    void start(Observer observer);

    /** Ends the reports. Idempotent. */
    @Override
    void close();

    /** Takes what a source finds. */
    interface Observer {

        /**
         * A provider is there. It may turn out to be unusable.
         *
         * @param provider the provider
         */
        void found(FoundProvider<?> provider);

        /**
         * A provider that was reported leaves. It is not handed out any more; those who have it
         * keep it until they give it back.
         *
         * @param provider the object that was reported
         */
        void gone(FoundProvider<?> provider);
    }
}

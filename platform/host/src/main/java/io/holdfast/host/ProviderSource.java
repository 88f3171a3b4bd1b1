package io.holdfast.host;

import io.holdfast.api.error.Problem;
import java.util.Optional;

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

        /**
         * A module is there, in place of another one if that is given. All of its providers are
         * made and asked for their names first; if one fails, or claims a name that somebody else
         * has, nothing changes. Otherwise the new ones are handed out from the very moment in which
         * the old ones are not any more: those of {@code replaced}, and those of a module by the
         * same name that other sources reported provider by provider.
         *
         * @param module the module
         * @param replaced the module that it replaces: one that arrived before
         * @return empty if it is in use from now on; else why it is not
         */
        Optional<Problem> arrived(FoundModule module, Optional<FoundModule> replaced);

        /**
         * What other sources have of a module without reporting it as one: it lies below a module
         * of that name, and is not handed out as long as that one is there.
         *
         * @param module name of a module
         * @return where it comes from; empty if they have none
         */
        Optional<Origin> below(String module);

        /**
         * A module leaves: its providers are not handed out any more. Its {@link
         * FoundModule#released} is called when the last lease ends, possibly within this call.
         *
         * @param module a module that arrived
         */
        void left(FoundModule module);

        /**
         * A module cannot be used. Replaces what was said of the same location before.
         *
         * @param name names the module as far as that is known
         * @param origin where it is
         * @param why the reason
         */
        void refused(String name, Origin origin, Problem why);

        /**
         * What was refused is gone, or was accepted.
         *
         * @param location location of the origin that was refused
         */
        void forgotten(String location);
    }
}

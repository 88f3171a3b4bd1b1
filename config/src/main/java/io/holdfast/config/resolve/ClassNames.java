package io.holdfast.config.resolve;

import io.holdfast.api.config.ConfigOption;
import java.util.List;
import java.util.Objects;

/**
 * Answers what a class name in the configuration stands for, so that the resolver loads nothing
 * itself. The same name gives the same answer while one request is resolved.
 */
@FunctionalInterface
public interface ClassNames {

    /** What is to be made of a class. */
    enum Role {
        /** A state backend, by its factory. */
        STATE_BACKEND,
        /** A checkpoint storage, by its factory. */
        CHECKPOINT_STORAGE
    }

    /**
     * Looks a class up. Does not initialize it.
     *
     * @param role what is to be made of it
     * @param className as it was written; may be no class name at all
     * @return what it is
     */
    Answer find(Role role, String className);

    /** What a class is. */
    enum Status {
        /** A factory. */
        USABLE,
        /** There is no such class. */
        NOT_FOUND,
        /** A class of another type. */
        NOT_A_FACTORY,
        /** A factory that is abstract or has no public constructor without parameters. */
        NOT_INSTANTIABLE
    }

    /**
     * An answer.
     *
     * @param status what the class is
     * @param options what the factory reads, as far as that is known without making it
     * @param detail where the class was found, or what is wrong with it, or where it was looked for
     */
    record Answer(Status status, List<ConfigOption<?>> options, String detail) {
        /** Refuses null parts and copies the options. */
        public Answer {
            Objects.requireNonNull(status, "status");
            options = List.copyOf(options);
            Objects.requireNonNull(detail, "detail");
        }
    }

    /**
     * A world without classes.
     *
     * @return answers that nothing is found
     */
    static ClassNames none() {
        return (role, className) -> new Answer(Status.NOT_FOUND, List.of(), "no classes are known");
    }
}

package io.holdfast.api.serialization;

import java.util.Objects;

/**
 * Verdict on whether a serializer can take over values that another one wrote.
 *
 * @param <T> type of the values
 */
public sealed interface Compatibility<T> {

    /**
     * The stored bytes are read and written as they are.
     *
     * @param <T> type of the values
     */
    record AsIs<T>() implements Compatibility<T> {}

    /**
     * The stored bytes are read by {@code reader} once and written again by the new serializer.
     *
     * @param reader reads what was stored
     * @param <T> type of the values
     */
    record AfterMigration<T>(Serializer<T> reader) implements Compatibility<T> {
        /** Refuses null. */
        public AfterMigration {
            Objects.requireNonNull(reader, "reader");
        }
    }

    /**
     * The stored bytes are read and written as they are, by {@code serializer} in place of the one
     * that was asked.
     *
     * @param serializer the one to use from now on
     * @param <T> type of the values
     */
    record Reconfigured<T>(Serializer<T> serializer) implements Compatibility<T> {
        /** Refuses null. */
        public Reconfigured {
            Objects.requireNonNull(serializer, "serializer");
        }
    }

    /**
     * The stored bytes cannot be used.
     *
     * @param reason one clause that names both sides
     * @param <T> type of the values
     */
    record Incompatible<T>(String reason) implements Compatibility<T> {
        /** Refuses null. */
        public Incompatible {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * The verdict that nothing needs to be done.
     *
     * @param <T> type of the values
     * @return the verdict
     */
    static <T> Compatibility<T> asIs() {
        return new AsIs<>();
    }

    /**
     * The verdict that values must be rewritten.
     *
     * @param reader reads what was stored
     * @param <T> type of the values
     * @return the verdict
     */
    static <T> Compatibility<T> afterMigration(Serializer<T> reader) {
        return new AfterMigration<>(reader);
    }

    /**
     * The verdict that another serializer takes the place of the one asked.
     *
     * @param serializer the one to use
     * @param <T> type of the values
     * @return the verdict
     */
    static <T> Compatibility<T> reconfigured(Serializer<T> serializer) {
        return new Reconfigured<>(serializer);
    }

    /**
     * The verdict that the values cannot be used.
     *
     * @param reason one clause that names both sides
     * @param <T> type of the values
     * @return the verdict
     */
    static <T> Compatibility<T> incompatible(String reason) {
        return new Incompatible<>(reason);
    }
}

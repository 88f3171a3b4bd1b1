package io.holdfast.api.state;

import io.holdfast.api.error.Problem;
import io.holdfast.api.serialization.Serializer;
import java.util.Objects;
import java.util.Optional;

/**
 * Names a state and says how its values become bytes. Immutable. The name is the state's identity
 * across restarts: it must be unique in its operator, not longer than 1,000 characters, and keep
 * its kind.
 *
 * @param <S> the kind of state
 * @param <T> what is stored for one key: value, element, map value or accumulator
 */
public abstract sealed class StateDescriptor<S extends State, T>
        permits ValueStateDescriptor,
                ListStateDescriptor,
                MapStateDescriptor,
                ReducingStateDescriptor,
                AggregatingStateDescriptor {

    /** Longest name, in characters. */
    public static final int MAX_NAME_LENGTH = 1_000;

    private final String name;
    private final Serializer<T> serializer;
    private final Optional<StateTtlConfig> timeToLive;

    StateDescriptor(String name, Serializer<T> serializer, Optional<StateTtlConfig> timeToLive) {
        if (name == null || name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
            throw Problem.user("STATE-3003", "A state cannot be named '" + name + "'.")
                    .with("possible", "1 to " + MAX_NAME_LENGTH + " characters")
                    .advise("choose a name that stays the same in later versions of the job")
                    .exception();
        }
        this.name = name;
        this.serializer = Objects.requireNonNull(serializer, "serializer");
        this.timeToLive = timeToLive;
    }

    /**
     * The name.
     *
     * @return the state's identity in its operator
     */
    public final String name() {
        return name;
    }

    /**
     * The kind.
     *
     * @return what the state is
     */
    public abstract StateKind kind();

    /**
     * Serializer of what is stored.
     *
     * @return of the value, of a list's elements, of a map's values, of an accumulator
     */
    public final Serializer<T> serializer() {
        return serializer;
    }

    /**
     * How long what is stored lives.
     *
     * @return the configuration; empty for ever
     */
    public final Optional<StateTtlConfig> timeToLive() {
        return timeToLive;
    }

    /**
     * The same state with a time to live. For keyed state.
     *
     * @param config how long what is stored lives, not null
     * @return a new descriptor; this one stays as it is
     */
    public abstract StateDescriptor<S, T> withTimeToLive(StateTtlConfig config);

    @Override
    public final String toString() {
        return kind() + " state '" + name + "' of " + serializer.snapshot();
    }
}

package io.holdfast.api.serialization;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * Names a full generic type, which a {@code Class} cannot: {@code new TypeOf<Map<String,
 * List<Order>>>() {}}. The braces at the end are needed; they make the class that remembers the
 * type. Immutable.
 *
 * @param <T> the type
 */
public abstract class TypeOf<T> {
    private final Type type;

    /**
     * For the class in braces.
     *
     * @throws IllegalStateException if the type is left out
     */
    protected TypeOf() {
        if (getClass().getSuperclass() != TypeOf.class
                || !(getClass().getGenericSuperclass() instanceof ParameterizedType self)) {
            throw new IllegalStateException(
                    "name the type where it is used: new TypeOf<List<Long>>() {}");
        }
        type = self.getActualTypeArguments()[0];
    }

    /**
     * The type that was named.
     *
     * @return a class or a parameterized type
     */
    public final Type type() {
        return type;
    }

    /** The type as it is written in a program. */
    @Override
    public final String toString() {
        return type.getTypeName();
    }
}

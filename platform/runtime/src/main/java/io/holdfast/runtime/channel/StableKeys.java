package io.holdfast.runtime.channel;

import io.holdfast.api.error.Problem;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses keys whose {@code hashCode} differs from process to process: a restored job would look
 * for them in the wrong place. Used by one thread.
 */
public final class StableKeys {
    private final String operator;
    private final Set<Class<?>> known = new HashSet<>();
    private Class<?> last;

    StableKeys(String operator) {
        this.operator = operator;
    }

    void check(Object key, Object record) {
        if (key == null) {
            throw Problem.user("JOB-6010", "A record has no key for '" + operator + "'.")
                    .with("record", record)
                    .advise("filter such records out, or choose a key that is never null")
                    .exception();
        }
        Class<?> type = key.getClass();
        if (type != last) {
            if (known.add(type)) {
                require(type, operator);
            }
            last = type;
        }
    }

    /**
     * Refuses a class of keys that is known to have no stable hash code.
     *
     * @param type the class; interfaces and abstract classes pass, their objects are looked at when
     *     they come
     * @param operator names the keyed operator or stream in the message
     * @throws io.holdfast.api.error.HoldfastException JOB-6011 if it is refused
     */
    public static void require(Class<?> type, String operator) {
        unstable(type, new HashSet<>())
                .ifPresent(
                        reason -> {
                            throw Problem.user(
                                            "JOB-6011",
                                            "%s cannot be the key of '%s': %s."
                                                    .formatted(
                                                            type.getTypeName(), operator, reason))
                                    .with(
                                            "why",
                                            "the key's hash code decides which subtask holds its state, also after a restart in another process")
                                    .advise(
                                            "use the enum's name(), a List instead of an array, or a record of strings and numbers")
                                    .exception();
                        });
    }

    private static Optional<String> unstable(Type generic, Set<Type> seen) {
        if (!seen.add(generic)) {
            return Optional.empty();
        }
        if (generic instanceof ParameterizedType parameterized) {
            for (Type argument : parameterized.getActualTypeArguments()) {
                Optional<String> reason = unstable(argument, seen);
                if (reason.isPresent()) {
                    return reason;
                }
            }
            return unstable(parameterized.getRawType(), seen);
        }
        return generic instanceof Class<?> type ? unstableClass(type, seen) : Optional.empty();
    }

    private static Optional<String> unstableClass(Class<?> type, Set<Type> seen) {
        if (type.isArray()) {
            return Optional.of("the hash code of an array is its identity");
        }
        if (Enum.class.isAssignableFrom(type)) {
            return Optional.of("the hash code of an enum constant is its identity");
        }
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                Optional<String> reason = unstable(component.getGenericType(), seen);
                if (reason.isPresent()) {
                    return Optional.of(
                            "in its component '%s', %s"
                                    .formatted(component.getName(), reason.get()));
                }
            }
            return Optional.empty();
        }
        boolean decided = type.isPrimitive() || type.isInterface() || isAbstract(type);
        return !decided && hashCodeOf(type) == Object.class && type != Object.class
                ? Optional.of("its hash code is its identity, as it does not override hashCode()")
                : Optional.empty();
    }

    private static boolean isAbstract(Class<?> type) {
        return java.lang.reflect.Modifier.isAbstract(type.getModifiers());
    }

    private static Class<?> hashCodeOf(Class<?> type) {
        try {
            return type.getMethod("hashCode").getDeclaringClass();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every class has hashCode()", e);
        }
    }
}

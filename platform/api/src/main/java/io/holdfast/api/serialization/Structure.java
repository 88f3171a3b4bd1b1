package io.holdfast.api.serialization;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import java.lang.reflect.Type;
import java.util.List;

/**
 * A class as its named members: how to get them, and how to make an object of them.
 *
 * @param <T> the class
 */
interface Structure<T> {

    /** Stands for the value of a member that is left to the class itself. */
    Object UNSET = new Object();

    /**
     * A member.
     *
     * @param name its name
     * @param former the names it had
     * @param raw its class
     * @param type its type, without variables
     */
    record Member(String name, List<String> former, Class<?> raw, Type type) {
        FormerNames.Named named() {
            return new FormerNames.Named(name, former);
        }
    }

    /** Begins the name of the description: {@code record} or {@code pojo}. */
    String kind();

    /** The class. */
    Class<T> type();

    /** The members, in the order in which they are written. */
    List<Member> members();

    /** Whether objects never change, as far as their members do not. */
    boolean isImmutable();

    /** The value of a member. */
    Object get(T value, int index);

    /** The values of all members before anything is known of them. */
    Object[] unset();

    /** An object of these values. */
    T make(Object[] values);

    /** The refusal of a class that this program does not let in. */
    static HoldfastException closed(Class<?> type, Exception cause) {
        return Problem.user("STATE-3001", type.getName() + " cannot be serialized.")
                .with("because", cause.getMessage())
                .advise(
                        "open its package to io.holdfast.api in module-info.java, or pass a serializer of your own")
                .exception(cause);
    }
}

package io.holdfast.api.serialization;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Brings serializers for the types of a library, such as Avro's records. Found by {@link
 * java.util.ServiceLoader}, through the class loader of the thread that asks and through that of
 * this package; so it has a public constructor without parameters. Called from any thread; keeps no
 * state.
 *
 * <p>It is asked about classes that a program names, never about names that stand in a checkpoint:
 * of those it gets the description, which is data, and must load no class for it.
 */
@ConsumerType
public interface SerializerProvider {

    /**
     * The serializer of a class. Asked before a class is taken for a POJO.
     *
     * @param type a class that is neither basic nor an enum, a record, a sealed type or an array
     * @param <T> the type
     * @return its serializer, or empty if the class is none of the library's
     * @throws io.holdfast.api.error.HoldfastException if it is one of them and cannot be serialized
     */
    <T> Optional<Serializer<T>> forClass(Class<T> type);

    /**
     * What reads values of a description as trees, as {@link Serializers#generic} describes them.
     *
     * @param written a stored description, of whatever serializer; not trusted
     * @return a reader that loads no class and whose memory is in proportion to what it reads, or
     *     empty if the description is none of the library's, or damaged
     */
    Optional<Serializer<Object>> generic(SerializerSnapshot written);
}

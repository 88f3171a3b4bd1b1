package io.holdfast.api.tuple;

/**
 * Two values. Immutable if they are.
 *
 * @param first the first one, or null
 * @param second the second one, or null
 * @param <A> type of the first one
 * @param <B> type of the second one
 */
public record Tuple2<A, B>(A first, B second) {

    /**
     * The same as the constructor, with types that need not be written.
     *
     * @param first the first one, or null
     * @param second the second one, or null
     * @param <A> type of the first one
     * @param <B> type of the second one
     * @return the tuple
     */
    public static <A, B> Tuple2<A, B> of(A first, B second) {
        return new Tuple2<>(first, second);
    }
}

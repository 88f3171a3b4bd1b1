package io.holdfast.api.tuple;

/**
 * Four values. Immutable if they are.
 *
 * @param first the first one, or null
 * @param second the second one, or null
 * @param third the third one, or null
 * @param fourth the fourth one, or null
 * @param <A> type of the first one
 * @param <B> type of the second one
 * @param <C> type of the third one
 * @param <D> type of the fourth one
 */
public record Tuple4<A, B, C, D>(A first, B second, C third, D fourth) {

    /**
     * The same as the constructor, with types that need not be written.
     *
     * @param first the first one, or null
     * @param second the second one, or null
     * @param third the third one, or null
     * @param fourth the fourth one, or null
     * @param <A> type of the first one
     * @param <B> type of the second one
     * @param <C> type of the third one
     * @param <D> type of the fourth one
     * @return the tuple
     */
    public static <A, B, C, D> Tuple4<A, B, C, D> of(A first, B second, C third, D fourth) {
        return new Tuple4<>(first, second, third, fourth);
    }
}

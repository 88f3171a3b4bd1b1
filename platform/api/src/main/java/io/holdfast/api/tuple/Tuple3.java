package io.holdfast.api.tuple;

/**
 * Three values. Immutable if they are.
 *
 * @param first the first one, or null
 * @param second the second one, or null
 * @param third the third one, or null
 * @param <A> type of the first one
 * @param <B> type of the second one
 * @param <C> type of the third one
 */
public record Tuple3<A, B, C>(A first, B second, C third) {

    /**
     * The same as the constructor, with types that need not be written.
     *
     * @param first the first one, or null
     * @param second the second one, or null
     * @param third the third one, or null
     * @param <A> type of the first one
     * @param <B> type of the second one
     * @param <C> type of the third one
     * @return the tuple
     */
    public static <A, B, C> Tuple3<A, B, C> of(A first, B second, C third) {
        return new Tuple3<>(first, second, third);
    }
}

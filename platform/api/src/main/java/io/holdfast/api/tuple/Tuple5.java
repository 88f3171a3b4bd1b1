package io.holdfast.api.tuple;

/**
 * Five values. Immutable if they are.
 *
 * @param first the first one, or null
 * @param second the second one, or null
 * @param third the third one, or null
 * @param fourth the fourth one, or null
 * @param fifth the fifth one, or null
 * @param <A> type of the first one
 * @param <B> type of the second one
 * @param <C> type of the third one
 * @param <D> type of the fourth one
 * @param <E> type of the fifth one
 */
public record Tuple5<A, B, C, D, E>(A first, B second, C third, D fourth, E fifth) {

    /**
     * The same as the constructor, with types that need not be written.
     *
     * @param first the first one, or null
     * @param second the second one, or null
     * @param third the third one, or null
     * @param fourth the fourth one, or null
     * @param fifth the fifth one, or null
     * @param <A> type of the first one
     * @param <B> type of the second one
     * @param <C> type of the third one
     * @param <D> type of the fourth one
     * @param <E> type of the fifth one
     * @return the tuple
     */
    public static <A, B, C, D, E> Tuple5<A, B, C, D, E> of(
            A first, B second, C third, D fourth, E fifth) {
        return new Tuple5<>(first, second, third, fourth, fifth);
    }
}

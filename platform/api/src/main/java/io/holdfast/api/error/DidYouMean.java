package io.holdfast.api.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word that a misspelt one was probably meant to be. Stateless. */
public final class DidYouMean {
    private DidYouMean() {}

    /**
     * The known word nearest to {@code word}, if one is near enough to be a likely slip: at most a
     * third of its letters, and no more than four, changed, added, dropped or swapped. Case does
     * not count. Of equally near words the alphabetically first is taken.
     *
     * @param word what was written
     * @param known the words that exist
     * @return the likely intention, never {@code word} itself
     */
    public static Optional<String> closest(String word, Collection<String> known) {
        String written = word.strip().toLowerCase(Locale.ROOT);
        int tolerated = Math.max(1, Math.min(4, written.length() / 3));
        record Candidate(String word, int distance) {}
        return known.stream()
                .filter(candidate -> !candidate.equals(word))
                .filter(candidate -> Math.abs(candidate.length() - written.length()) <= tolerated)
                .map(candidate -> new Candidate(candidate, distance(written, candidate)))
                .filter(candidate -> candidate.distance() <= tolerated)
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::word))
                .map(Candidate::word);
    }

    /**
     * The same as a clause to append to a sentence.
     *
     * @param word what was written
     * @param known the words that exist
     * @return {@code " Did you mean 'x'?"}, or an empty string
     */
    public static String question(String word, Collection<String> known) {
        return closest(word, known).map(found -> " Did you mean '" + found + "'?").orElse("");
    }

    /**
     * Known words as they are listed in a problem.
     *
     * @param known the words that exist
     * @return sorted and separated by commas, or {@code none}
     */
    public static String list(Collection<String> known) {
        List<String> sorted = known.stream().sorted().distinct().toList();
        return sorted.isEmpty() ? "none" : String.join(", ", sorted);
    }

    // Edit distance where two neighbouring letters that changed places count once.
    private static int distance(String written, String candidate) {
        String other = candidate.toLowerCase(Locale.ROOT);
        int[] beforeLast = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        int[] current = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= written.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                char here = written.charAt(i - 1);
                char there = other.charAt(j - 1);
                int best = last[j - 1] + (here == there ? 0 : 1);
                best = Math.min(best, Math.min(last[j], current[j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && here == other.charAt(j - 2)
                        && written.charAt(i - 2) == there) {
                    best = Math.min(best, beforeLast[j - 2] + 1);
                }
                current[j] = best;
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = current;
            current = free;
        }
        return last[other.length()];
    }
}

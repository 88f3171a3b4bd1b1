package io.holdfast.benchmarks.state;

/** A count for each word. */
public interface WordStore extends Store {

    /**
     * Reads the count of a word, adds one and writes it back.
     *
     * @param word equal to the word that is held as key, but hardly ever the same object
     * @return the new count
     */
    long count(String word) throws Exception;

    /** The count of a word, 0 if it did not occur. */
    long counted(String word) throws Exception;
}

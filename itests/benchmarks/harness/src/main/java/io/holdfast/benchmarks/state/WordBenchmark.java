package io.holdfast.benchmarks.state;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * Word count. Some words are frequent, most are rare; each word of the text is an object of its
 * own, as in a stream that comes from elsewhere.
 */
public class WordBenchmark extends StoreBenchmark<WordStore> {

    private static final int LENGTH_OF_TEXT = 1 << 20;
    private static final int SHIFT = 28;

    private int[] numbers;
    private String[] text;

    @Override
    Class<WordStore> kind() {
        return WordStore.class;
    }

    @Override
    int fill() {
        numbers = Zipf.draws(keys, LENGTH_OF_TEXT);
        text = new String[numbers.length];
        for (int i = 0; i < text.length; i++) {
            text[i] = word(numbers[i]);
        }
        return text.length;
    }

    private static String word(int number) {
        return Long.toString(ScrambledKeys.at(number) >>> SHIFT, Character.MAX_RADIX);
    }

    /** One operation: one word, counted. */
    @Benchmark
    public long count() throws Exception {
        return store.count(text[nextIndex()]);
    }

    @Override
    void verify() throws Exception {
        long[] counts = new long[keys];
        for (int i = 0; i < text.length; i++) {
            counts[numbers[i]] += visits(i);
        }
        for (int number = 0; number < keys; number++) {
            expect("the count of a word", counts[number], store.counted(word(number)));
        }
    }
}

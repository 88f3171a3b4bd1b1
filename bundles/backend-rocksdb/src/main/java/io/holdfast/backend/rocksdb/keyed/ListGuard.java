package io.holdfast.backend.rocksdb.keyed;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/** Finds the lists of one state that grow beyond a limit. Used by one thread. */
final class ListGuard {

    // An element is added without reading the list, so nobody knows how long the list is; and one
    // of
    // more than 2^31 bytes can be written but never be read. To count the bytes of every list would
    // take memory for each, and to measure at each add would be as slow as reading it.
    //
    // So lists are sampled by bytes: each time that about 1/64 of the limit has been added to the
    // state, the list is measured that the last byte went to. A list that takes all bytes is
    // measured at that pace, one that takes a tenth of them is met every tenth time. That a list
    // grows by b bytes unmeasured has a probability of about e^(-64 b / limit); for the way from
    // 512
    // MiB to 2 GiB that is e^-192. The pace is random so that no pattern of adding can run beside
    // it. Once found, a list stays known and is measured at each add, so that the answer does not
    // depend on chance any more.
    private static final int PACE = 64;
    private static final int MOST_REMEMBERED = 1024;

    private final int limit;
    private final SplittableRandom random = new SplittableRandom(0x5DEECE66DL);
    private final Set<Bytes> full = new HashSet<>();
    private long untilNext;

    private record Bytes(byte[] bytes) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    ListGuard(int limit) {
        this.limit = limit;
        this.untilNext = pause();
    }

    private long pause() {
        int pace = Math.max(1, limit / PACE);
        return pace / 2 + random.nextLong(pace);
    }

    /** Tells whether the list must be measured before so many bytes are added to it. */
    boolean mustMeasure(byte[] key, int keyLength, int added) {
        untilNext -= added;
        if (untilNext < 0) {
            untilNext = pause();
            return true;
        }
        return !full.isEmpty() && full.contains(new Bytes(Arrays.copyOf(key, keyLength)));
    }

    /** Takes note of the size a list would have. */
    void measured(byte[] key, int keyLength, long bytes) {
        Bytes list = new Bytes(Arrays.copyOf(key, keyLength));
        if (bytes <= limit) {
            full.remove(list);
        } else if (full.size() < MOST_REMEMBERED) {
            full.add(list);
        }
    }
}

package io.holdfast.benchmarks.plain;

import io.holdfast.benchmarks.state.ValueStore;
import io.holdfast.benchmarks.state.ValueStorePeer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A {@code HashMap<Long, Long>}. */
public final class HashMapPeer implements ValueStorePeer {

    @Override
    public String name() {
        return "plain-hashmap";
    }

    @Override
    public ValueStore open(Path directory) {
        return new Store();
    }

    private static final class Store implements ValueStore {

        private final Map<Long, Long> values = new HashMap<>();

        /** One look-up to read and one to write, like every other peer. */
        @Override
        public long add(long key, long delta) {
            Long boxedKey = key;
            Long value = values.get(boxedKey);
            long sum = (value == null ? 0 : value) + delta;
            values.put(boxedKey, sum);
            return sum;
        }

        @Override
        public long get(long key) {
            Long value = values.get(key);
            return value == null ? 0 : value;
        }

        @Override
        public void close() {
            values.clear();
        }
    }
}

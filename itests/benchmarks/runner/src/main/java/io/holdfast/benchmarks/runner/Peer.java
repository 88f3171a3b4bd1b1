package io.holdfast.benchmarks.runner;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A state layer that is compared.
 *
 * @param name as the peer calls itself
 * @param module the module of the benchmarks that has the peer on its class path
 * @param family what the peer is compared with
 * @param stores the kinds of store it has
 */
record Peer(String name, String module, Family family, Set<Store> stores) {

    /** Where state lives; each family is compared with Flink's backend of that family. */
    enum Family {
        MEMORY("in memory", "flink-hashmap"),
        ROCKSDB("on RocksDB", "flink-rocksdb");

        private final String title;
        private final String baseline;

        Family(String title, String baseline) {
            this.title = title;
            this.baseline = baseline;
        }

        String title() {
            return title;
        }

        /** Name of the peer whose figures are 1.00 in the ratios. */
        String baseline() {
            return baseline;
        }
    }

    /** Kinds of store, as the harness has an interface for each. */
    enum Store {
        VALUE,
        MAP,
        LIST,
        FOLD,
        TIMER,
        WORD,
        OBJECT
    }

    /** All peers, in the order of the table. */
    static List<Peer> all() {
        Set<Store> every = EnumSet.allOf(Store.class);
        Set<Store> values = EnumSet.of(Store.VALUE);
        return List.of(
                new Peer("flink-hashmap", "peer-flink", Family.MEMORY, every),
                new Peer("holdfast-hashmap", "peer-holdfast", Family.MEMORY, every),
                new Peer("plain-hashmap", "peer-plain", Family.MEMORY, every),
                new Peer(
                        "plain-primitive",
                        "peer-plain",
                        Family.MEMORY,
                        EnumSet.of(Store.VALUE, Store.FOLD, Store.TIMER)),
                new Peer("kafka-memory", "peer-kafka", Family.MEMORY, values),
                new Peer("flink-rocksdb", "peer-flink", Family.ROCKSDB, every),
                new Peer("holdfast-rocksdb", "peer-holdfast", Family.ROCKSDB, every),
                new Peer("plain-rocksdb", "peer-plain", Family.ROCKSDB, values),
                new Peer("kafka-rocksdb", "peer-kafka", Family.ROCKSDB, values));
    }

    /** Whether it runs whole jobs. */
    boolean runsJobs() {
        return module.equals("peer-flink") || module.equals("peer-holdfast");
    }

    /** Whether it is measured unless others are asked for. */
    boolean byDefault() {
        return family == Family.MEMORY && !module.equals("peer-kafka");
    }
}

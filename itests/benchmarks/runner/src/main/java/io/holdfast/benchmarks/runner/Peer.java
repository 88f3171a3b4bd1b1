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
 * @param abilities what it can be measured with
 */
record Peer(String name, String module, Family family, Set<Ability> abilities) {

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

    /** Kinds of store, as the harness has an interface for each, and what is more than a store. */
    enum Ability {
        VALUE,
        MORTAL_VALUE,
        MAP,
        LIST,
        FOLD,
        TIMER,
        WORD,
        OBJECT,
        WHOLE_STATE,
        JOB
    }

    /** All peers, in the order of the table. */
    static List<Peer> all() {
        Set<Ability> every = EnumSet.allOf(Ability.class);
        Set<Ability> values = EnumSet.of(Ability.VALUE);
        return List.of(
                new Peer("flink-hashmap", "peer-flink", Family.MEMORY, every),
                new Peer(
                        "flink-hashmap-compressed",
                        "peer-flink",
                        Family.MEMORY,
                        EnumSet.of(Ability.WHOLE_STATE)),
                new Peer("holdfast-hashmap", "peer-holdfast", Family.MEMORY, every),
                new Peer(
                        "plain-hashmap",
                        "peer-plain",
                        Family.MEMORY,
                        EnumSet.complementOf(
                                EnumSet.of(
                                        Ability.MORTAL_VALUE, Ability.WHOLE_STATE, Ability.JOB))),
                new Peer(
                        "plain-primitive",
                        "peer-plain",
                        Family.MEMORY,
                        EnumSet.of(Ability.VALUE, Ability.FOLD, Ability.TIMER)),
                new Peer("kafka-memory", "peer-kafka", Family.MEMORY, values),
                new Peer(
                        "flink-rocksdb",
                        "peer-flink",
                        Family.ROCKSDB,
                        EnumSet.complementOf(EnumSet.of(Ability.WHOLE_STATE))),
                new Peer("holdfast-rocksdb", "peer-holdfast", Family.ROCKSDB, every),
                new Peer("plain-rocksdb", "peer-plain", Family.ROCKSDB, values),
                new Peer("kafka-rocksdb", "peer-kafka", Family.ROCKSDB, values));
    }

    /** Whether it is measured unless others are asked for. */
    boolean byDefault() {
        return family == Family.MEMORY && !module.equals("peer-kafka");
    }
}

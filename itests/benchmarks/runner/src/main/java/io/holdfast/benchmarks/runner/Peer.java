package io.holdfast.benchmarks.runner;

import java.util.List;

/**
 * One row of the table.
 *
 * @param name as the peer calls itself
 * @param module the module of the benchmarks that has the peer on its class path
 * @param family what the peer is compared with
 */
record Peer(String name, String module, Family family) {

    /** Where state lives; each family is compared with Flink's backend of that family. */
    enum Family {
        MEMORY("In memory", "flink-hashmap"),
        ROCKSDB("On RocksDB", "flink-rocksdb");

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

    /** All peers of the benchmarks of single operations, in the order of the table. */
    static List<Peer> ofStateBenchmarks() {
        return List.of(
                new Peer("flink-hashmap", "peer-flink", Family.MEMORY),
                new Peer("holdfast-hashmap", "peer-holdfast", Family.MEMORY),
                new Peer("kafka-memory", "peer-kafka", Family.MEMORY),
                new Peer("plain-hashmap", "peer-plain", Family.MEMORY),
                new Peer("flink-rocksdb", "peer-flink", Family.ROCKSDB),
                new Peer("holdfast-rocksdb", "peer-holdfast", Family.ROCKSDB),
                new Peer("kafka-rocksdb", "peer-kafka", Family.ROCKSDB),
                new Peer("plain-rocksdb", "peer-plain", Family.ROCKSDB));
    }

    /** All peers of the benchmarks of whole jobs, in the order of the table. */
    static List<Peer> ofJobBenchmarks() {
        return List.of(
                new Peer("flink-hashmap", "peer-flink", Family.MEMORY),
                new Peer("holdfast-hashmap", "peer-holdfast", Family.MEMORY),
                new Peer("flink-rocksdb", "peer-flink", Family.ROCKSDB),
                new Peer("holdfast-rocksdb", "peer-holdfast", Family.ROCKSDB));
    }
}

/** The embedded engine: a job's graph, run by threads of this JVM, with checkpoints. */
module io.holdfast.runtime {
    requires transitive io.holdfast.api;
    requires transitive io.holdfast.config;
    requires transitive io.holdfast.host;
    requires transitive io.holdfast.spi;
    requires io.holdfast.toolkit;
    requires org.slf4j;
    requires static org.osgi.annotation.versioning;

    exports io.holdfast.runtime;
    exports io.holdfast.runtime.connector;
    exports io.holdfast.runtime.inspect;
    exports io.holdfast.runtime.metrics;
    exports io.holdfast.runtime.verdict;
}

/**
 * What the author of a module implements: state backends, checkpoint storages, file systems,
 * changelog storages.
 */
module io.holdfast.spi {
    requires transitive io.holdfast.api;
    requires static org.osgi.annotation.versioning;

    exports io.holdfast.spi.changelog;
    exports io.holdfast.spi.filesystem;
    exports io.holdfast.spi.snapshot;
    exports io.holdfast.spi.state;
    exports io.holdfast.spi.storage;
}

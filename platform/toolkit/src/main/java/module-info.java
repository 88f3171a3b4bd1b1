/**
 * Help for authors of modules: bytes, packed blocks, composite keys, times to live, the canonical
 * snapshot format, a backend over ordered bytes, checkpoints in directories and their metadata. Its
 * use is optional.
 */
module io.holdfast.toolkit {
    requires transitive io.holdfast.spi;
    requires static org.osgi.annotation.versioning;

    exports io.holdfast.toolkit.canonical;
    exports io.holdfast.toolkit.checkpoint;
    exports io.holdfast.toolkit.expiring;
    exports io.holdfast.toolkit.io;
    exports io.holdfast.toolkit.keys;
    exports io.holdfast.toolkit.metadata;
    exports io.holdfast.toolkit.ordered;
    exports io.holdfast.toolkit.packing;
}

/** Optional help for the authors of modules. */
module io.holdfast.toolkit {
    requires transitive io.holdfast.spi;
    requires static org.osgi.annotation.versioning;

    exports io.holdfast.toolkit.metadata;
}

/** Layers, files, the resolver and its explanation. */
module io.holdfast.config {
    requires static org.osgi.annotation.versioning;
    requires transitive io.holdfast.api;
    requires io.holdfast.spi;
    requires org.snakeyaml.engine.v2;
    requires typesafe.config;

    exports io.holdfast.config.file;
    exports io.holdfast.config.layer;
    exports io.holdfast.config.migrate;
    exports io.holdfast.config.profile;
    exports io.holdfast.config.resolve;
}

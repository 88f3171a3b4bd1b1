/** Finds, guards and leases the modules of a program. */
module io.holdfast.host {
    requires transitive io.holdfast.spi;
    requires java.management;
    requires org.slf4j;
    requires static org.osgi.annotation.versioning;

    uses io.holdfast.spi.changelog.ChangelogBackendFactory;
    uses io.holdfast.spi.changelog.ChangelogStorageFactory;
    uses io.holdfast.spi.filesystem.FileSystemFactory;
    uses io.holdfast.spi.state.StateBackendFactory;
    uses io.holdfast.spi.storage.CheckpointStorageFactory;

    exports io.holdfast.host;
    exports io.holdfast.host.archive;
    exports io.holdfast.host.folder;
    exports io.holdfast.host.isolation;
    exports io.holdfast.host.world;
}

package io.holdfast.host;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.spi.changelog.ChangelogBackendFactory;
import io.holdfast.spi.changelog.ChangelogStorage;
import io.holdfast.spi.changelog.ChangelogStorageFactory;
import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.spi.filesystem.FileSystemFactory;
import io.holdfast.spi.filesystem.FileSystems;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.state.StateBackendFactory;
import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.spi.storage.CheckpointStorageFactory;
import java.util.List;
import java.util.Set;

/** A guarded form of each service type: what leases hand out. */
final class GuardedFactories {
    private static final String CREATE = "create()";

    private GuardedFactories() {}

    record Backend(StateBackendFactory factory, Guard guard) implements StateBackendFactory {
        @Override
        public String name() {
            return guard.name();
        }

        @Override
        public List<ConfigOption<?>> options() {
            return guard.options();
        }

        @Override
        public StateBackend create(ReadableConfig config) {
            return guard.make(CREATE, () -> factory.create(config), StateBackend::name);
        }
    }

    record Storage(CheckpointStorageFactory factory, Guard guard)
            implements CheckpointStorageFactory {
        @Override
        public String name() {
            return guard.name();
        }

        @Override
        public List<ConfigOption<?>> options() {
            return guard.options();
        }

        @Override
        public CheckpointStorage create(ReadableConfig config) {
            return guard.make(CREATE, () -> factory.create(config), CheckpointStorage::name);
        }
    }

    record Files(FileSystemFactory factory, Guard guard) implements FileSystemFactory {
        @Override
        public Set<String> schemes() {
            return guard.names();
        }

        @Override
        public List<ConfigOption<?>> options() {
            return guard.options();
        }

        @Override
        public FileSystem create(ReadableConfig config) {
            return guard.make(CREATE, () -> factory.create(config));
        }
    }

    record Changes(ChangelogStorageFactory factory, Guard guard)
            implements ChangelogStorageFactory {
        @Override
        public String name() {
            return guard.name();
        }

        @Override
        public List<ConfigOption<?>> options() {
            return guard.options();
        }

        @Override
        public ChangelogStorage create(
                ReadableConfig config, String jobId, FileSystems fileSystems) {
            return guard.make(CREATE, () -> factory.create(config, jobId, fileSystems));
        }
    }

    record Changelog(ChangelogBackendFactory factory, Guard guard)
            implements ChangelogBackendFactory {
        @Override
        public List<ConfigOption<?>> options() {
            return guard.options();
        }

        @Override
        public StateBackend wrap(
                StateBackend working, ChangelogStorage changes, ReadableConfig config) {
            return guard.make("wrap()", () -> factory.wrap(working, changes, config));
        }
    }
}

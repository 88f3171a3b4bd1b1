package io.holdfast.runtime;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.Configuration;
import io.holdfast.config.resolve.SetInCode;
import io.holdfast.spi.state.CompositeStateBackend;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.storage.CheckpointStorage;
import java.util.Optional;

/** Objects that a program sets, as the resolver sees them. Stateless. */
public final class CodeObjects {
    private CodeObjects() {}

    /**
     * A state backend.
     *
     * @param backend the object
     * @return its name, the call, the storage it brings along, and what it fixes
     */
    public static SetInCode of(StateBackend backend) {
        Optional<String> ownStorage =
                backend instanceof CompositeStateBackend composite
                        ? Optional.of(composite.checkpointStorage().name())
                        : Optional.empty();
        Configuration settings =
                backend instanceof CompositeStateBackend composite
                        ? composite.fixedSettings()
                        : new Configuration();
        String call = "env.setStateBackend(" + backend.getClass().getSimpleName() + ")";
        return new SetInCode(backend.name(), call, settings, ownStorage);
    }

    /**
     * A checkpoint storage.
     *
     * @param storage the object
     * @return its name, the call, and its directory
     */
    public static SetInCode of(CheckpointStorage storage) {
        Configuration settings = new Configuration();
        storage.directory()
                .ifPresent(
                        directory ->
                                settings.set(
                                        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                                        directory.toString()));
        String call = "setCheckpointStorage(" + storage.getClass().getSimpleName() + ")";
        return new SetInCode(storage.name(), call, settings);
    }
}

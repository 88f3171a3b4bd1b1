package io.holdfast.spi.state;

import io.holdfast.api.config.Configuration;
import io.holdfast.spi.storage.CheckpointStorage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A state backend that brings its checkpoint storage along: choosing it chooses both, and no other
 * storage is looked at. Backends were made like this before the two were separated; the legacy
 * adapters and users' own backends of that time still are.
 *
 * <p>Found by type on an object that was set in code or made by a factory. If it is a {@link
 * ConfigurableStateBackend} too, it is configured first, and what its {@code configure} returns is
 * asked.
 */
@ConsumerType
public interface CompositeStateBackend extends StateBackend {

    /**
     * The part that makes checkpoints durable. It is complete: nobody configures it any more.
     *
     * @return the same storage each time; may be this object
     */
    CheckpointStorage checkpointStorage();

    /**
     * The part that holds working state.
     *
     * @return the backend that {@link #open} uses; this object if it has no parts
     */
    default StateBackend workingBackend() {
        return this;
    }

    /**
     * Values that its code fixes and that an explanation should show.
     *
     * @return settings by option; none by default
     */
    default Configuration fixedSettings() {
        return new Configuration();
    }

    /**
     * What it consists of, for people.
     *
     * @return such as {@code legacy-memory = hashmap + jobmanager (state up to 5242880 bytes)}
     */
    default String describe() {
        return name() + " = " + workingBackend().name() + " + " + checkpointStorage();
    }
}

package io.holdfast.itests.conformance;

import io.holdfast.config.profile.CompatibilityProfile;
import io.holdfast.spi.state.StateBackend;
import java.util.Map;
import java.util.Optional;

/** What a RocksDB backend was configured to. */
final class RocksDbSettings {
    private RocksDbSettings() {}

    static Optional<Map<String, Object>> of(StateBackend backend, CompatibilityProfile profile) {
        return Optional.empty();
    }
}

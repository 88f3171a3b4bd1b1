package io.holdfast.config.resolve;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.config.profile.Correction;
import io.holdfast.config.profile.Kind;
import io.holdfast.config.profile.LegacyBackend;
import java.util.List;
import java.util.Optional;

/**
 * What a name in the configuration turned out to be.
 *
 * @param name of an installed module, or the class name as it was written
 * @param legacy the kind of legacy backend it means
 * @param options what the factory reads, as far as that is known
 * @param failure why it cannot be used
 * @param detail of a failure: what is wrong with a class, or where it was looked for
 * @param corrections what a Flink of the same version would do differently
 */
record Named(
        String name,
        Optional<LegacyBackend> legacy,
        List<ConfigOption<?>> options,
        Optional<Kind> failure,
        String detail,
        List<Correction> corrections) {}

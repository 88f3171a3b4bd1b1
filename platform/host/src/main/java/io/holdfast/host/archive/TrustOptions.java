package io.holdfast.host.archive;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ConfigOptions;

/**
 * Options of a host that say which modules it may load from a folder. What is on the class path was
 * put there with the program and is trusted. Settings of jobs are not asked.
 */
public final class TrustOptions {

    /** What makes a module trusted: {@code any}, {@code signed} or {@code digest-list}. */
    public static final ConfigOption<String> TRUST =
            ConfigOptions.key("modules.trust")
                    .stringType()
                    .defaultValue("any")
                    .withDescription(
                            "Which modules may be loaded from the folder of modules: 'any' sound"
                                    + " archive, those 'signed' by somebody known, or those in a"
                                    + " 'digest-list'.");

    /** The file of certificates for {@code signed}. */
    public static final ConfigOption<String> CERTIFICATES =
            ConfigOptions.key("modules.trust.certificates")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("File of X.509 certificates of those whose modules are run.");

    /** The file of digests for {@code digest-list}. */
    public static final ConfigOption<String> DIGESTS =
            ConfigOptions.key("modules.trust.digests")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("File of SHA-256 digests of the modules that are run.");

    private TrustOptions() {}
}

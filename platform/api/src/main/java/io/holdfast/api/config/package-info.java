/**
 * Options and the values they take. Read {@link io.holdfast.api.config.ConfigOption} and {@link
 * io.holdfast.api.config.Configuration} first.
 *
 * <p>An option is declared once, beside the code that reads it, with {@link
 * io.holdfast.api.config.ConfigOptions}; type, default, former keys, checks and description all
 * come from that one declaration. A configuration is a map of keys to values that are converted
 * when an option reads them. Where the values come from (files, environment, command line) is not
 * known here: that is the business of the {@code io.holdfast.config} module. Depends on {@code
 * io.holdfast.api.error} only.
 */
@Version("1.0.0")
package io.holdfast.api.config;

import org.osgi.annotation.versioning.Version;

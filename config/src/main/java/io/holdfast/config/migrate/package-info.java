/**
 * Turns older configuration files into {@code config.yaml} or HOCON that means the same. Read
 * {@link io.holdfast.config.migrate.Migrator} and {@link io.holdfast.config.migrate.Migration}
 * first.
 *
 * <p>A pure function of a text, of the options that exist and of two resolvers: one that says what
 * the file meant, one that says what the new one means. Writes no file. Depends on {@code
 * io.holdfast.config.file} and {@code io.holdfast.config.resolve}.
 */
@Version("1.0.0")
package io.holdfast.config.migrate;

import org.osgi.annotation.versioning.Version;

/**
 * Reads configuration files into layers, each value with its file and line. Read {@link
 * io.holdfast.config.file.ConfigFile} first.
 *
 * <p>Parsing is done by libraries (Typesafe Config for HOCON, SnakeYAML Engine for YAML, the JDK
 * for properties); what is added here are lines, flat keys, and the refusal of what a parser would
 * silently lose. Depends on {@code io.holdfast.config.layer} and, for the names of files, on {@code
 * io.holdfast.config.profile}; knows no options.
 */
@Version("1.0.0")
package io.holdfast.config.file;

import org.osgi.annotation.versioning.Version;

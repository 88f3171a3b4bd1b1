/**
 * Where the settings of a command come from: flags, files, the launcher's own defaults. Read {@link
 * io.holdfast.cli.settings.HostSettings}, then {@link io.holdfast.cli.settings.LauncherDefaults}.
 * Knows no command.
 */
package io.holdfast.cli.settings;

/**
 * What commands print and return, the same for all of them: read {@link
 * io.holdfast.cli.output.Console}, then {@link io.holdfast.cli.output.ExitCode}. Knows no command.
 */
package io.holdfast.cli.output;

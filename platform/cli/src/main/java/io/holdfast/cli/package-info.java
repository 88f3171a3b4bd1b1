/**
 * The command {@code holdfast}. Read {@link io.holdfast.cli.Holdfast}, then {@link
 * io.holdfast.cli.RunCommand}.
 *
 * <p>This is the wiring: the only place that knows the configuration, the engine, the examples and,
 * as a matter of the class path, the modules. It decides nothing that a job or a module could
 * decide. Standard output carries what was asked for; with {@code --json} that is one document, and
 * what a person wants to see goes to standard error.
 */
package io.holdfast.cli;

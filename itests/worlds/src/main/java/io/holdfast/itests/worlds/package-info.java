/**
 * What the tests of the worlds run in processes of their own. Read {@link
 * io.holdfast.itests.worlds.Scenario}.
 *
 * <p>Uses the host and the engine as a program would; names no module.
 */
package io.holdfast.itests.worlds;

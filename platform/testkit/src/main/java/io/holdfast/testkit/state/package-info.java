/**
 * The promises of {@code io.holdfast.spi.state} as tests: one abstract class per promise, each
 * readable as a specification. A backend proves all of them by extending {@link
 * io.holdfast.testkit.state.StateBackendContracts} and giving its backend; {@link
 * io.holdfast.testkit.state.SwitchContract} takes two.
 *
 * <p>{@link io.holdfast.testkit.bench.StateBench} opens backends for the tests and looks for leaks
 * after each of them. Depends on {@code testkit.bench}, {@code testkit.model}, the SPI, and the
 * toolkit's canonical format.
 */
package io.holdfast.testkit.state;

/**
 * Where state backends are tried: opens them, writes their snapshots, looks for what they leave.
 * Read {@link io.holdfast.testkit.bench.StateBench}. Depends on {@code testkit.fixture}.
 */
package io.holdfast.testkit.bench;

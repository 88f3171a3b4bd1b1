package io.holdfast.itests.architecture.planted.one;

import io.holdfast.itests.architecture.planted.two.Second;

/** Half of a cycle that the test must find. */
public record First(Second second) {}

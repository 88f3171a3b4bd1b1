package io.holdfast.itests.architecture.planted.two;

import io.holdfast.itests.architecture.planted.one.First;

/** The other half. */
public record Second(First first) {}

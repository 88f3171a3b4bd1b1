package io.holdfast.examples.sessions;

/** What became of a line of an access log: a request, or a line to count and keep aside. */
public sealed interface ParsedLine permits AccessLogLine, DirtyLine {}

/**
 * Sessions of a web server's visitors, from its access log in common or combined format. Read
 * {@link io.holdfast.examples.sessions.AccessLogParser} first, which makes of each line of text an
 * {@link io.holdfast.examples.sessions.AccessLogLine} or a {@link
 * io.holdfast.examples.sessions.DirtyLine}.
 */
package io.holdfast.examples.sessions;

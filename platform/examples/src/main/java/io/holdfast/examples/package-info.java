/**
 * Jobs that read as tutorials, and what they share. {@code io.holdfast.examples.nexmark} asks the
 * queries of a well-known benchmark of an online auction, {@code io.holdfast.examples.sessions}
 * turns the access log of a web server into sessions. Read {@link
 * io.holdfast.examples.ResultDigest} here: how two runs of a job are compared.
 */
package io.holdfast.examples;

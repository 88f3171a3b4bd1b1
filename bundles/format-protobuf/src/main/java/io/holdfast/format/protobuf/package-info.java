/**
 * State of Protobuf messages. Read {@link io.holdfast.format.protobuf.ProtobufSerializers}, then
 * {@link io.holdfast.format.protobuf.MessageSerializer}. What is stored is described by its message
 * type and all files that it needs, and evolves by field numbers. Depends on protobuf-java and on
 * the API; knows no backend.
 */
package io.holdfast.format.protobuf;

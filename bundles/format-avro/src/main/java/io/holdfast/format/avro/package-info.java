/**
 * State of Avro types. Read {@link io.holdfast.format.avro.AvroSerializers}, then {@link
 * io.holdfast.format.avro.AvroSerializer}. What is stored is described by its schema, and evolves
 * by the rules of Avro. Depends on Avro and on the API; knows no backend.
 */
package io.holdfast.format.avro;

/**
 * How values become bytes and back. Read {@link io.holdfast.api.serialization.Serializer}, then
 * {@link io.holdfast.api.serialization.Serializers}.
 *
 * <p>A serializer describes itself in a {@link io.holdfast.api.serialization.SerializerSnapshot}
 * that is stored with the data, so that a later program can tell whether it still reads those
 * bytes, and so that its values can be read without that program ({@link
 * io.holdfast.api.serialization.Serializers#generic}). What changed its name says so with {@link
 * io.holdfast.api.serialization.FormerlyNamed}. No class is ever loaded by a name found in data,
 * and nothing here uses Java serialization. Depends on {@code api.error} only. Nothing is null
 * unless said.
 */
@Version("1.0.0")
package io.holdfast.api.serialization;

import org.osgi.annotation.versioning.Version;

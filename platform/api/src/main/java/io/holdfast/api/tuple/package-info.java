/**
 * Small records for values that belong together and are not worth a name: {@link
 * io.holdfast.api.tuple.Tuple2} to {@link io.holdfast.api.tuple.Tuple5}. Where the parts have
 * names, write a record. As state they need their type arguments: {@code Serializers.of(new
 * TypeOf<Tuple2<String, Long>>() {})}. Depends on nothing.
 */
@Version("1.0.0")
package io.holdfast.api.tuple;

import org.osgi.annotation.versioning.Version;

/**
 * What every serializer must do: extend {@link
 * io.holdfast.testkit.serialization.SerializerContract}. Depends on the API alone.
 */
package io.holdfast.testkit.serialization;

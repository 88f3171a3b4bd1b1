package io.holdfast.toolkit.expiring;

import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.state.Namespaced;

/** A value that expires. */
final class ExpiringValue<N, V> implements Namespaced.Value<N, V> {
    private final Namespaced.Value<N, Timed<V>> stored;
    private final Use<V> use;
    private final ValueStateDescriptor<V> descriptor;

    ExpiringValue(
            Namespaced.Value<N, Timed<V>> stored, Use<V> use, ValueStateDescriptor<V> descriptor) {
        this.stored = stored;
        this.use = use;
        this.descriptor = descriptor;
    }

    @Override
    public void setCurrentNamespace(N namespace) {
        stored.setCurrentNamespace(namespace);
    }

    @Override
    public V value() {
        use.count();
        Timed<V> timed = stored.value();
        if (timed == null) {
            return descriptor.defaultValue();
        }
        long now = use.lifetime().time();
        if (use.lifetime().isExpired(timed, now)) {
            stored.clear();
        } else {
            Timed<V> renewed = use.lifetime().renewed(timed, now);
            if (renewed != null) {
                stored.update(renewed);
            }
        }
        return use.lifetime().isSeen(timed, now) ? timed.value() : descriptor.defaultValue();
    }

    @Override
    public void update(V value) {
        use.count();
        stored.update(value == null ? null : use.lifetime().stored(value));
    }

    @Override
    public void clear() {
        use.count();
        stored.clear();
    }
}

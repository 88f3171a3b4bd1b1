package io.holdfast.toolkit.expiring;

import io.holdfast.spi.state.Namespaced;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A list whose elements expire one by one. */
final class ExpiringList<N, T> implements Namespaced.ListOf<N, T> {
    private final Namespaced.ListOf<N, Timed<T>> stored;
    private final Use<T> use;

    ExpiringList(Namespaced.ListOf<N, Timed<T>> stored, Use<T> use) {
        this.stored = stored;
        this.use = use;
    }

    @Override
    public void setCurrentNamespace(N namespace) {
        stored.setCurrentNamespace(namespace);
    }

    @Override
    public Iterable<T> get() {
        use.count();
        List<T> seen = new ArrayList<>();
        List<Timed<T>> left = new ArrayList<>();
        boolean changed = false;
        long now = use.lifetime().time();
        for (Timed<T> timed : stored.get()) {
            if (use.lifetime().isSeen(timed, now)) {
                seen.add(timed.value());
            }
            if (use.lifetime().isExpired(timed, now)) {
                changed = true;
            } else {
                Timed<T> renewed = use.lifetime().renewed(timed, now);
                changed |= renewed != null;
                left.add(renewed == null ? timed : renewed);
            }
        }
        if (changed) {
            stored.update(left);
        }
        return seen;
    }

    @Override
    public void add(T value) {
        use.count();
        stored.add(value == null ? null : use.lifetime().stored(value));
    }

    /** Elements with their times; null, which the backend refuses, stays null. */
    private List<Timed<T>> timed(List<T> values) {
        long now = use.lifetime().time();
        List<Timed<T>> timed = new ArrayList<>(values.size());
        values.forEach(value -> timed.add(value == null ? null : new Timed<>(now, value)));
        return timed;
    }

    @Override
    public void addAll(List<T> values) {
        use.count();
        stored.addAll(timed(values));
    }

    @Override
    public void update(List<T> values) {
        use.count();
        stored.update(timed(values));
    }

    @Override
    public void clear() {
        use.count();
        stored.clear();
    }

    @Override
    public void mergeNamespaces(N target, Collection<N> sources) {
        use.count();
        stored.mergeNamespaces(target, sources);
    }
}

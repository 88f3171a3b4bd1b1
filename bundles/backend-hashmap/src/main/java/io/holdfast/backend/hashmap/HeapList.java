package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.hashmap.table.Epochs;
import io.holdfast.spi.state.Namespaced;
import java.util.Collection;
import java.util.List;

/** A list state. */
final class HeapList<K, N, T> extends TableState<K, N, Elements<T>>
        implements Namespaced.ListOf<N, T> {
    private final Serializer<T> element;

    HeapList(Parts<K, N, Elements<T>> parts, Serializer<T> element) {
        super(parts);
        this.element = element;
    }

    /** The list of the current entry, made if there is none, in a form that may be added to. */
    private Elements<T> appendable() {
        Elements<T> list = content();
        if (list != null && !isShared()) {
            changed();
            return list;
        }
        Elements<T> own = list == null ? new Elements<>() : list.continued();
        put(own);
        return own;
    }

    @Override
    public Iterable<T> get() {
        Elements<T> list = content();
        if (list == null) {
            return List.of();
        }
        if (epochs().newestHeld() == Epochs.NONE) {
            return list;
        }
        if (isShared()) {
            Elements<T> own = list.continued();
            if (own.copyShared(element)) {
                putEqual(own);
                return own;
            }
        } else {
            list.copyShared(element);
        }
        return list;
    }

    @Override
    public void add(T value) {
        appendable().append(checked(value));
    }

    private T checked(T value) {
        if (value == null) {
            throw Refusals.nullElement(owner(), name());
        }
        return value;
    }

    @Override
    public void addAll(List<T> values) {
        values.forEach(this::checked);
        if (!values.isEmpty()) {
            Elements<T> list = appendable();
            values.forEach(list::append);
        }
    }

    @Override
    public void update(List<T> values) {
        if (values.isEmpty()) {
            clear();
            return;
        }
        Elements<T> list = new Elements<>();
        values.forEach(value -> list.append(checked(value)));
        put(list);
    }

    @Override
    public void mergeNamespaces(N target, Collection<N> sources) {
        for (N source : sources) {
            setCurrentNamespace(source);
            Elements<T> list = content();
            if (list != null) {
                boolean othersHave = isShared() || list.hasShared();
                clear();
                setCurrentNamespace(target);
                appendable().appendAll(list, othersHave);
            }
        }
    }
}

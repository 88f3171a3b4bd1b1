package io.holdfast.runtime;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.layer.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Settings made by calls of a program, with the call that made each. Not thread-safe. */
final class CodeSettings {
    private final List<Entry> entries = new ArrayList<>();

    <T> void set(String call, ConfigOption<T> option, T value) {
        Objects.requireNonNull(value, option.key());
        entries.add(new Entry(option.key(), value, Origin.ofCode(call)));
    }

    /** Takes back what earlier calls said about an option. */
    void forget(ConfigOption<?> option) {
        entries.removeIf(entry -> entry.key().equals(option.key()));
    }

    Layer layer() {
        return new Layer(Level.CODE, entries);
    }
}

package io.holdfast.config.file;

import io.holdfast.api.error.Problem;
import io.holdfast.config.layer.Entry;
import java.util.List;

/** What a file holds, and what is suspicious about it. */
record Parsed(List<Entry> entries, List<Problem> warnings) {
    Parsed {
        entries = List.copyOf(entries);
        warnings = List.copyOf(warnings);
    }

    static Parsed of(List<Entry> entries) {
        return new Parsed(entries, List.of());
    }
}

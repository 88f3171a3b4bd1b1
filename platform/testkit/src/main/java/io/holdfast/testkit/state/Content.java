package io.holdfast.testkit.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.api.AbstractAssert;

/**
 * What a backend or snapshot holds, as text: where something lies, and what it is.
 *
 * @param entries the entries, sorted
 */
record Content(TreeMap<String, String> entries) {

    Content() {
        this(new TreeMap<>());
    }

    void add(Content other) {
        entries.putAll(other.entries);
    }

    @Override
    public String toString() {
        return "%d entries, hash %08x".formatted(entries.size(), entries.hashCode());
    }

    static ContentAssert assertThat(Content content) {
        return new ContentAssert(content);
    }

    /** Tells the first differences instead of everything. */
    static final class ContentAssert extends AbstractAssert<ContentAssert, Content> {
        private static final int MOST_DIFFERENCES = 8;

        private ContentAssert(Content content) {
            super(content, ContentAssert.class);
        }

        @Override
        public ContentAssert isEqualTo(Object other) {
            Content expected = (Content) other;
            if (!actual.equals(expected)) {
                failWithMessage(
                        "%s instead of %s; among the differences:%n%s",
                        actual, expected, String.join("\n", differences(expected.entries)));
            }
            return this;
        }

        ContentAssert isNotEmpty() {
            if (actual.entries.isEmpty()) {
                failWithMessage("no entries");
            }
            return this;
        }

        private List<String> differences(Map<String, String> expected) {
            TreeSet<String> places = new TreeSet<>(actual.entries.keySet());
            places.addAll(expected.keySet());
            List<String> differences = new ArrayList<>();
            for (String place : places) {
                String found = actual.entries.get(place);
                String wanted = expected.get(place);
                if (!String.valueOf(found).equals(String.valueOf(wanted))) {
                    differences.add("  %s: %s instead of %s".formatted(place, found, wanted));
                }
                if (differences.size() == MOST_DIFFERENCES) {
                    break;
                }
            }
            return differences;
        }
    }
}

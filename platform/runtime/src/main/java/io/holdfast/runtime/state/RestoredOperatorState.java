package io.holdfast.runtime.state;

import io.holdfast.spi.filesystem.SeekableInput;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.spi.snapshot.StreamHandle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one subtask gets of the operator state of all subtasks of an earlier run. */
public final class RestoredOperatorState {
    private final Map<String, StoredState> byName;

    private RestoredOperatorState(Map<String, StoredState> byName) {
        this.byName = byName;
    }

    /**
     * Nothing.
     *
     * @return what a fresh start gets
     */
    public static RestoredOperatorState none() {
        return new RestoredOperatorState(Map.of());
    }

    /**
     * Reads the streams of all earlier subtasks and takes what belongs to one of the new ones.
     *
     * @param streams one for each earlier subtask, in their order, null where it had no state
     * @param source opens them
     * @param subtask the new subtask
     * @param parallelism number of new subtasks
     * @param operator names the operator in messages
     * @return its part
     * @throws IOException if a stream cannot be read
     */
    public static RestoredOperatorState read(
            List<StreamHandle> streams,
            SnapshotSource source,
            int subtask,
            int parallelism,
            String operator)
            throws IOException {
        Map<String, StoredState> mine = new LinkedHashMap<>();
        Map<String, Integer> dealt = new LinkedHashMap<>();
        for (int earlier = 0; earlier < streams.size(); earlier++) {
            StreamHandle stream = streams.get(earlier);
            if (stream == null) {
                continue;
            }
            String where = "operator state of '%s', subtask %d".formatted(operator, earlier);
            for (StoredState state :
                    OperatorStateFormat.read(bytes(stream, source, where), where)) {
                int first = dealt.getOrDefault(state.name(), 0);
                dealt.put(state.name(), first + state.elements().size());
                boolean own = streams.size() == parallelism;
                List<byte[]> part =
                        switch (state.distribution()) {
                            case UNION -> state.elements();
                            case BROADCAST ->
                                    earlier == subtask % streams.size()
                                                    || !mine.containsKey(state.name())
                                            ? state.elements()
                                            : null;
                            case SPLIT ->
                                    own
                                            ? earlier == subtask ? state.elements() : List.of()
                                            : everyNth(
                                                    state.elements(), first, subtask, parallelism);
                        };
                if (part != null) {
                    merge(mine, state, part);
                }
            }
        }
        return new RestoredOperatorState(mine);
    }

    private static void merge(Map<String, StoredState> mine, StoredState state, List<byte[]> part) {
        StoredState before = mine.get(state.name());
        List<byte[]> elements = new ArrayList<>();
        if (before != null && state.distribution() != Distribution.BROADCAST) {
            elements.addAll(before.elements());
        }
        elements.addAll(part);
        mine.put(state.name(), state.withElements(elements));
    }

    private static List<byte[]> everyNth(
            List<byte[]> elements, int first, int subtask, int parallelism) {
        List<byte[]> part = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            if ((first + i) % parallelism == subtask) {
                part.add(elements.get(i));
            }
        }
        return part;
    }

    private static byte[] bytes(StreamHandle stream, SnapshotSource source, String where)
            throws IOException {
        if (stream.length() > Integer.MAX_VALUE - 8) {
            throw new IOException(where + " has " + stream.length() + " bytes, more than 2 GiB");
        }
        try (SeekableInput in = source.open(stream)) {
            return in.readNBytes((int) stream.length());
        }
    }

    Map<String, StoredState> states() {
        return byName;
    }
}

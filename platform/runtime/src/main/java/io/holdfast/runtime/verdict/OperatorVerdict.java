package io.holdfast.runtime.verdict;

import java.util.List;
import java.util.Objects;

/**
 * What becomes of the states of one operator.
 *
 * @param id its id
 * @param name its name; the job's, if the job has it
 * @param states its states, in the order in which the job asks for them, then those it did not ask
 *     for
 * @param notes what else there is to say, such as that it could not be opened
 */
public record OperatorVerdict(
        String id, String name, List<StateVerdict> states, List<String> notes) {
    /** Refuses null, copies the lists. */
    public OperatorVerdict {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        states = List.copyOf(states);
        notes = List.copyOf(notes);
    }
}

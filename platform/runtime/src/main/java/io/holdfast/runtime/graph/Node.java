package io.holdfast.runtime.graph;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** An operator as the program asked for it. Changed by the program until the job is run. */
public final class Node {
    private final Body body;
    private final List<Edge> inputs;
    private String name;
    private Optional<String> uid = Optional.empty();
    private OptionalInt parallelism = OptionalInt.empty();

    /**
     * An operator.
     *
     * @param name for people
     * @param body what it does
     * @param inputs where its records come from; none for a source
     */
    public Node(String name, Body body, List<Edge> inputs) {
        this.name = Objects.requireNonNull(name, "name");
        this.body = Objects.requireNonNull(body, "body");
        this.inputs = List.copyOf(inputs);
    }

    /**
     * What it does.
     *
     * @return the body
     */
    public Body body() {
        return body;
    }

    /**
     * Where its records come from.
     *
     * @return the edges to it
     */
    public List<Edge> inputs() {
        return inputs;
    }

    /**
     * Its name.
     *
     * @return for people
     */
    public String name() {
        return name;
    }

    /**
     * Names it.
     *
     * @param text for people
     */
    public void name(String text) {
        name = Objects.requireNonNull(text, "name");
    }

    /**
     * What identifies its state over changes of the program.
     *
     * @return the uid, if one was given
     */
    public Optional<String> uid() {
        return uid;
    }

    /**
     * Identifies its state.
     *
     * @param text unique in the job
     */
    public void uid(String text) {
        uid = Optional.of(text);
    }

    /**
     * Number of subtasks.
     *
     * @return the number, if the program gave one
     */
    public OptionalInt parallelism() {
        return parallelism;
    }

    /**
     * Sets the number of subtasks.
     *
     * @param count 1 or more
     */
    public void parallelism(int count) {
        parallelism = OptionalInt.of(count);
    }
}

package io.holdfast.config.file;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.config.layer.Origin;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * A parser that stops at too many levels. The library's own would use the stack for each level, and
 * time that grows with their square: a few kilobytes of brackets kept it busy for seconds.
 */
final class ShallowParser implements Parser {
    private final Parser parser;
    private final String file;
    private final int deepest;
    private int depth;

    ShallowParser(Parser parser, String file, int deepest) {
        this.parser = parser;
        this.file = file;
        this.deepest = deepest;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public Event next() {
        Event event = parser.next();
        if (event instanceof CollectionEndEvent) {
            depth--;
        } else if (event instanceof CollectionStartEvent && ++depth > deepest) {
            throw tooDeep(event);
        }
        return event;
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }

    private HoldfastException tooDeep(Event event) {
        int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        return Problem.user("CONFIG-1025", "'" + file + "' holds something that is no setting.")
                .with("at", Origin.ofFile(file, line))
                .with("because", "there are more than " + deepest + " levels")
                .advise("write keys with values, such as state.backend.type: rocksdb")
                .exception();
    }
}

package io.holdfast.runtime.graph;

import io.holdfast.api.connector.Source;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.time.WatermarkStrategy;
import io.holdfast.runtime.operator.Operator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** What a node does. */
public sealed interface Body {

    /**
     * Reads a source.
     *
     * @param source the source
     * @param strategy gives times and watermarks, if there are any
     * @param <T> type of the records
     */
    record Read<T>(Source<T> source, Optional<WatermarkStrategy<T>> strategy) implements Body {
        /** Refuses null. */
        public Read {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(strategy, "strategy");
        }
    }

    /**
     * Processes records.
     *
     * @param operator makes the operator of one subtask
     * @param key serializer of the keys, for an operator with keyed state
     */
    record Process(Supplier<? extends Operator<?>> operator, Optional<Serializer<?>> key)
            implements Body {
        /** Refuses null. */
        public Process {
            Objects.requireNonNull(operator, "operator");
            Objects.requireNonNull(key, "key");
        }
    }
}

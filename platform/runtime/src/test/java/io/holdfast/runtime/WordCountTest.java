package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.serialization.Serializers;
import io.holdfast.runtime.connector.CollectSink;
import io.holdfast.runtime.metrics.JobStatus;
import io.holdfast.runtime.metrics.OperatorMetrics;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simplest job with state, from end to end. */
final class WordCountTest {
    record Count(String word, long number) {}

    private static final List<String> LINES =
            List.of("to be or not to be", "that is the question", "to be");

    @ParameterizedTest
    @MethodSource("io.holdfast.runtime.Jobs#backends")
    void countsWords(String backend) {
        for (int parallelism : new int[] {1, 3}) {
            StreamExecutionEnvironment env = Jobs.on(backend, parallelism);
            CollectSink.Results<Count> results = new CollectSink.Results<>();

            env.fromCollection(LINES)
                    .<String>flatMap((line, out) -> List.of(line.split(" ")).forEach(out::collect))
                    .map(word -> new Count(word, 1))
                    .keyBy(Count::word, String.class)
                    .reduce(
                            (first, second) ->
                                    new Count(first.word(), first.number() + second.number()),
                            Count.class)
                    .sinkTo(results.sink(Serializers.forClass(Count.class)));
            JobResult result = env.execute("word count");

            assertThat(result.status()).isEqualTo(JobStatus.FINISHED);
            assertThat(results.records())
                    .hasSize(12)
                    .contains(
                            new Count("to", 3),
                            new Count("be", 3),
                            new Count("question", 1),
                            new Count("or", 1))
                    .doesNotContain(new Count("be", 4));
        }
    }

    @ParameterizedTest
    @MethodSource("io.holdfast.runtime.Jobs#backends")
    void countsWhatItsOperatorsDo(String backend) {
        StreamExecutionEnvironment env = Jobs.on(backend, 2);
        CollectSink.Results<String> results = new CollectSink.Results<>();

        env.fromCollection(LINES)
                .filter(line -> line.startsWith("to"))
                .name("only to")
                .sinkTo(results.sink(Serializers.STRING));
        JobResult result = env.execute("metrics");

        assertThat(result.metrics().events()).isEqualTo(3);
        OperatorMetrics filter =
                result.metrics().operators().stream()
                        .filter(operator -> operator.name().equals("only to"))
                        .findFirst()
                        .orElseThrow();
        assertThat(filter.recordsIn()).isEqualTo(3);
        assertThat(filter.recordsOut()).isEqualTo(2);
        assertThat(filter.parallelism()).isEqualTo(2);
    }
}

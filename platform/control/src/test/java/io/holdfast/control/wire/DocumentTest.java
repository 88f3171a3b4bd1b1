package io.holdfast.control.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.error.Problem;
import io.holdfast.control.view.HandOverView;
import io.holdfast.control.view.HostView;
import io.holdfast.control.view.JobView;
import io.holdfast.control.view.ModuleView;
import io.holdfast.control.view.ProviderView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What one process writes, the other reads; also if the other is older. */
class DocumentTest {
    private static final Problem WHY =
            Problem.user("MODULE-2011", "The jar is refused: it is a\nbomb.")
                    .with("jar", "a\tb.jar")
                    .with("digest", "00")
                    .advise("do not use it")
                    .build();

    private static ModuleView module(String name, Optional<Problem> problem) {
        return new ModuleView(
                name,
                "1.0",
                problem.isPresent() ? ModuleView.State.FAILED : ModuleView.State.IN_USE,
                "class loader",
                "/modules/a.jar",
                "abc",
                List.of("job one", "job two"),
                List.of(
                        new ProviderView(
                                "state backend",
                                "x.Y",
                                "available",
                                List.of("a", "b"),
                                List.of("key.a")),
                        new ProviderView(
                                "checkpoint storage", "x.Z", "failed", List.of(), List.of())),
                problem);
    }

    private static List<Line> sent(List<Line> lines) throws IOException {
        List<Line> read = new ArrayList<>();
        for (Line line : lines) {
            read.add(Line.parse(line.text()));
            read.add(Line.of("something", "that only newer versions say"));
        }
        return read;
    }

    @Test
    void modulesComeBackAsTheyWere() throws IOException {
        List<ModuleView> modules =
                List.of(module("one", Optional.empty()), module("two", Optional.of(WHY)));
        List<Line> lines = new ArrayList<>();
        modules.forEach(each -> lines.addAll(Document.of(each)));
        assertThat(Document.modules(lines)).isEqualTo(modules);
        assertThat(Document.modules(sent(Document.of(module("one", Optional.empty())))))
                .singleElement()
                .extracting(ModuleView::users)
                .isEqualTo(List.of("job one", "job two"));
    }

    @Test
    void aHostComesBackAsItWas() throws IOException {
        for (Optional<Path> folder : List.of(Optional.<Path>empty(), Optional.of(Path.of("/m")))) {
            HostView host =
                    new HostView(
                            7,
                            folder,
                            "any",
                            List.of(new JobView("id", "a name", "RUNNING", "heap")));
            assertThat(Document.host(sent(Document.of(host)))).isEqualTo(host);
        }
    }

    @Test
    void aHandOverComesBackAsItWas() throws IOException {
        HandOverView handOver =
                new HandOverView(
                        "hashmap",
                        "rocksdb",
                        Duration.ofNanos(1_234_567),
                        List.of(new HandOverView.Subtask("sum", 1, Duration.ofMillis(1), 99)));
        assertThat(Document.handOver(sent(Document.of(handOver)))).isEqualTo(handOver);
    }

    @Test
    void aProblemComesBackAsItWas() throws IOException {
        assertThat(Document.problem(Document.of(WHY))).isEqualTo(WHY);
    }

    @Test
    void nonsenseIsSaidToBeNonsense() {
        assertThatThrownBy(() -> Document.host(List.of(Line.of("end"))))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Document.host(List.of(Line.of("host", "seven"))))
                .hasMessageContaining("'seven' is no number");
        assertThatThrownBy(() -> Document.problem(List.of())).isInstanceOf(IOException.class);
        assertThatThrownBy(
                        () ->
                                Document.modules(
                                        List.of(Line.of("module", "a", "1", "DIZZY", "", "", ""))))
                .hasMessageContaining("'DIZZY'");
    }
}

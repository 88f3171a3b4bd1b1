package io.holdfast.control.server;

import io.holdfast.api.error.DidYouMean;
import io.holdfast.api.error.Problem;
import io.holdfast.control.wire.Document;
import io.holdfast.control.wire.Line;
import io.holdfast.host.folder.ModuleFolder;
import io.holdfast.runtime.LocalPlatform;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** What a platform says and does when it is asked. */
final class Answers {
    private static final Set<String> QUESTIONS = Set.of("host", "modules", "refresh");

    private final LocalPlatform platform;

    Answers(LocalPlatform platform) {
        this.platform = platform;
    }

    /**
     * The answer.
     *
     * @throws IOException if the question lacks something
     * @throws io.holdfast.api.error.HoldfastException if it is refused or fails
     */
    List<Line> to(Line question) throws IOException {
        return switch (question.tag()) {
            case "host" -> Document.of(Views.host(platform));
            case "modules" -> modules();
            case "refresh" -> {
                platform.folder().ifPresent(ModuleFolder::refresh);
                yield modules();
            }
            default ->
                    throw Problem.environment(
                                    "CONTROL-8004",
                                    "This process does not know the question '%s'."
                                            .formatted(question.tag()))
                            .with("possible", DidYouMean.list(QUESTIONS))
                            .advise("use the command of the version that it was started with")
                            .exception();
        };
    }

    private List<Line> modules() {
        return Views.modules(platform).stream()
                .flatMap(module -> Document.of(module).stream())
                .toList();
    }
}

package io.holdfast.cli.output;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Documents for machines: one on one line. */
public final class Json {
    private Json() {}

    /** A document. */
    public static String render(Map<String, Object> fields) {
        return ConfigValueFactory.fromMap(fields).render(ConfigRenderOptions.concise());
    }

    /** Problems as fields. */
    public static List<Map<String, Object>> of(List<Problem> problems) {
        return problems.stream().map(Json::of).toList();
    }

    /** A problem as fields. */
    public static Map<String, Object> of(Problem problem) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", problem.code());
        fields.put("category", problem.category().name());
        fields.put("summary", problem.summary());
        fields.put(
                "details",
                problem.details().stream()
                        .map(detail -> Map.of("label", detail.label(), "text", detail.text()))
                        .toList());
        fields.put("advice", problem.advice());
        return fields;
    }

    /** Runs a command that tells of its failure with a document if it was asked for one. */
    public static int orFailed(Console console, boolean json, Callable<Integer> command)
            throws Exception {
        try {
            return command.call();
        } catch (HoldfastException e) {
            if (!json) {
                throw e;
            }
            return failed(console, e.problem());
        }
    }

    /** Tells a command that failed, and returns its exit code. */
    public static int failed(Console console, Problem problem) {
        int exitCode = ExitCode.of(problem);
        console.out()
                .println(
                        render(
                                Map.of(
                                        "status",
                                        "failed",
                                        "exitCode",
                                        exitCode,
                                        "problems",
                                        of(List.of(problem)))));
        return exitCode;
    }
}

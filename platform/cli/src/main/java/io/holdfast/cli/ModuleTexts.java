package io.holdfast.cli;

import io.holdfast.api.error.Problem;
import io.holdfast.cli.output.Json;
import io.holdfast.control.view.ModuleView;
import io.holdfast.control.view.ProviderView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Modules as they are told, to people and to machines. Stateless. */
final class ModuleTexts {
    private static final int SHOWN_DIGITS = 12;

    private ModuleTexts() {}

    /** The state in words. */
    static String state(ModuleView module) {
        String users = String.join(", ", module.users());
        return switch (module.state()) {
            case AVAILABLE -> "available";
            case IN_USE -> "in use by " + users;
            case DRAINING -> users.isEmpty() ? "draining" : "draining, in use by " + users;
            case COVERED -> "covered";
            case FAILED -> "failed";
        };
    }

    /** As much of the digest as tells jars apart. */
    static String digest(ModuleView module) {
        return module.digest().isEmpty()
                ? "-"
                : module.digest().substring(0, Math.min(SHOWN_DIGITS, module.digest().length()));
    }

    /** Version, or a dash. */
    static String version(ModuleView module) {
        return module.version().isEmpty() ? "-" : module.version();
    }

    /** Name, version and jar in a line. */
    static String title(ModuleView module) {
        return module.name()
                + (module.version().isEmpty() ? "" : " " + module.version())
                + " ("
                + module.file()
                + ")";
    }

    /** For machines. */
    static Map<String, Object> json(ModuleView module) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", module.name());
        fields.put("version", module.version());
        fields.put("state", module.state().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        fields.put("users", module.users());
        fields.put("world", module.world());
        fields.put("jar", module.location());
        fields.put("sha256", module.digest());
        fields.put("provides", module.providers().stream().map(ModuleTexts::json).toList());
        module.problem().ifPresent(problem -> fields.put("problem", Json.of(problem)));
        return fields;
    }

    private static Map<String, Object> json(ProviderView provider) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", provider.kind());
        fields.put("names", provider.names());
        fields.put("class", provider.className());
        fields.put("state", provider.state());
        fields.put("options", provider.options());
        return fields;
    }

    /** The lines of a failure, for below a row. */
    static List<String> failure(ModuleView module) {
        return module.problem()
                .map(Problem::toString)
                .map(text -> text.lines().toList())
                .orElse(List.of());
    }
}

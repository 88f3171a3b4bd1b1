package io.holdfast.host;

import io.holdfast.api.error.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The modules that arrived and those that were refused. Guarded by the registry. */
final class ModuleList {
    // Whether it leaves; in the order of arrival.
    private final Map<FoundModule, Boolean> present = new LinkedHashMap<>();
    private final Map<String, ModuleReport> refused = new LinkedHashMap<>();

    void add(FoundModule module) {
        present.put(module, false);
        refused.remove(module.origin().location());
    }

    void leave(FoundModule module) {
        present.replace(module, true);
    }

    boolean isLeaving(FoundModule module) {
        return present.getOrDefault(module, true);
    }

    /** Tells whether a module of this name is there that does not leave. */
    boolean isPresent(String name) {
        return present.entrySet().stream()
                .anyMatch(each -> !each.getValue() && each.getKey().name().equals(name));
    }

    /** Takes out those that leave and that nobody uses. */
    List<FoundModule> takeUnused(Predicate<FoundModule> unused) {
        List<FoundModule> taken =
                present.keySet().stream()
                        .filter(module -> present.get(module) && unused.test(module))
                        .toList();
        taken.forEach(present::remove);
        return taken;
    }

    List<FoundModule> present() {
        return List.copyOf(present.keySet());
    }

    /** Tells whether that is news. */
    boolean refused(ModuleReport report) {
        return !report.equals(refused.put(report.origin().location(), report));
    }

    void forgotten(String location) {
        refused.remove(location);
    }

    List<ModuleReport> refused() {
        return new ArrayList<>(refused.values());
    }

    /** The report of a module from what is known of its providers. */
    static ModuleReport report(
            String name,
            Origin origin,
            boolean leaving,
            List<ProviderReport> providers,
            List<String> users) {
        boolean works =
                providers.isEmpty()
                        || providers.stream()
                                .anyMatch(each -> each.state() == ProviderReport.State.AVAILABLE);
        Optional<Problem> problem =
                providers.stream().flatMap(each -> each.problem().stream()).findFirst();
        ModuleReport.State state =
                leaving
                        ? ModuleReport.State.DRAINING
                        : !works
                                ? ModuleReport.State.FAILED
                                : users.isEmpty()
                                        ? ModuleReport.State.AVAILABLE
                                        : ModuleReport.State.IN_USE;
        return new ModuleReport(name, origin, state, providers, users, problem);
    }
}

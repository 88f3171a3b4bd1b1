package io.holdfast.cli;

import io.holdfast.api.error.DidYouMean;
import io.holdfast.api.error.Problem;
import io.holdfast.control.view.ModuleView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** What people call a module: by its name, its last parts, or its jar. Stateless. */
final class ModuleNames {
    private ModuleNames() {}

    /**
     * The versions of the module that was meant.
     *
     * @param modules those there are
     * @param asked {@code io.holdfast.backend.rocksdb}, {@code backend-rocksdb}, {@code rocksdb} or
     *     the name of the jar, with or without its ending and version
     * @return one or more, all of one module
     */
    static List<ModuleView> find(List<ModuleView> modules, String asked) {
        String word = plain(asked);
        List<BiPredicate<ModuleView, String>> ways =
                List.of(
                        (module, text) -> plain(module.name()).equals(text),
                        (module, text) -> files(module).contains(text),
                        (module, text) -> plain(module.name()).endsWith("-" + text));
        for (BiPredicate<ModuleView, String> way : ways) {
            List<ModuleView> found =
                    modules.stream().filter(module -> way.test(module, word)).toList();
            Set<String> names =
                    found.stream()
                            .map(ModuleView::name)
                            .collect(Collectors.toCollection(TreeSet::new));
            if (names.size() > 1) {
                throw Problem.user("CLI-7056", "The name '" + asked + "' may mean several modules.")
                        .with("possible", String.join(", ", names))
                        .advise("say more of the name")
                        .exception();
            } else if (!found.isEmpty()) {
                return found;
            }
        }
        throw unknown(modules, asked);
    }

    private static RuntimeException unknown(List<ModuleView> modules, String asked) {
        List<String> known = new ArrayList<>();
        for (ModuleView module : modules) {
            known.add(module.name());
            known.add(module.file());
            String name = plain(module.name());
            for (int dash = name.indexOf('-'); dash >= 0; dash = name.indexOf('-', dash + 1)) {
                known.add(name.substring(dash + 1));
            }
        }
        return Problem.user(
                        "CLI-7057",
                        "There is no module '%s'.%s"
                                .formatted(asked, DidYouMean.question(asked, known)))
                .with("installed", DidYouMean.list(modules.stream().map(ModuleView::name).toList()))
                .advise("'./holdfast module list' tells what there is")
                .exception();
    }

    private static List<String> files(ModuleView module) {
        String file = module.file();
        String bare = file.replaceFirst("\\.jar$", "");
        return List.of(plain(file), plain(bare), plain(bare.replaceFirst("-\\d.*", "")));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('.', '-');
    }
}

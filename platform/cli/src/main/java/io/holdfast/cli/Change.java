package io.holdfast.cli;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.cli.Deployment.Before;
import io.holdfast.cli.Deployment.Checked;
import io.holdfast.cli.ModuleScope.Seen;
import io.holdfast.cli.output.Console;
import io.holdfast.control.client.HostClient;
import io.holdfast.control.view.ModuleView;
import io.holdfast.host.archive.ModuleArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the commands that change a folder of modules have in common. Stateless. */
final class Change {
    private Change() {}

    /** The name that a jar is going to have in the folder. */
    static String fileName(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw Problem.user("CLI-7053", "There is no jar " + jar + ".")
                    .advise("name the file of the module")
                    .exception();
        }
        String name = jar.getFileName().toString();
        return name.endsWith(".jar") ? name : name + ".jar";
    }

    /** A place in the folder that is free. */
    static Path free(Deployment deployment, String file) {
        Path place = deployment.folder().resolve(file);
        if (Files.exists(place)) {
            throw Problem.user("CLI-7059", "The folder has a file named " + file + " already.")
                    .with("folder", deployment.folder())
                    .advise("remove it, or give the new jar another name")
                    .exception();
        }
        return place;
    }

    /**
     * Puts a jar in its place and hears what everybody says to it; if somebody refuses it, what was
     * there before comes back.
     *
     * @param use goes on if all of them use it; undoes the change itself if it has to
     */
    static int put(Deployment deployment, Checked checked, Path place, PutUse use) {
        try (Before before = deployment.put(checked, place)) {
            List<Seen> after = deployment.look();
            for (Seen seen : after) {
                Optional<Problem> refusal = deployment.refusal(seen, place, checked.archive());
                if (refusal.isPresent()) {
                    deployment.restore(before);
                    deployment.look();
                    throw new HoldfastException(refused(refusal.get(), seen));
                }
            }
            return use.go(after, before);
        }
    }

    /** What follows when a jar is in use. */
    interface PutUse {
        /**
         * Goes on.
         *
         * @param after what everybody has now
         * @param before what was in its place
         * @return an exit code
         */
        int go(List<Seen> after, Before before);
    }

    private static Problem refused(Problem problem, Seen seen) {
        List<Problem.Detail> details = new ArrayList<>(problem.details());
        seen.process()
                .ifPresent(
                        host ->
                                details.add(
                                        new Problem.Detail(
                                                "refused by", "process " + host.view())));
        details.add(new Problem.Detail("unchanged", "the folder is as it was"));
        return new Problem(
                problem.code(), problem.category(), problem.summary(), details, problem.advice());
    }

    /** The version that came of a jar. */
    static ModuleView version(Seen seen, ModuleArchive archive) {
        return seen.modules().stream()
                .filter(each -> each.usable() && each.digest().equals(archive.digest()))
                .findFirst()
                .orElseThrow();
    }

    /** One line for everybody who has the jar now. */
    static void tell(Console console, List<Seen> after, ModuleArchive archive) {
        for (Seen seen : after) {
            line(
                    console,
                    seen.process().map(host -> "process " + host.view().pid()).orElse("./holdfast"),
                    ModuleTexts.state(version(seen, archive))
                            + (seen.process().isPresent() ? "" : ", from its next start on"));
        }
    }

    /** A labelled line. */
    static void line(Console console, String label, String text) {
        console.out().println(label + " ".repeat(Math.max(1, 15 - label.length())) + text);
    }

    /** What a change did, for machines. */
    static Map<String, Object> json(
            Deployment deployment, List<Seen> after, ModuleArchive archive) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("status", "done");
        fields.put("folder", deployment.folder().toString());
        fields.put("module", ModuleTexts.json(version(after.get(0), archive)));
        fields.put(
                "processes",
                deployment.watching().stream()
                        .map(HostClient::view)
                        .map(view -> view.pid())
                        .toList());
        return fields;
    }

    /** All that anybody has. */
    static List<ModuleView> modules(List<Seen> seen) {
        return seen.stream().flatMap(each -> each.modules().stream()).toList();
    }
}

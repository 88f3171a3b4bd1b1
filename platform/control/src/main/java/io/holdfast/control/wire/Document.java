package io.holdfast.control.wire;

import io.holdfast.api.error.Problem;
import io.holdfast.control.view.HandOverView;
import io.holdfast.control.view.HostView;
import io.holdfast.control.view.JobView;
import io.holdfast.control.view.ModuleView;
import io.holdfast.control.view.ProviderView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What lines say. A line that belongs to something follows it: a module's providers follow the
 * module, the details of a problem the problem. Stateless.
 */
public final class Document {
    /*
     *   host      pid, trust, folder or nothing
     *   job       id, name, status, backend              of the host before it
     *   module    name, version, state, world, location, digest
     *   user      name                                   of the module before it
     *   provider  kind, class, state                     of the module before it
     *   name      name                                   of the provider before it
     *   option    key                                    of the provider before it
     *   problem   code, category, summary, advice        of the module before it, or why it failed
     *   detail    label, text                            of the problem before it
     *   handover  from, to, nanoseconds
     *   subtask   name, index, nanoseconds, bytes        of the hand-over before it
     *
     * A reader leaves out lines that it does not know, so that newer writers may say more.
     */
    private Document() {}

    /**
     * A host as lines.
     *
     * @param host the host
     * @return the lines
     */
    public static List<Line> of(HostView host) {
        List<Line> lines = new ArrayList<>();
        lines.add(
                host.folder()
                        .map(folder -> Line.of("host", host.pid(), host.trust(), folder))
                        .orElseGet(() -> Line.of("host", host.pid(), host.trust())));
        host.jobs()
                .forEach(
                        job ->
                                lines.add(
                                        Line.of(
                                                "job",
                                                job.id(),
                                                job.name(),
                                                job.status(),
                                                job.backend())));
        return lines;
    }

    /**
     * The host that lines tell of.
     *
     * @param lines the lines
     * @return the host
     * @throws IOException if they do not
     */
    public static HostView host(List<Line> lines) throws IOException {
        Line host = lines.isEmpty() ? Line.of("nothing") : lines.get(0);
        if (!host.tag().equals("host")) {
            throw new IOException("a host was asked for and '" + host.tag() + "' came");
        }
        List<JobView> jobs = new ArrayList<>();
        for (Line line : lines) {
            if (line.tag().equals("job")) {
                jobs.add(new JobView(line.field(0), line.field(1), line.field(2), line.field(3)));
            }
        }
        return new HostView(
                number(host.field(0)),
                host.from(2).stream().findFirst().map(Path::of),
                host.field(1),
                jobs);
    }

    /**
     * A module as lines.
     *
     * @param module the module
     * @return the lines
     */
    public static List<Line> of(ModuleView module) {
        List<Line> lines = new ArrayList<>();
        lines.add(
                Line.of(
                        "module",
                        module.name(),
                        module.version(),
                        module.state(),
                        module.world(),
                        module.location(),
                        module.digest()));
        module.users().forEach(user -> lines.add(Line.of("user", user)));
        for (ProviderView provider : module.providers()) {
            lines.add(Line.of("provider", provider.kind(), provider.className(), provider.state()));
            provider.names().forEach(name -> lines.add(Line.of("name", name)));
            provider.options().forEach(key -> lines.add(Line.of("option", key)));
        }
        module.problem().ifPresent(problem -> lines.addAll(of(problem)));
        return lines;
    }

    /**
     * The modules that lines tell of.
     *
     * @param lines the lines
     * @return in their order
     * @throws IOException if a line does not say what it should
     */
    public static List<ModuleView> modules(List<Line> lines) throws IOException {
        List<ModuleView> modules = new ArrayList<>();
        Deque<Line> rest = new ArrayDeque<>(lines);
        while (!rest.isEmpty()) {
            Line line = rest.pop();
            if (line.tag().equals("module")) {
                modules.add(module(line, rest));
            }
        }
        return modules;
    }

    private static ModuleView module(Line line, Deque<Line> rest) throws IOException {
        List<String> users = new ArrayList<>();
        List<ProviderView> providers = new ArrayList<>();
        Optional<Problem> problem = Optional.empty();
        while (!rest.isEmpty() && !rest.peek().tag().equals("module")) {
            Line next = rest.pop();
            switch (next.tag()) {
                case "user" -> users.add(next.field(0));
                case "provider" -> providers.add(provider(next, rest));
                case "problem" -> problem = Optional.of(problem(next, rest));
                default -> {}
            }
        }
        return new ModuleView(
                line.field(0),
                line.field(1),
                state(line.field(2)),
                line.field(3),
                line.field(4),
                line.field(5),
                users,
                providers,
                problem);
    }

    private static ModuleView.State state(String text) throws IOException {
        for (ModuleView.State each : ModuleView.State.values()) {
            if (each.name().equals(text)) {
                return each;
            }
        }
        throw new IOException("a module is in the state '" + text + "', which is not known here");
    }

    private static ProviderView provider(Line line, Deque<Line> rest) throws IOException {
        List<String> names = new ArrayList<>();
        List<String> options = new ArrayList<>();
        while (!rest.isEmpty()
                && (rest.peek().tag().equals("name") || rest.peek().tag().equals("option"))) {
            Line next = rest.pop();
            (next.tag().equals("name") ? names : options).add(next.field(0));
        }
        return new ProviderView(line.field(0), line.field(1), line.field(2), names, options);
    }

    /**
     * A problem as lines.
     *
     * @param problem the problem
     * @return the lines
     */
    public static List<Line> of(Problem problem) {
        List<Line> lines = new ArrayList<>();
        lines.add(
                Line.of(
                        "problem",
                        problem.code(),
                        problem.category(),
                        problem.summary(),
                        problem.advice()));
        problem.details()
                .forEach(detail -> lines.add(Line.of("detail", detail.label(), detail.text())));
        return lines;
    }

    /**
     * The problem that lines tell of.
     *
     * @param lines the lines, which begin with it
     * @return the problem
     * @throws IOException if they do not
     */
    public static Problem problem(List<Line> lines) throws IOException {
        Deque<Line> rest = new ArrayDeque<>(lines);
        if (rest.isEmpty() || !rest.peek().tag().equals("problem")) {
            throw new IOException("something failed, and it is not said what");
        }
        return problem(rest.pop(), rest);
    }

    private static Problem problem(Line line, Deque<Line> rest) throws IOException {
        List<Problem.Detail> details = new ArrayList<>();
        while (!rest.isEmpty() && rest.peek().tag().equals("detail")) {
            Line next = rest.pop();
            details.add(new Problem.Detail(next.field(0), next.field(1)));
        }
        return new Problem(
                line.field(0), category(line.field(1)), line.field(2), details, line.field(3));
    }

    private static Problem.Category category(String text) throws IOException {
        for (Problem.Category each : Problem.Category.values()) {
            if (each.name().equals(text)) {
                return each;
            }
        }
        throw new IOException("a problem of the category '" + text + "' is not known here");
    }

    /**
     * A hand-over as lines.
     *
     * @param handOver how it went
     * @return the lines
     */
    public static List<Line> of(HandOverView handOver) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of("handover", handOver.from(), handOver.to(), handOver.pause().toNanos()));
        handOver.subtasks()
                .forEach(
                        each ->
                                lines.add(
                                        Line.of(
                                                "subtask",
                                                each.name(),
                                                each.subtask(),
                                                each.pause().toNanos(),
                                                each.bytes())));
        return lines;
    }

    /**
     * The hand-over that lines tell of.
     *
     * @param lines the lines
     * @return how it went
     * @throws IOException if they do not tell of one
     */
    public static HandOverView handOver(List<Line> lines) throws IOException {
        Line first = lines.isEmpty() ? Line.of("nothing") : lines.get(0);
        if (!first.tag().equals("handover")) {
            throw new IOException("a hand-over was asked for and '" + first.tag() + "' came");
        }
        List<HandOverView.Subtask> subtasks = new ArrayList<>();
        for (Line line : lines) {
            if (line.tag().equals("subtask")) {
                subtasks.add(
                        new HandOverView.Subtask(
                                line.field(0),
                                (int) number(line.field(1)),
                                Duration.ofNanos(number(line.field(2))),
                                number(line.field(3))));
            }
        }
        return new HandOverView(
                first.field(0), first.field(1), Duration.ofNanos(number(first.field(2))), subtasks);
    }

    private static long number(String text) throws IOException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException("'" + text + "' is no number", e);
        }
    }
}

package io.holdfast.host;

import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.error.DidYouMean;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.host.isolation.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The providers a program has, by kind and name. May be used from any thread.
 *
 * <p>Names are looked up in any case; in place of a name, the class name of an installed provider
 * may be given. If two usable providers claim a name, it belongs to neither, and the failure names
 * both: the order of a class path decides nothing. When one of them leaves, the name is the
 * other's.
 */
public final class ModuleRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModuleRegistry.class);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<ProviderSource> sources;
    // Guards itself, and the counters and flags of its elements. No provider is called under it.
    private final List<Entry<?>> entries = new ArrayList<>();
    // Guarded by entries, like the two below.
    private final ModuleList modules = new ModuleList();
    private boolean closed;
    private final List<ModuleListener> listeners = new CopyOnWriteArrayList<>();
    private final Probe probe;
    private final Guard.Conduct conduct = new Observed();

    private ModuleRegistry(List<ProviderSource> sources, Duration patience) {
        this.sources = List.copyOf(sources);
        this.probe = new Probe(patience);
    }

    /**
     * A registry of what some sources find.
     *
     * @param sources started now, in this order, and closed with the registry
     * @return the registry; the caller closes it
     */
    public static ModuleRegistry open(ProviderSource... sources) {
        return open(PATIENCE, sources);
    }

    /**
     * A registry of what some sources find.
     *
     * @param patience how long a provider may take to be made and to say what it is, and for each
     *     thing that it makes; one that takes longer is not called again
     * @param sources started now, in this order, and closed with the registry
     * @return the registry; the caller closes it
     */
    public static ModuleRegistry open(Duration patience, ProviderSource... sources) {
        ModuleRegistry registry = new ModuleRegistry(List.of(sources), patience);
        registry.sources.forEach(source -> source.start(registry.new Arrivals()));
        return registry;
    }

    private final class Arrivals implements ProviderSource.Observer {
        @Override
        public void found(FoundProvider<?> provider) {
            Entry<?> entry = Entry.of(provider, probe, conduct);
            entry.failure().ifPresent(problem -> LOG.warn("Not usable:\n{}", problem));
            synchronized (entries) {
                entries.add(entry);
                entry.covered = modules.isPresent(provider.module());
                conflict(entry).ifPresent(problem -> LOG.warn("Not usable:\n{}", problem));
            }
        }

        @Override
        public void gone(FoundProvider<?> provider) {
            synchronized (entries) {
                entries.stream()
                        .filter(entry -> entry.found() == provider)
                        .forEach(entry -> entry.leaving = true);
                forgetUnused();
            }
        }

        @Override
        public Optional<Problem> arrived(FoundModule module, Optional<FoundModule> replaced) {
            List<Entry<?>> fresh = new ArrayList<>();
            for (FoundProvider<?> provider : module.providers()) {
                Entry<?> entry = Entry.of(provider, probe, conduct);
                entry.module = module;
                if (entry.failure().isPresent()) {
                    return entry.failure();
                }
                fresh.add(entry);
            }
            List<FoundModule> released;
            List<ModuleReport> events = new ArrayList<>();
            synchronized (entries) {
                Optional<Problem> taken = taken(fresh, module, replaced.orElse(null));
                if (taken.isPresent()) {
                    return taken;
                }
                entries.addAll(fresh);
                modules.add(module);
                Optional<ModuleReport> left = replaced.map(ModuleRegistry.this::leave);
                events.add(report(module));
                left.ifPresent(events::add);
                events.addAll(coverAnew());
                released = forgetUnused();
            }
            tell(events, released);
            return Optional.empty();
        }

        @Override
        public Optional<Origin> below(String module) {
            synchronized (entries) {
                return entries.stream()
                        .filter(entry -> entry.module == null && !module.isEmpty())
                        .map(Entry::found)
                        .filter(found -> found.module().equals(module))
                        .<Origin>map(FoundProvider::origin)
                        .findFirst();
            }
        }

        @Override
        public void left(FoundModule module) {
            List<ModuleReport> events = new ArrayList<>();
            List<FoundModule> released;
            synchronized (entries) {
                events.add(leave(module));
                events.addAll(coverAnew());
                released = forgetUnused();
            }
            tell(events, released);
        }

        @Override
        public void refused(String name, Origin origin, Problem why) {
            ModuleReport report =
                    new ModuleReport(
                            name,
                            origin,
                            ModuleReport.State.FAILED,
                            List.of(),
                            List.of(),
                            Optional.of(why));
            boolean news;
            synchronized (entries) {
                news = modules.refused(report);
            }
            if (news) {
                LOG.warn("Not usable:\n{}", why);
                tell(report);
            }
        }

        @Override
        public void forgotten(String location) {
            synchronized (entries) {
                modules.forgotten(location);
            }
        }
    }

    /** Marks providers that fail when they are called, and takes the mark back. */
    private final class Observed implements Guard.Conduct {
        @Override
        public Optional<Problem> barred(FoundProvider<?> provider) {
            synchronized (entries) {
                return entries.stream()
                        .filter(entry -> entry.found() == provider)
                        .flatMap(entry -> entry.failure().stream())
                        .findFirst();
            }
        }

        @Override
        public void failed(FoundProvider<?> provider, Problem why, boolean forGood) {
            LOG.warn("Failed in use:\n{}", why);
            mark(provider, why, forGood);
        }

        @Override
        public void worked(FoundProvider<?> provider) {
            mark(provider, null, false);
        }

        private void mark(FoundProvider<?> provider, Problem why, boolean forGood) {
            List<ModuleReport> events = new ArrayList<>();
            synchronized (entries) {
                for (Entry<?> entry : entries) {
                    boolean news = (entry.misconduct == null) != (why == null) || forGood;
                    if (entry.found() == provider && !entry.barred && news) {
                        entry.misconduct = why;
                        entry.barred = forGood;
                        if (entry.module != null) {
                            events.add(report(entry.module));
                        }
                    }
                }
            }
            events.forEach(ModuleRegistry.this::tell);
        }
    }

    /** Calls what was found elsewhere, with this registry's patience. */
    Probe probe() {
        return probe;
    }

    // Guarded by entries, as are the next three.
    private List<FoundModule> forgetUnused() {
        entries.removeIf(entry -> entry.leaving && entry.holders.isEmpty());
        return modules.takeUnused(
                module -> entries.stream().noneMatch(entry -> entry.module == module));
    }

    private ModuleReport leave(FoundModule module) {
        entries.stream()
                .filter(entry -> entry.module == module)
                .forEach(entry -> entry.leaving = true);
        modules.leave(module);
        return report(module);
    }

    /** Covers what now lies below a module of its name, uncovers what does not any more. */
    private List<ModuleReport> coverAnew() {
        List<Origin> changed = new ArrayList<>();
        for (Entry<?> entry : entries) {
            boolean covered = entry.module == null && modules.isPresent(entry.found().module());
            if (covered != entry.covered) {
                entry.covered = covered;
                changed.add(entry.found().origin());
            }
        }
        return changed.stream().distinct().map(this::reportByOrigin).toList();
    }

    // A module that comes later never takes a name away from one that works, nor from one that
    // would work again if the module that lies over it left.
    private Optional<Problem> taken(
            List<Entry<?>> fresh, FoundModule arriving, FoundModule replaced) {
        for (Entry<?> entry : fresh) {
            for (String name : entry.names()) {
                List<Entry<?>> others =
                        Stream.concat(
                                        entries.stream()
                                                .filter(each -> each.kind() == entry.kind())
                                                .filter(each -> each.usable() || each.covered)
                                                .filter(each -> each.failure().isEmpty())
                                                .filter(each -> each.goesBy(name))
                                                .filter(
                                                        each ->
                                                                each.module == null
                                                                        ? !each.found()
                                                                                .module()
                                                                                .equals(
                                                                                        arriving
                                                                                                .name())
                                                                        : each.module != replaced),
                                        fresh.stream()
                                                .filter(
                                                        each ->
                                                                each.kind() == entry.kind()
                                                                        && each.goesBy(name)))
                                .filter(each -> each != entry)
                                .toList();
                if (!others.isEmpty()) {
                    return Optional.of(
                            Problem.user(
                                            "MODULE-2003",
                                            "The %s '%s' is provided already."
                                                    .formatted(entry.kind(), name))
                                    .with("module", entry.found())
                                    .with("provided by", others.get(0).found())
                                    .advise("remove one of the two")
                                    .build());
                }
            }
        }
        return Optional.empty();
    }

    private void tell(List<ModuleReport> events, List<FoundModule> released) {
        events.forEach(this::tell);
        for (FoundModule module : released) {
            tell(
                    new ModuleReport(
                            module.name(),
                            module.origin(),
                            ModuleReport.State.GONE,
                            List.of(),
                            List.of(),
                            Optional.empty()));
            module.released();
        }
    }

    private void tell(ModuleReport event) {
        for (ModuleListener listener : listeners) {
            try {
                listener.changed(event);
            } catch (RuntimeException e) {
                LOG.warn("A listener of modules failed at {}", event, e);
            }
        }
    }

    /**
     * Tells a listener of what comes, drains, fails and goes from now on.
     *
     * @param listener the listener
     * @return ends that when it is run; idempotent
     */
    public Runnable listen(ModuleListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /**
     * Every module that was found, usable or not. What a class path has is told apart by its jars.
     *
     * @return in the order of discovery, those that were refused last
     */
    public List<ModuleReport> modules() {
        synchronized (entries) {
            List<ModuleReport> reports = new ArrayList<>();
            entries.stream()
                    .filter(entry -> entry.module == null)
                    .map(entry -> entry.found().origin())
                    .distinct()
                    .forEach(origin -> reports.add(reportByOrigin(origin)));
            modules.present().forEach(module -> reports.add(report(module)));
            reports.addAll(modules.refused());
            return reports;
        }
    }

    private ModuleReport reportByOrigin(Origin origin) {
        List<Entry<?>> own =
                entries.stream()
                        .filter(
                                entry ->
                                        entry.module == null
                                                && entry.found().origin().equals(origin))
                        .toList();
        String name =
                own.stream()
                        .map(entry -> entry.found().module())
                        .filter(stated -> !stated.isEmpty())
                        .findFirst()
                        .orElse(origin.location().replaceFirst(".*[/\\\\]", ""));
        boolean covered = own.stream().allMatch(entry -> entry.covered);
        boolean leaving = covered || own.stream().allMatch(entry -> entry.leaving);
        ModuleReport report =
                ModuleList.report(
                        name, origin, leaving, own.stream().map(this::report).toList(), users(own));
        return covered && report.users().isEmpty() ? report.in(ModuleReport.State.COVERED) : report;
    }

    private ModuleReport report(FoundModule module) {
        List<Entry<?>> own = entries.stream().filter(entry -> entry.module == module).toList();
        return ModuleList.report(
                module.name(),
                module.origin(),
                modules.isLeaving(module),
                own.stream().map(this::report).toList(),
                users(own));
    }

    private static List<String> users(List<Entry<?>> own) {
        return own.stream().flatMap(entry -> entry.holders.stream()).toList();
    }

    /**
     * The names that {@link #lease} accepts.
     *
     * @param kind a kind
     * @return sorted; without failed providers and without names that several claim
     */
    public Set<String> names(ProviderKind<?> kind) {
        synchronized (entries) {
            return usable(kind)
                    .flatMap(entry -> entry.names().stream())
                    .filter(name -> claimants(kind, name).size() == 1)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /**
     * Everything that was found, usable or not.
     *
     * @return in the order of discovery
     */
    public List<ProviderReport> providers() {
        synchronized (entries) {
            return entries.stream().map(this::report).toList();
        }
    }

    /**
     * The options that usable providers read.
     *
     * @return one element for each option and provider
     */
    public List<DeclaredOption> options() {
        synchronized (entries) {
            return ProviderKind.all().stream()
                    .flatMap(this::usable)
                    .flatMap(
                            entry ->
                                    entry.options().stream()
                                            .map(
                                                    option ->
                                                            new DeclaredOption(
                                                                    option,
                                                                    entry.kind(),
                                                                    DidYouMean.list(
                                                                            entry.names()))))
                    .toList();
        }
    }

    /**
     * Tells whether {@link #lease} would succeed, so that several problems can be reported at once.
     *
     * @param kind a kind
     * @param name a name in any case, or the class name of an installed provider
     * @return what {@link #lease} would throw, or empty
     */
    public Optional<Problem> check(ProviderKind<?> kind, String name) {
        synchronized (entries) {
            List<Entry<?>> claimants = claimants(kind, name);
            return claimants.size() == 1 ? Optional.empty() : Optional.of(why(kind, name));
        }
    }

    /**
     * Hands out a provider. Its user is named after the current thread.
     *
     * @param kind a kind
     * @param name a name in any case, or the class name of an installed provider
     * @param <F> the service type
     * @return the right to use it; the caller closes it
     * @throws io.holdfast.api.error.HoldfastException MODULE-2001 if none goes by that name;
     *     MODULE-2002 if one does but has failed; MODULE-2003 if several do; MODULE-2006 if the
     *     registry was closed
     */
    public <F> Lease<F> lease(ProviderKind<F> kind, String name) {
        return lease(kind, name, "thread " + Thread.currentThread().getName());
    }

    /**
     * Hands out a provider.
     *
     * @param kind a kind
     * @param name a name in any case, or the class name of an installed provider
     * @param user says in reports who uses it, such as {@code job hot-items}
     * @param <F> the service type
     * @return the right to use it; the caller closes it
     * @throws io.holdfast.api.error.HoldfastException as the method above
     */
    public <F> Lease<F> lease(ProviderKind<F> kind, String name, String user) {
        synchronized (entries) {
            if (closed) {
                throw Problem.bug(
                                "MODULE-2006",
                                "The %s '%s' is asked for after the host was closed."
                                        .formatted(kind, name))
                        .exception();
            }
            List<Entry<?>> claimants = claimants(kind, name);
            if (claimants.size() != 1) {
                throw new HoldfastException(why(kind, name));
            }
            // The entry's kind is the kind that was asked for.
            @SuppressWarnings("unchecked")
            Entry<F> entry = (Entry<F>) claimants.get(0);
            entry.holders.add(user);
            return new Lease<>(entry, given -> giveBack(given, user));
        }
    }

    private void giveBack(Entry<?> entry, String user) {
        List<FoundModule> released;
        synchronized (entries) {
            entry.holders.remove(user);
            released = forgetUnused();
        }
        tell(List.of(), released);
    }

    /**
     * The file systems of one configuration. Each is made when it is first needed, once.
     *
     * @param config the effective configuration
     * @return the file systems; the caller closes them, after everything that uses them
     */
    public OpenFileSystems openFileSystems(ReadableConfig config) {
        return openFileSystems(config, "thread " + Thread.currentThread().getName());
    }

    /**
     * The file systems of one configuration. Each is made when it is first needed, once.
     *
     * @param config the effective configuration
     * @param user says in reports who uses them, such as {@code job hot-items}
     * @return the file systems; the caller closes them, after everything that uses them
     */
    public OpenFileSystems openFileSystems(ReadableConfig config, String user) {
        return new OpenFileSystems(this, config, user);
    }

    /** Hands out nothing any more and stops the sources. Leases stay valid. Idempotent. */
    @Override
    public void close() {
        synchronized (entries) {
            closed = true;
        }
        sources.forEach(ProviderSource::close);
    }

    private Stream<Entry<?>> usable(ProviderKind<?> kind) {
        return entries.stream().filter(entry -> entry.kind() == kind && entry.usable());
    }

    private List<Entry<?>> claimants(ProviderKind<?> kind, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return usable(kind).filter(entry -> entry.goesBy(lower) || entry.goesBy(name)).toList();
    }

    private Problem why(ProviderKind<?> kind, String name) {
        if (claimants(kind, name).size() > 1) {
            return ambiguous(kind, name);
        }
        String lower = name.toLowerCase(Locale.ROOT);
        Optional<Entry<?>> failed =
                failed(kind).filter(entry -> entry.goesBy(lower) || entry.goesBy(name)).findFirst();
        return failed.isPresent() ? unusable(kind, name, failed.get()) : unknown(kind, name);
    }

    private Problem unknown(ProviderKind<?> kind, String name) {
        Set<String> names = names(kind);
        Problem.Builder problem =
                Problem.user(
                                "MODULE-2001",
                                "No %s named '%s'.%s"
                                        .formatted(kind, name, DidYouMean.question(name, names)))
                        .with("installed", DidYouMean.list(names));
        failed(kind)
                .forEach(
                        entry ->
                                problem.with(
                                        "failed",
                                        entry.found() + ": " + entry.failure().get().summary()));
        return problem.advise("correct the name, or install the module that provides it").build();
    }

    private static Problem unusable(ProviderKind<?> kind, String name, Entry<?> entry) {
        Problem failure = entry.failure().orElseThrow();
        return Problem.bug(
                        "MODULE-2002", "The %s '%s' is installed but failed.".formatted(kind, name))
                .with("module", entry.found())
                .with("because", failure.code() + " " + failure.summary())
                .advise(failure.advice())
                .build();
    }

    private Problem ambiguous(ProviderKind<?> kind, String name) {
        List<Entry<?>> claimants = claimants(kind, name);
        Problem.Builder problem =
                Problem.user(
                        "MODULE-2003",
                        "%d modules provide a %s named '%s'."
                                .formatted(claimants.size(), kind, name));
        claimants.forEach(entry -> problem.with("claimed by", entry.found()));
        return problem.advise("remove all of them but one, or use the class name of one").build();
    }

    private Stream<Entry<?>> failed(ProviderKind<?> kind) {
        return entries.stream()
                .filter(entry -> entry.kind() == kind && entry.failure().isPresent())
                .filter(entry -> !entry.covered);
    }

    private Optional<Problem> conflict(Entry<?> entry) {
        return entry.names().stream()
                .filter(name -> claimants(entry.kind(), name).size() > 1)
                .findFirst()
                .map(name -> ambiguous(entry.kind(), name));
    }

    private ProviderReport report(Entry<?> entry) {
        Set<String> own =
                entry.names().stream()
                        .filter(name -> claimants(entry.kind(), name).size() == 1)
                        .collect(Collectors.toSet());
        boolean works = entry.complaint().isEmpty() && !own.isEmpty();
        return new ProviderReport(
                entry.kind(),
                entry.found().className(),
                entry.found().origin(),
                entry.leaving
                        ? ProviderReport.State.LEAVING
                        : entry.covered
                                ? ProviderReport.State.COVERED
                                : works
                                        ? ProviderReport.State.AVAILABLE
                                        : ProviderReport.State.FAILED,
                entry.names(),
                entry.holders.size(),
                entry.complaint().or(() -> entry.covered ? Optional.empty() : conflict(entry)));
    }
}

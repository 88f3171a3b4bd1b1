package io.holdfast.host;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds factories by class name: in the installed modules first, then in the classes of a job. A
 * class of a job needs no declaration in {@code META-INF/services}. May be used from any thread.
 */
public final class FactoryClasses {
    private final ModuleRegistry modules;
    private final ClassLoader job;
    private final String user;

    /** What a class is. */
    public enum Status {
        /** A factory of the kind that is wanted. */
        USABLE,
        /** There is no such class. */
        NOT_FOUND,
        /** A class of another type. */
        NOT_A_FACTORY,
        /** A factory that is abstract, or not public, or without a public default constructor. */
        NOT_INSTANTIABLE
    }

    /**
     * What was found.
     *
     * @param status what the class is
     * @param options what the factory reads; empty where that is known only when it is made
     * @param detail where the class was found, or what is wrong with it, or where it was looked for
     */
    public record Found(Status status, List<ConfigOption<?>> options, String detail) {
        /** Refuses null parts and copies the options. */
        public Found {
            Objects.requireNonNull(status, "status");
            options = List.copyOf(options);
            Objects.requireNonNull(detail, "detail");
        }
    }

    /**
     * The factories of modules and of one job. Who uses them is named after the current thread.
     *
     * @param modules the installed modules
     * @param job finds the classes of the job
     */
    public FactoryClasses(ModuleRegistry modules, ClassLoader job) {
        this(modules, job, "thread " + Thread.currentThread().getName());
    }

    private FactoryClasses(ModuleRegistry modules, ClassLoader job, String user) {
        this.modules = Objects.requireNonNull(modules, "modules");
        this.job = Objects.requireNonNull(job, "job");
        this.user = Objects.requireNonNull(user, "user");
    }

    /**
     * The same for somebody.
     *
     * @param name says in reports who uses what is leased, such as {@code job hot-items}
     * @return a copy
     */
    public FactoryClasses usedBy(String name) {
        return new FactoryClasses(modules, job, name);
    }

    /**
     * Who uses what is leased.
     *
     * @return a name for reports
     */
    public String user() {
        return user;
    }

    /**
     * Looks a class up. No class is initialized, nothing is made.
     *
     * @param kind what the factory is to be
     * @param className any text
     * @return what it is
     */
    public Found find(ProviderKind<?> kind, String className) {
        Optional<ProviderReport> provider =
                modules.providers().stream()
                        .filter(report -> report.className().equals(className))
                        .filter(report -> report.state() != ProviderReport.State.LEAVING)
                        .filter(report -> report.state() != ProviderReport.State.COVERED)
                        .findFirst();
        if (provider.isPresent()) {
            return ofModule(kind, provider.get());
        }
        Class<?> type;
        try {
            type = Class.forName(className, false, job);
        } catch (ClassNotFoundException | LinkageError e) {
            return new Found(Status.NOT_FOUND, List.of(), "installed modules; classes of the job");
        }
        if (!kind.type().isAssignableFrom(type)) {
            return new Found(
                    Status.NOT_A_FACTORY,
                    List.of(),
                    "it does not implement " + kind.type().getName());
        }
        return whyNotInstantiable(type)
                .map(why -> new Found(Status.NOT_INSTANTIABLE, List.of(), why))
                .orElseGet(() -> new Found(Status.USABLE, List.of(), "classes of the job"));
    }

    private Found ofModule(ProviderKind<?> kind, ProviderReport report) {
        if (report.kind() != kind) {
            return new Found(
                    Status.NOT_A_FACTORY, List.of(), "it provides a " + report.kind().noun());
        }
        List<ConfigOption<?>> options =
                modules.options().stream()
                        .filter(option -> option.kind() == kind)
                        .filter(option -> report.names().contains(option.provider()))
                        .<ConfigOption<?>>map(DeclaredOption::option)
                        .toList();
        return new Found(Status.USABLE, options, report.origin().toString());
    }

    private static Optional<String> whyNotInstantiable(Class<?> type) {
        if (type.isInterface()) {
            return Optional.of("it is an interface");
        } else if (Modifier.isAbstract(type.getModifiers())) {
            return Optional.of("it is abstract");
        } else if (!Modifier.isPublic(type.getModifiers())) {
            return Optional.of("it is not public");
        }
        try {
            boolean hasOne =
                    Arrays.stream(type.getConstructors())
                            .anyMatch(constructor -> constructor.getParameterCount() == 0);
            return hasOne
                    ? Optional.empty()
                    : Optional.of("it has no public constructor without parameters");
        } catch (LinkageError e) {
            return Optional.of("it needs a class that is missing: " + e.getMessage());
        }
    }

    /**
     * Hands out a factory.
     *
     * @param kind a kind
     * @param name a name in any case, the class name of an installed provider, or the name of a
     *     class of the job
     * @param <F> the service type
     * @return the right to use it; the caller closes it
     * @throws HoldfastException as {@link ModuleRegistry#lease}; MODULE-2004 with its cause if a
     *     class of the job fails when it is made
     */
    public <F> Lease<F> lease(ProviderKind<F> kind, String name) {
        Optional<Problem> problem = modules.check(kind, name);
        if (problem.isEmpty() || find(kind, name).status() != Status.USABLE) {
            return modules.lease(kind, name, user);
        }
        FoundProvider<F> found =
                new FoundProvider<>(
                        kind,
                        name,
                        new Origin("job", "classes of the job", ""),
                        () -> make(kind, name));
        return new Lease<>(Entry.made(found, modules.probe()), given -> {});
    }

    private <F> F make(ProviderKind<F> kind, String className) {
        try {
            Constructor<?> constructor = Class.forName(className, true, job).getConstructor();
            return kind.type().cast(constructor.newInstance());
        } catch (InvocationTargetException e) {
            throw rethrown(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Passes a failure of a constructor on as it is, checked or not. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException rethrown(Throwable failure) throws E {
        throw (E) failure;
    }
}

package io.holdfast.host;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.host.isolation.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Calls into one provider, so that whatever comes out of it names the provider. Keeps what the
 * provider said of itself when it was made: it is not asked again.
 *
 * @param provider the provider
 * @param names the names it goes by
 * @param options the options it reads
 * @param probe waits for what it makes
 * @param conduct is told how that went
 */
record Guard(
        FoundProvider<?> provider,
        Set<String> names,
        List<ConfigOption<?>> options,
        Probe probe,
        Conduct conduct) {

    /** Takes what becomes known of a provider while it is used. */
    interface Conduct {
        /** For those whose failures concern nobody else: the classes of one job. */
        Conduct UNOBSERVED =
                new Conduct() {
                    @Override
                    public Optional<Problem> barred(FoundProvider<?> provider) {
                        return Optional.empty();
                    }

                    @Override
                    public void failed(FoundProvider<?> provider, Problem why, boolean forGood) {}

                    @Override
                    public void worked(FoundProvider<?> provider) {}
                };

        /** Why it must not be called any more, if that is so. */
        Optional<Problem> barred(FoundProvider<?> provider);

        /**
         * It made nothing, and that is its own fault.
         *
         * @param forGood if it must not be called again
         */
        void failed(FoundProvider<?> provider, Problem why, boolean forGood);

        /** It made what it was asked for. */
        void worked(FoundProvider<?> provider);
    }

    /** The name of a provider that has just one. */
    String name() {
        return names.iterator().next();
    }

    /** Makes something; refuses what goes by another name than its factory. */
    <T> T make(String method, Supplier<T> call, Function<T, String> productName) {
        return bounded(
                method,
                () -> {
                    T product = call(method, call);
                    return checkedName(
                            method, product, call("name()", () -> productName.apply(product)));
                });
    }

    /** Makes something that has no name. */
    <T> T make(String method, Supplier<T> call) {
        return bounded(method, () -> call(method, call));
    }

    // A provider that hangs keeps a thread, but not its caller. A problem that it states of what it
    // was given is the caller's; whatever else it throws, and nothing or nonsense for a product, is
    // its own, and stays a mark on it until a call succeeds.
    private <T> T bounded(String method, Callable<T> call) {
        conduct.barred(provider)
                .ifPresent(
                        why -> {
                            throw new HoldfastException(why);
                        });
        T product;
        try {
            product = probe.call(provider.className(), call);
        } catch (Probe.HangsException e) {
            Problem why =
                    Problem.bug(
                                    "MODULE-2007",
                                    "A module hangs in %s: %s.".formatted(method, e.getMessage()))
                            .with("module", provider)
                            .advise("replace the module, or restart the host to try it again")
                            .build();
            conduct.failed(provider, why, true);
            throw new HoldfastException(why, e);
        } catch (HoldfastException e) {
            if (e.problem().category() == Problem.Category.BUG) {
                conduct.failed(provider, e.problem(), false);
            }
            // Made anew, so that it tells where the caller was, too.
            throw new HoldfastException(e.problem(), e.getCause() == null ? e : e.getCause());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        conduct.worked(provider);
        return product;
    }

    /** Calls; passes on failures with the provider's name added; refuses null. */
    private <T> T call(String method, Supplier<T> call) {
        T result;
        try {
            result = call.get();
        } catch (HoldfastException e) {
            throw new HoldfastException(withModule(e.problem()), e);
        } catch (Throwable e) {
            throw failure(provider, "in " + method, e).exception(e);
        }
        if (result == null) {
            throw Problem.bug("MODULE-2005", "A module returned nothing from " + method + ".")
                    .with("module", provider)
                    .advise("report this to the author of the module")
                    .exception();
        }
        return result;
    }

    private <T> T checkedName(String method, T product, String productName) {
        if (!name().equals(productName)) {
            throw Problem.bug(
                            "MODULE-2005",
                            "A module named '%s' made something named '%s' in %s."
                                    .formatted(name(), productName, method))
                    .with("module", provider)
                    .advise("report this to the author of the module")
                    .exception();
        }
        return product;
    }

    private Problem withModule(Problem problem) {
        List<Problem.Detail> details = new ArrayList<>(problem.details());
        details.add(new Problem.Detail("module", provider.toString()));
        return new Problem(
                problem.code(), problem.category(), problem.summary(), details, problem.advice());
    }

    /**
     * Describes what a provider threw.
     *
     * @param when completes the sentence "a module failed …"
     * @throws VirtualMachineError if it is one: those say nothing of the provider. A stack overflow
     *     does
     */
    static Problem.Builder failure(FoundProvider<?> provider, String when, Throwable thrown) {
        if (thrown instanceof VirtualMachineError error
                && !(thrown instanceof StackOverflowError)) {
            throw error;
        }
        Throwable told = unwrapped(thrown);
        boolean unlinked =
                told instanceof LinkageError && !(told instanceof ExceptionInInitializerError);
        return Problem.bug("MODULE-2004", "A module failed %s: %s.".formatted(when, reason(told)))
                .with("module", provider)
                .advise(
                        unlinked
                                ? "a class it needs is missing or of another version: put the"
                                        + " libraries it was built with beside it"
                                : "report this to the author of the module");
    }

    // The service loader says that it could not, its cause says why.
    private static Throwable unwrapped(Throwable thrown) {
        return thrown instanceof ServiceConfigurationError && thrown.getCause() != null
                ? thrown.getCause()
                : thrown;
    }

    /** What was thrown and by what it was caused, in one line. */
    private static String reason(Throwable thrown) {
        StringBuilder text = new StringBuilder(describe(thrown));
        Throwable cause = thrown.getCause();
        for (int depth = 0; cause != null && depth < 5; depth++) {
            text.append(", caused by ").append(describe(cause));
            cause = cause.getCause();
        }
        return text.toString();
    }

    private static String describe(Throwable thrown) {
        if (thrown instanceof HoldfastException told) {
            return told.problem().code() + " " + told.problem().summary();
        }
        String name = thrown.getClass().getSimpleName();
        String message;
        try {
            message = thrown.getMessage();
        } catch (RuntimeException e) {
            message = null;
        }
        return message == null || message.isBlank() ? name : name + ": " + message.strip();
    }
}

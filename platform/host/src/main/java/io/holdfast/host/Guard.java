package io.holdfast.host;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Calls into one provider, so that whatever comes out of it names the provider. Keeps what the
 * provider said of itself when it was made: it is not asked again.
 *
 * @param provider the provider
 * @param names the names it goes by
 * @param options the options it reads
 */
record Guard(FoundProvider<?> provider, Set<String> names, List<ConfigOption<?>> options) {

    /** The name of a provider that has just one. */
    String name() {
        return names.iterator().next();
    }

    /** Calls; passes on failures with the provider's name added; refuses null. */
    <T> T call(String method, Supplier<T> call) {
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

    /** Refuses a product that goes by another name than its factory. */
    <T> T checkedName(String method, T product, String productName) {
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

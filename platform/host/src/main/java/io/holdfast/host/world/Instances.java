package io.holdfast.host.world;

import io.holdfast.host.FoundProvider;
import io.holdfast.host.Origin;
import io.holdfast.host.ProviderKind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ServiceConfigurationError;

/**
 * Makes providers of classes that a declaration names, by the rules of {@link
 * java.util.ServiceLoader}. Stateless.
 */
public final class Instances {

    /** Loads a class of a module by its name. */
    @FunctionalInterface
    public interface Classes {
        /**
         * Loads, without initializing.
         *
         * @param name name of a class
         * @return the class
         * @throws ClassNotFoundException if there is none
         */
        Class<?> load(String name) throws ClassNotFoundException;
    }

    private Instances() {}

    /**
     * A provider that is made when it is asked for.
     *
     * @param kind what it provides
     * @param className the class that the declaration names
     * @param origin where it was found
     * @param classes loads it
     * @param <F> the service type
     * @return the provider
     */
    public static <F> FoundProvider<F> provider(
            ProviderKind<F> kind, String className, Origin origin, Classes classes) {
        return new FoundProvider<>(
                kind, className, origin, () -> make(kind.type(), className, classes));
    }

    private static <F> F make(Class<F> service, String className, Classes classes) {
        try {
            Class<?> type = classes.load(className);
            Method method = type.getModule().isNamed() ? providerMethod(type) : null;
            if (method != null) {
                return service.cast(method.invoke(null));
            }
            if (!service.isAssignableFrom(type)) {
                throw error(service, className + " is not a subtype");
            }
            return service.cast(type.getConstructor().newInstance());
        } catch (ClassNotFoundException e) {
            throw error(service, "Provider " + className + " not found");
        } catch (InvocationTargetException e) {
            throw new ServiceConfigurationError(
                    service.getName() + ": Provider " + className, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new ServiceConfigurationError(service.getName() + ": Provider " + className, e);
        }
    }

    private static Method providerMethod(Class<?> type) {
        try {
            Method method = type.getMethod("provider");
            return Modifier.isStatic(method.getModifiers()) ? method : null;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private static ServiceConfigurationError error(Class<?> service, String what) {
        return new ServiceConfigurationError(service.getName() + ": " + what);
    }
}

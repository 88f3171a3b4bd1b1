package io.holdfast.api.serialization;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;

/** Asks all {@link SerializerProvider}s in turn. Nothing is kept: modules come and go. */
final class ProvidedSerializers {

    private ProvidedSerializers() {}

    /** The first answer, of the providers that this thread's class loader sees, then of ours. */
    static <T> Optional<T> first(Function<SerializerProvider, Optional<T>> question) {
        Set<Class<?>> asked = new HashSet<>();
        for (ClassLoader loader : loaders()) {
            Iterator<ServiceLoader.Provider<SerializerProvider>> found =
                    ServiceLoader.load(SerializerProvider.class, loader).stream().iterator();
            while (found.hasNext()) {
                Optional<T> answer = answer(found.next(), asked, question);
                if (answer.isPresent()) {
                    return answer;
                }
            }
        }
        return Optional.empty();
    }

    /** One whose library is missing has nothing to say: there can be no values of its types. */
    private static <T> Optional<T> answer(
            ServiceLoader.Provider<SerializerProvider> provider,
            Set<Class<?>> asked,
            Function<SerializerProvider, Optional<T>> question) {
        try {
            return asked.add(provider.type()) ? question.apply(provider.get()) : Optional.empty();
        } catch (NoClassDefFoundError e) {
            return Optional.empty();
        }
    }

    private static List<ClassLoader> loaders() {
        List<ClassLoader> loaders = new ArrayList<>();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null) {
            loaders.add(context);
        }
        ClassLoader own = ProvidedSerializers.class.getClassLoader();
        if (own != context) {
            loaders.add(own);
        }
        return loaders;
    }
}

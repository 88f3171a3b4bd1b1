package io.holdfast.backend.rocksdb;

import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Optional;

/** Finds the options factory whose class is configured. Stateless. */
final class OptionsFactories {
    /** Flink's own factory, which files of before 2.0 may name; it does what the options do. */
    private static final String FLINKS_OWN =
            "org.apache.flink.contrib.streaming.state.defaultconfigurableoptionsfactory";

    private OptionsFactories() {}

    /** The factory set in code, or else the configured one; configured either way. */
    static Optional<RocksDBOptionsFactory> choose(
            Optional<RocksDBOptionsFactory> inCode, ReadableConfig config) {
        return inCode.or(() -> named(config))
                .map(
                        factory ->
                                factory instanceof ConfigurableRocksDBOptionsFactory open
                                        ? open.configure(config)
                                        : factory);
    }

    private static Optional<RocksDBOptionsFactory> named(ReadableConfig config) {
        return config.getOptional(RocksDBOptions.OPTIONS_FACTORY)
                .filter(name -> !name.toLowerCase(Locale.ROOT).equals(FLINKS_OWN))
                .map(OptionsFactories::make);
    }

    private static RocksDBOptionsFactory make(String className) {
        Class<?> found = find(className);
        if (!RocksDBOptionsFactory.class.isAssignableFrom(found)) {
            throw about("STATE-3131", "The class '%s' is no options factory.", className)
                    .with("expected", "implements " + RocksDBOptionsFactory.class.getName())
                    .advise("name a class that implements it")
                    .exception();
        }
        try {
            return (RocksDBOptionsFactory) found.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw about("STATE-3133", "The constructor of '%s' failed.", className)
                    .with("because", e.getCause())
                    .exception(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw about("STATE-3132", "No object of the class '%s' can be made.", className)
                    .with("because", e)
                    .with("expected", "a public class with a public constructor without parameters")
                    .advise("add such a constructor")
                    .exception(e);
        }
    }

    /** The job's classes first, then those this backend sees. */
    private static Class<?> find(String className) {
        ClassLoader job = Thread.currentThread().getContextClassLoader();
        ClassLoader own = OptionsFactories.class.getClassLoader();
        try {
            return Class.forName(className, true, job == null ? own : job);
        } catch (ClassNotFoundException absent) {
            try {
                return Class.forName(className, true, own);
            } catch (ClassNotFoundException e) {
                throw notFound(className, e);
            }
        }
    }

    private static HoldfastException notFound(String className, ClassNotFoundException cause) {
        return about("STATE-3130", "There is no class '%s'.", className)
                .with("looked into", "the job's classes, then the classes of this module")
                .advise("correct the name, or add the jar that has the class")
                .exception(cause);
    }

    private static Problem.Builder about(String code, String sentence, String className) {
        return Problem.user(code, sentence.formatted(className))
                .with("set by", RocksDBOptions.OPTIONS_FACTORY.key() + " = " + className);
    }
}

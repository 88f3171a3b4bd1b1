package io.holdfast.host;

/**
 * Is told when modules come, drain, fail and go. Called on the thread that caused it, without any
 * lock held, one event after the other for one module; it should be short. What it throws is
 * logged.
 */
@FunctionalInterface
public interface ModuleListener {

    /**
     * Something happened to a module.
     *
     * @param now the module as it is from now on; taking and ending leases is not told
     */
    void changed(ModuleReport now);
}

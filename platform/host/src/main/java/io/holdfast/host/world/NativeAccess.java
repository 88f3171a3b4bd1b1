package io.holdfast.host.world;

import java.lang.reflect.Method;

/**
 * Gives a module of a layer the right to load native code, if the host itself was given it (Java 22
 * and newer; before that nobody asks). Stateless.
 */
final class NativeAccess {
    private NativeAccess() {}

    static void passOn(ModuleLayer.Controller controller, Module module) {
        try {
            Method mayHost = Module.class.getMethod("isNativeAccessEnabled");
            if ((boolean) mayHost.invoke(NativeAccess.class.getModule())) {
                ModuleLayer.Controller.class
                        .getMethod("enableNativeAccess", Module.class)
                        .invoke(controller, module);
            }
        } catch (NoSuchMethodException e) {
            // An older Java, where native access needs no right.
            return;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.holdfast.host.isolation;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;

/** What the JDK remembers of the record that was compared, hashed or printed last. */
final class RecordCaches {
    /*
     * The methods of a record are made at their first call, from method handles in static fields of ObjectMethods. Each of these handles remembers the
     * type that it was adapted to last (Java 17 strongly, later ones softly), which is a class of whoever called last. If that was a module, its class
     * loader would stay until another record is used for the first time. So the same is done here for a record of the host.
     */
    private record Other(RecordCaches component) {}

    private RecordCaches() {}

    /** Makes the JDK remember the host instead of a module. */
    static void displace() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle getter =
                    lookup.findVirtual(
                            Other.class, "component", MethodType.methodType(RecordCaches.class));
            make(lookup, "toString", MethodType.methodType(String.class, Other.class), getter);
            make(lookup, "hashCode", MethodType.methodType(int.class, Other.class), getter);
            make(
                    lookup,
                    "equals",
                    MethodType.methodType(boolean.class, Other.class, Object.class),
                    getter);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static void make(
            MethodHandles.Lookup lookup, String method, MethodType type, MethodHandle getter)
            throws Throwable {
        Object made =
                ObjectMethods.bootstrap(lookup, method, type, Other.class, "component", getter);
        if (made == null) {
            throw new IllegalStateException("no " + method);
        }
    }
}

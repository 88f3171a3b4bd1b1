package io.holdfast.api.serialization;

import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.List;

/** What {@link FormerlyNamed} says about a class or a member. */
final class FormerNames {

    private FormerNames() {}

    /** The former names of a member, latest first. */
    static List<String> of(AnnotatedElement member) {
        FormerlyNamed names = member.getAnnotation(FormerlyNamed.class);
        return names == null ? List.of() : List.of(names.value());
    }

    /** The former binary names of a class, latest first. */
    static List<String> ofClass(Class<?> type) {
        String name = type.getName();
        String place =
                name.substring(0, Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
        return of(type).stream()
                .map(former -> former.contains(".") ? former : place + former)
                .toList();
    }

    /** Whether a description's name, such as {@code record:com.example.Order}, means a class. */
    static boolean means(String described, String kind, Class<?> type) {
        if (!described.startsWith(kind + ":")) {
            return false;
        }
        String stored = described.substring(kind.length() + 1);
        return stored.equals(type.getName()) || ofClass(type).contains(stored);
    }

    /**
     * The first of some present things that a stored name means: the one of this name, else one
     * that had it.
     *
     * @param present the present names, each with its former ones
     * @return its index, or -1
     */
    static int indexOf(String stored, List<Named> present) {
        for (int i = 0; i < present.size(); i++) {
            if (present.get(i).name().equals(stored)) {
                return i;
            }
        }
        for (int i = 0; i < present.size(); i++) {
            if (present.get(i).former().contains(stored)) {
                return i;
            }
        }
        return -1;
    }

    /** A present name and those before it. */
    record Named(String name, List<String> former) {
        static Named of(Class<?> type) {
            return new Named(type.getName(), ofClass(type));
        }

        static Named of(Enum<?> constant) {
            return Arrays.stream(constant.getDeclaringClass().getFields())
                    .filter(field -> field.getName().equals(constant.name()))
                    .findFirst()
                    .map(field -> new Named(constant.name(), FormerNames.of(field)))
                    .orElseGet(() -> new Named(constant.name(), List.of()));
        }
    }
}

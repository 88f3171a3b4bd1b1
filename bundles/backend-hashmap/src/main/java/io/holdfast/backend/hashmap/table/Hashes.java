package io.holdfast.backend.hashmap.table;

/**
 * Spreads hash codes over 31 bits. The keys of one key group agree in their murmur hash modulo the
 * number of groups, so tables that belong to a key group must spread by another function.
 */
public final class Hashes {
    /** Length of a hash. */
    public static final int BITS = 31;

    private Hashes() {}

    /** Hash of an entry that is told by its key alone. */
    public static int of(int keyCode) {
        return mix(keyCode);
    }

    /** Hash of an entry that is told by key and namespace. */
    public static int of(int keyCode, int namespaceCode) {
        return mix(keyCode + Integer.rotateLeft(namespaceCode * 0xC2B2AE3D, 15));
    }

    /** Hash of an entry that is told by key, namespace and time. */
    public static int of(int keyCode, int namespaceCode, long time) {
        long mixed = time * 0x9E3779B97F4A7C15L;
        return of(keyCode + (int) (mixed >>> 32), namespaceCode);
    }

    /**
     * Hash code of a namespace. That of an enum constant is its address, so to say, and would give
     * every process another order of entries.
     */
    public static int codeOf(Object namespace) {
        return namespace instanceof Enum<?> constant ? constant.ordinal() : namespace.hashCode();
    }

    private static int mix(int code) {
        int hash = (code ^ code >>> 15) * 0x2C1B3C6D;
        hash = (hash ^ hash >>> 12) * 0x297A2D39;
        return (hash ^ hash >>> 15) & Integer.MAX_VALUE;
    }
}

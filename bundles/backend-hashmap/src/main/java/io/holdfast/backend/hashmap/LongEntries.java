package io.holdfast.backend.hashmap;

/**
 * Entries whose keys and contents are numbers, kept as such: no object is made to store one, and
 * the garbage collector has nothing to look at. There is one namespace.
 */
final class LongEntries<K, N, C> extends Entries<K, N, C, LongPage> {
    private final Bits<K> keyBits;
    private final Bits<C> bits;
    private long key;

    LongEntries(TableState.Parts<K, N, C> parts, Bits<K> keyBits, Bits<C> bits) {
        super(parts, LongPage::new);
        this.keyBits = keyBits;
        this.bits = bits;
    }

    @Override
    void setCurrentNamespace(N next) {}

    @Override
    N namespace() {
        return null;
    }

    @Override
    void search(K ofKey) {
        key = keyBits.of(ofKey);
        hash = keys.hash();
        page = table.page(group, hash);
        slot = page == null ? -1 : page.find(hash, key);
    }

    @Override
    void searchAny(K ofKey, N namespace) {
        key = keyBits.of(ofKey);
        hash = Hashes.of(ofKey.hashCode());
        page = table.page(group, hash);
        slot = page == null ? -1 : page.find(hash, key);
    }

    @Override
    C read() {
        return bits.value(page.cells[2 * slot + 1]);
    }

    @Override
    void write(C content, int held) {
        page.cells[2 * slot + 1] = bits.of(content);
    }

    @Override
    void fill(K ofKey, N namespace) {
        page.cells[2 * slot] = key;
    }

    /** What was read is an object of its own. */
    @Override
    boolean isShared() {
        return false;
    }

    @Override
    K key(LongPage from, int at, Object wanted) {
        return keyBits.value(from.cells[2 * at]);
    }

    @Override
    FrozenState<K> freeze(TableState.Parts<K, N, C> parts) {
        return new FrozenLongs<>(
                parts.schema(),
                table.freeze(),
                keyBits,
                bits,
                parts.namespace().duplicate(),
                parts.codec().duplicate());
    }
}

package io.holdfast.backend.hashmap;

import io.holdfast.spi.state.VoidNamespace;

/** Entries whose keys and contents are objects: for all types there are. */
final class ObjectEntries<K, N, C> extends Entries<K, N, C, ObjectPage> {

    /** Cells of an entry: key, namespace unless there is only one, content. */
    private final int stride;

    private final String owner;
    private N namespace;
    private int namespaceCode;

    ObjectEntries(TableState.Parts<K, N, C> parts) {
        this(parts, parts.namespace() == (Object) VoidNamespace.SERIALIZER ? 2 : 3);
    }

    private ObjectEntries(TableState.Parts<K, N, C> parts, int stride) {
        super(parts, maker(stride));
        this.stride = stride;
        this.owner = parts.keys().owner();
    }

    private static PagedTable.PageMaker<ObjectPage> maker(int stride) {
        EntryHash hashes = stride == 2 ? EntryHash.OF_KEY : EntryHash.OF_KEY_AND_NAMESPACE;
        return (epoch, depth, capacity) -> new ObjectPage(epoch, depth, capacity, stride, hashes);
    }

    @Override
    void setCurrentNamespace(N next) {
        if (next != namespace) {
            namespace = next;
            namespaceCode = stride == 2 ? 0 : Hashes.codeOf(next);
            forget();
        }
    }

    @Override
    N namespace() {
        return namespace;
    }

    @Override
    void search(K key) {
        if (stride == 2) {
            hash = keys.hash();
            page = table.page(group, hash);
            slot = page == null ? -1 : page.find(hash, key);
        } else {
            if (namespace == null) {
                throw Refusals.nothingChosen(owner, name(), "namespace");
            }
            hash = Hashes.of(keys.code(), namespaceCode);
            page = table.page(group, hash);
            slot = page == null ? -1 : page.find(hash, key, namespace);
        }
    }

    @Override
    void searchAny(K key, N ofNamespace) {
        int code = key.hashCode();
        hash = stride == 2 ? Hashes.of(code) : Hashes.of(code, Hashes.codeOf(ofNamespace));
        page = table.page(group, hash);
        if (page == null) {
            slot = -1;
        } else {
            slot = stride == 2 ? page.find(hash, key) : page.find(hash, key, ofNamespace);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object cell) {
        return (T) cell;
    }

    @Override
    C read() {
        return cast(page.cells[slot * stride + stride - 1]);
    }

    @Override
    void write(C content, int held) {
        int cell = slot * stride + stride - 1;
        // Storing what is there already would cost the garbage collector's write barrier.
        if (page.cells[cell] != content) {
            page.cells[cell] = content;
        }
        if (held != Epochs.NONE) {
            page.own(slot);
        }
    }

    @Override
    void fill(K key, N ofNamespace) {
        page.cells[slot * stride] = key;
        if (stride == 3) {
            page.cells[slot * stride + 1] = ofNamespace;
        }
    }

    @Override
    boolean isShared() {
        int held = epochs.newestHeld();
        return held != Epochs.NONE && (page.epoch <= held || !page.isOwned(slot));
    }

    @Override
    K key(ObjectPage from, int at, Object wanted) {
        return stride == 2 || ObjectPage.same(wanted, from.cells[at * stride + 1])
                ? cast(from.cells[at * stride])
                : null;
    }

    @Override
    FrozenState<K> freeze(TableState.Parts<K, N, C> parts) {
        return new FrozenTable<>(
                parts.schema(),
                table.freeze(),
                stride,
                parts.namespace().duplicate(),
                parts.codec().duplicate());
    }
}

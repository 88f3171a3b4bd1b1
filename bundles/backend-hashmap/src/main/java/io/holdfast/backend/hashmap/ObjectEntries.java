package io.holdfast.backend.hashmap;

import io.holdfast.backend.hashmap.format.Block;
import io.holdfast.backend.hashmap.table.Bits;
import io.holdfast.backend.hashmap.table.Epochs;
import io.holdfast.backend.hashmap.table.PageLayout;
import java.util.Optional;

/** Entries whose contents are objects: for all types there are. */
final class ObjectEntries<K, N, C> extends Entries<K, N, C> {

    ObjectEntries(TableState.Parts<K, N, C> parts) {
        super(parts, false);
    }

    @Override
    @SuppressWarnings("unchecked") // nothing else is put there
    C read(long[] words, Object[] objects, int at) {
        return (C) layout.content(objects, at);
    }

    @Override
    void write(long[] words, Object[] objects, int at, C content, int held) {
        layout.setContent(objects, at, content);
        if (held != Epochs.NONE) {
            layout.own(words, at);
        }
    }

    @Override
    boolean isShared(long[] words, int at) {
        int held = epochs.newestHeld();
        return held != Epochs.NONE
                && (PageLayout.epoch(words) <= held || !layout.isOwned(words, at));
    }

    @Override
    Optional<Bits<C>> numbersIn(Block block, ContentCodec<C> codec) {
        return Optional.empty();
    }
}

package io.holdfast.benchmarks.holdfast.state;

import io.holdfast.benchmarks.state.ValueStore;
import io.holdfast.benchmarks.state.ValueStorePeer;
import java.io.IOException;
import java.nio.file.Path;

/** Holdfast's {@code hashmap}. */
public final class HashMapPeer implements ValueStorePeer {

    @Override
    public String name() {
        return "holdfast-hashmap";
    }

    @Override
    public ValueStore open(Path directory) throws IOException {
        return HoldfastValueStore.open("hashmap", directory);
    }
}

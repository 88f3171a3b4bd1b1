package io.holdfast.api.process;

import java.io.IOException;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes bytes of a function's own, key group by key group, into one checkpoint or savepoint. What
 * is written goes to the key group that was started last. Groups may be started in any order, each
 * of them once; one that is not started has no bytes and is not given back. An output that collects
 * bytes and is put around this one must be flushed before the next group is started.
 *
 * <p>The bytes are held in memory until {@link CheckpointedFunction#snapshotState} returns and are
 * stored afterwards, beside the work. Used by the thread that calls {@code snapshotState}, during
 * that call; nobody has to close it, and closing it only ends the key group.
 */
@ProviderType
public abstract class RawKeyedStateOutput extends OutputStream {

    /** For the engine. */
    protected RawKeyedStateOutput() {}

    /**
     * The first of the key groups that this subtask owns.
     *
     * @return 0 or more
     */
    public abstract int firstKeyGroup();

    /**
     * The last of the key groups that this subtask owns.
     *
     * @return {@link #firstKeyGroup()} or more
     */
    public abstract int lastKeyGroup();

    /**
     * The key group of a key.
     *
     * @param key a key, as chosen by the stream's key selector; not null
     * @return its group, which another subtask may own
     */
    public abstract int keyGroupOf(Object key);

    /**
     * Ends the key group before and starts another one.
     *
     * @param keyGroup the group, owned by this subtask and not started before
     * @throws io.holdfast.api.error.HoldfastException STATE-3027 if another subtask owns it,
     *     STATE-3028 if it was started before, STATE-3029 if {@code snapshotState} has returned
     */
    public abstract void startKeyGroup(int keyGroup);

    /**
     * Writes a byte.
     *
     * @param value the byte, in the low eight bits
     * @throws IOException never
     * @throws io.holdfast.api.error.HoldfastException as {@link #write(byte[], int, int)}
     */
    @Override
    public abstract void write(int value) throws IOException;

    /**
     * Writes bytes to the key group that was started last.
     *
     * @param bytes holds them; copied
     * @param offset where they begin
     * @param length how many, 0 or more
     * @throws IOException never
     * @throws io.holdfast.api.error.HoldfastException STATE-3029 if {@code snapshotState} has
     *     returned, STATE-3032 if no key group is started, STATE-3030 if the bytes of all key
     *     groups become more than one subtask may write into one checkpoint (1 GiB)
     */
    @Override
    public abstract void write(byte[] bytes, int offset, int length) throws IOException;
}

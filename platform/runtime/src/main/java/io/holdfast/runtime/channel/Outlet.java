package io.holdfast.runtime.channel;

import io.holdfast.api.function.KeySelector;
import io.holdfast.spi.snapshot.KeyGroupRange;
import java.util.List;

/**
 * The producing end of an edge of the graph, in one subtask: spreads records over the channels to
 * the consumer's subtasks. Used by the task's thread.
 */
public abstract sealed class Outlet {
    private final ChannelWriter[] writers;

    private Outlet(List<Channel> channels) {
        writers = channels.stream().map(ChannelWriter::new).toArray(ChannelWriter[]::new);
    }

    /**
     * Sends a record. Waits while the consumer is slower.
     *
     * @param value the record
     * @param timestamp its event time
     * @throws Exception if the key selector fails
     */
    public abstract void emit(Object value, long timestamp) throws Exception;

    final ChannelWriter writer(int channel) {
        return writers[channel];
    }

    final int channels() {
        return writers.length;
    }

    /**
     * Sends something that is no record to all channels, behind all records emitted so far.
     *
     * @param element a watermark, a barrier or the end
     */
    public final void event(Element element) {
        for (ChannelWriter writer : writers) {
            writer.event(element);
        }
    }

    /** Sends batches that are not full. */
    public final void flush() {
        for (ChannelWriter writer : writers) {
            writer.flush();
        }
    }

    /**
     * Everything to one channel.
     *
     * @param channel the channel
     * @return the outlet
     */
    public static Outlet forward(Channel channel) {
        return new Forward(List.of(channel));
    }

    /**
     * Records to the channels in turn.
     *
     * @param channels the channels
     * @param first where to begin
     * @return the outlet
     */
    public static Outlet rebalance(List<Channel> channels, int first) {
        return new Rebalance(channels, first % channels.size());
    }

    /**
     * Every record to all channels.
     *
     * @param channels the channels
     * @return the outlet
     */
    public static Outlet broadcast(List<Channel> channels) {
        return new Broadcast(channels);
    }

    /**
     * Each record to the subtask that owns its key.
     *
     * @param channels the channels, by subtask of the consumer
     * @param selector chooses the key
     * @param maxParallelism number of key groups
     * @param operator names the consumer in messages
     * @return the outlet
     */
    public static Outlet byKey(
            List<Channel> channels,
            KeySelector<Object, ?> selector,
            int maxParallelism,
            String operator) {
        return new ByKey(channels, selector, maxParallelism, new StableKeys(operator));
    }

    private static final class Forward extends Outlet {
        private final ChannelWriter only;

        Forward(List<Channel> channels) {
            super(channels);
            only = writer(0);
        }

        @Override
        public void emit(Object value, long timestamp) {
            only.add(value, timestamp);
        }
    }

    private static final class Rebalance extends Outlet {
        private int next;

        Rebalance(List<Channel> channels, int first) {
            super(channels);
            next = first;
        }

        @Override
        public void emit(Object value, long timestamp) {
            writer(next).add(value, timestamp);
            next = next + 1 == channels() ? 0 : next + 1;
        }
    }

    private static final class Broadcast extends Outlet {
        Broadcast(List<Channel> channels) {
            super(channels);
        }

        @Override
        public void emit(Object value, long timestamp) {
            for (int i = 0; i < channels(); i++) {
                writer(i).add(value, timestamp);
            }
        }
    }

    private static final class ByKey extends Outlet {
        private final KeySelector<Object, ?> selector;
        private final int maxParallelism;
        private final StableKeys stableKeys;

        ByKey(
                List<Channel> channels,
                KeySelector<Object, ?> selector,
                int maxParallelism,
                StableKeys stableKeys) {
            super(channels);
            this.selector = selector;
            this.maxParallelism = maxParallelism;
            this.stableKeys = stableKeys;
        }

        @Override
        public void emit(Object value, long timestamp) throws Exception {
            Object key = selector.getKey(value);
            stableKeys.check(key, value);
            int keyGroup = KeyGroupRange.keyGroup(key, maxParallelism);
            writer(KeyGroupRange.owner(keyGroup, maxParallelism, channels()))
                    .add(value, timestamp, key, keyGroup);
        }
    }
}

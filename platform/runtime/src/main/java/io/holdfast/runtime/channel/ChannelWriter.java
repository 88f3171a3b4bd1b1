package io.holdfast.runtime.channel;

/** Collects records for one channel. */
final class ChannelWriter {
    private final Channel channel;
    private Batch batch;

    ChannelWriter(Channel channel) {
        this.channel = channel;
        this.batch = channel.firstBatch();
    }

    void add(Object value, long timestamp) {
        batch.add(value, timestamp);
        if (batch.isFull()) {
            flush();
        }
    }

    void add(Object value, long timestamp, Object key, int keyGroup) {
        batch.add(value, timestamp, key, keyGroup);
        if (batch.isFull()) {
            flush();
        }
    }

    void flush() {
        if (batch.size() > 0) {
            batch = channel.put(batch);
        }
    }

    void event(Element element) {
        flush();
        channel.put(element);
    }
}

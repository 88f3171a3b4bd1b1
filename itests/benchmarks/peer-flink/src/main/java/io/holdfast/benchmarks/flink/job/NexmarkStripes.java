package io.holdfast.benchmarks.flink.job;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceEnumerator;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceReader;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceSplit;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The numbers of Nexmark events as one stripe per subtask: number n is in stripe n modulo the
 * number of stripes, so that event time goes at the same pace in all of them.
 */
final class NexmarkStripes
        implements Source<Long, NexmarkStripes.Stripe, Collection<NexmarkStripes.Stripe>>,
                ResultTypeQueryable<Long> {
    private static final long serialVersionUID = 1L;

    private final long events;
    private final int stripes;

    NexmarkStripes(long events, int stripes) {
        this.events = events;
        this.stripes = stripes;
    }

    /** What is left of one stripe. */
    record Stripe(int first, long next, long end, int step)
            implements IteratorSourceSplit<Long, Numbers> {

        @Override
        public String splitId() {
            return Integer.toString(first);
        }

        @Override
        public Numbers getIterator() {
            return new Numbers(this);
        }

        @Override
        public Stripe getUpdatedSplitForIterator(Numbers iterator) {
            return new Stripe(first, iterator.next, end, step);
        }
    }

    /** Counts through one stripe. */
    static final class Numbers implements Iterator<Long> {
        private final long end;
        private final int step;
        private long next;

        Numbers(Stripe stripe) {
            end = stripe.end();
            step = stripe.step();
            next = stripe.next();
        }

        @Override
        public boolean hasNext() {
            return next < end;
        }

        @Override
        public Long next() {
            long number = next;
            next += step;
            return number;
        }
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public TypeInformation<Long> getProducedType() {
        return Types.LONG;
    }

    @Override
    public SourceReader<Long, Stripe> createReader(SourceReaderContext context) {
        return new IteratorSourceReader<>(context);
    }

    @Override
    public SplitEnumerator<Stripe, Collection<Stripe>> createEnumerator(
            SplitEnumeratorContext<Stripe> context) {
        List<Stripe> all = new ArrayList<>();
        for (int first = 0; first < stripes; first++) {
            all.add(new Stripe(first, first, events, stripes));
        }
        return new IteratorSourceEnumerator<>(context, all);
    }

    @Override
    public SplitEnumerator<Stripe, Collection<Stripe>> restoreEnumerator(
            SplitEnumeratorContext<Stripe> context, Collection<Stripe> left) {
        return new IteratorSourceEnumerator<>(context, left);
    }

    @Override
    public SimpleVersionedSerializer<Stripe> getSplitSerializer() {
        return new StripeSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Collection<Stripe>> getEnumeratorCheckpointSerializer() {
        return new StripesSerializer();
    }

    private static final class StripeSerializer implements SimpleVersionedSerializer<Stripe> {
        private static final int LENGTH = 4 + 8 + 8 + 4;

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Stripe stripe) {
            return ByteBuffer.allocate(LENGTH)
                    .putInt(stripe.first())
                    .putLong(stripe.next())
                    .putLong(stripe.end())
                    .putInt(stripe.step())
                    .array();
        }

        @Override
        public Stripe deserialize(int version, byte[] bytes) throws IOException {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            return new Stripe(in.readInt(), in.readLong(), in.readLong(), in.readInt());
        }
    }

    private static final class StripesSerializer
            implements SimpleVersionedSerializer<Collection<Stripe>> {
        private final StripeSerializer one = new StripeSerializer();

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Collection<Stripe> stripes) {
            ByteBuffer bytes = ByteBuffer.allocate(stripes.size() * StripeSerializer.LENGTH);
            stripes.forEach(stripe -> bytes.put(one.serialize(stripe)));
            return bytes.array();
        }

        @Override
        public Collection<Stripe> deserialize(int version, byte[] bytes) throws IOException {
            List<Stripe> stripes = new ArrayList<>();
            for (int at = 0; at < bytes.length; at += StripeSerializer.LENGTH) {
                byte[] stripe = new byte[StripeSerializer.LENGTH];
                System.arraycopy(bytes, at, stripe, 0, stripe.length);
                stripes.add(one.deserialize(version, stripe));
            }
            return stripes;
        }
    }
}

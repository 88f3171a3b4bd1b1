package io.holdfast.osgi;

import io.holdfast.api.error.Problem;
import io.holdfast.host.FoundModule;
import io.holdfast.host.Origin;
import io.holdfast.host.ProviderSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.util.tracker.BundleTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds providers among the bundles of a framework that belongs to somebody else, who installs,
 * updates and removes them. Framework threads call it.
 *
 * <p>A bundle that stops is waited for until its leases end, but only so long: the framework, not
 * the host, decides when its classes go.
 */
public final class FrameworkSource implements ProviderSource {
    private static final Logger LOG = LoggerFactory.getLogger(FrameworkSource.class);

    private final BundleContext context;
    private final Duration drain;
    private BundleTracker<Found> tracker;

    /** A bundle that was reported. */
    private record Found(FoundModule module, CountDownLatch released) {}

    /**
     * A source over a framework.
     *
     * @param context of any bundle of it
     * @param drain how long a stopping bundle waits for its leases
     */
    public FrameworkSource(BundleContext context, Duration drain) {
        this.context = context;
        this.drain = drain;
    }

    @Override
    public String world() {
        return "OSGi";
    }

    @Override
    public void start(Observer observer) {
        tracker =
                new BundleTracker<>(context, Bundle.ACTIVE, null) {
                    @Override
                    public Found addingBundle(Bundle bundle, BundleEvent event) {
                        return BundleProviders.declaresAny(bundle)
                                ? arrive(observer, bundle)
                                : null;
                    }

                    @Override
                    public void removedBundle(Bundle bundle, BundleEvent event, Found found) {
                        leave(observer, bundle, found);
                    }
                };
        tracker.open();
    }

    private Found arrive(Observer observer, Bundle bundle) {
        Origin origin = new Origin(world(), bundle.getLocation(), bundle.getVersion().toString());
        CountDownLatch released = new CountDownLatch(1);
        FoundModule module =
                new FoundModule(
                        bundle.getSymbolicName(),
                        origin,
                        BundleProviders.of(bundle, origin),
                        released::countDown);
        Optional<Problem> why = observer.arrived(module, Optional.empty());
        why.ifPresent(problem -> observer.refused(module.name(), origin, problem));
        return new Found(why.isPresent() ? null : module, released);
    }

    private void leave(Observer observer, Bundle bundle, Found found) {
        if (found.module() == null) {
            observer.forgotten(bundle.getLocation());
            return;
        }
        observer.left(found.module());
        try {
            if (!found.released().await(drain.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{} leaves while it is in use", found.module());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (tracker != null) {
            tracker.close();
        }
    }
}

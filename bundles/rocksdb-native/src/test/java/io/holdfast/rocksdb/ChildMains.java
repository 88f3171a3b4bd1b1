package io.holdfast.rocksdb;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.rocksdb.HistogramType;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Statistics;

/** What the JVMs of {@link RocksDbLibraryTest} run. */
final class ChildMains {
    private ChildMains() {}

    static final class LoadOnce {
        private LoadOnce() {}

        public static void main(String[] arguments) {
            try {
                System.out.println("loaded " + RocksDbLibrary.version());
            } catch (RuntimeException e) {
                System.out.println(e.getMessage());
                System.exit(3);
            }
        }
    }

    /** Fails for want of a usable directory, then succeeds in another: arguments bad, good. */
    static final class LoadTwice {
        private LoadTwice() {}

        public static void main(String[] arguments) {
            try {
                RocksDbLibrary.load(Path.of(arguments[0]));
            } catch (RuntimeException e) {
                System.out.println(e.getMessage());
            }
            RocksDbLibrary.load(Path.of(arguments[1]));
            System.out.println("loaded " + RocksDbLibrary.version());
        }
    }

    /** 32 threads touch the library at the same moment and use it. */
    static final class FirstTouch {
        private FirstTouch() {}

        public static void main(String[] arguments) throws Exception {
            int threads = 32;
            CyclicBarrier start = new CyclicBarrier(threads);
            AtomicInteger good = new AtomicInteger();
            List<Thread> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Path directory = Files.createTempDirectory("db");
                Thread thread =
                        new Thread(
                                () -> {
                                    try {
                                        start.await();
                                        RocksDbLibrary.load();
                                        useDatabase(directory);
                                        good.incrementAndGet();
                                    } catch (Exception e) {
                                        e.printStackTrace(System.out);
                                    }
                                });
                all.add(thread);
                thread.start();
            }
            for (Thread thread : all) {
                thread.join();
            }
            System.out.println("good " + good + ", copies " + mappedCopies());
        }
    }

    /**
     * Deploys the library five times, each time in a fresh class loader, closing the one before.
     */
    static final class Redeploy {
        private Redeploy() {}

        public static void main(String[] arguments) throws Exception {
            List<ExecutorService> users = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                users.add(Executors.newSingleThreadExecutor());
                WeakReference<ClassLoader> loader = deploy(users.get(i));
                if (i % 2 == 0) {
                    end(users.get(i));
                }
                for (int j = 0; j < 500 && loader.get() != null; j++) {
                    System.gc();
                    Thread.onSpinWait();
                }
                System.out.println("unloaded " + (loader.get() == null));
            }
            for (ExecutorService user : users) {
                end(user);
            }
            System.out.println("copies " + mappedCopies());
        }

        private static void end(ExecutorService user) throws InterruptedException {
            user.shutdown();
            user.awaitTermination(1, TimeUnit.MINUTES);
        }

        private static WeakReference<ClassLoader> deploy(ExecutorService user) throws Exception {
            List<URL> urls = new ArrayList<>();
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                urls.add(Path.of(entry).toUri().toURL());
            }
            try (URLClassLoader loader =
                    new URLClassLoader(
                            urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
                Runnable use =
                        (Runnable)
                                loader.loadClass(UseWithStatistics.class.getName())
                                        .getConstructor()
                                        .newInstance();
                user.submit(use).get();
                return new WeakReference<>(loader);
            }
        }
    }

    /** Uses method ids that the library caches per process if it is left as it was built. */
    public static final class UseWithStatistics implements Runnable {
        /** For the loader. */
        public UseWithStatistics() {}

        @Override
        public void run() {
            RocksDbLibrary.load();
            try (Statistics statistics = new Statistics();
                    Options options =
                            new Options().setCreateIfMissing(true).setStatistics(statistics);
                    RocksDB db =
                            RocksDB.open(options, Files.createTempDirectory("db").toString())) {
                db.put(new byte[] {1}, new byte[] {2});
                System.out.println(
                        "writes "
                                + statistics
                                        .getHistogramData(HistogramType.BYTES_PER_WRITE)
                                        .getCount());
            } catch (RocksDBException | IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void useDatabase(Path directory) throws RocksDBException {
        try (Options options = new Options().setCreateIfMissing(true);
                RocksDB db = RocksDB.open(options, directory.toString())) {
            db.put(new byte[] {1}, new byte[] {2});
            if (db.get(new byte[] {1})[0] != 2) {
                throw new IllegalStateException("not what was put");
            }
        }
    }

    private static long mappedCopies() throws IOException {
        // Deleted files of one name differ in their inodes, the fifth field.
        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.contains("librocksdbjni"))
                .map(line -> line.split("\\s+")[4])
                .distinct()
                .count();
    }
}

package io.holdfast.benchmarks.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One operation on keyed state, which a JMH benchmark of the harness measures for one peer at a
 * time.
 *
 * @param name on the command line and in the table; what stands before its first dash may be used
 *     for all that begin with it
 * @param store the kind of store it needs
 * @param method class and method of the benchmark, as in {@code ValueBenchmark.get}
 * @param keys number of keys
 * @param params further parameters of the benchmark
 */
record StateBenchmark(
        String name, Peer.Ability store, String method, int keys, Map<String, String> params) {

    private static final int KEYS = 500_000;
    private static final int MANY_KEYS = 5_000_000;
    private static final int WORDS = 50_000;

    private static final List<String> QUICK =
            List.of("-wi", "2", "-w", "300ms", "-i", "3", "-r", "300ms");
    private static final int QUICK_PART = 10;

    /** All of them, in the order of the table. */
    static List<StateBenchmark> all() {
        Map<String, String> zipf = Map.of("access", "zipf");
        return List.of(
                uniform("value-get", Peer.Ability.VALUE, "ValueBenchmark.get"),
                uniform(
                        "value-read-modify-write",
                        Peer.Ability.VALUE,
                        "ValueBenchmark.readModifyWrite"),
                uniform("value-update", Peer.Ability.VALUE, "ValueBenchmark.update"),
                uniform("value-insert", Peer.Ability.VALUE, "InsertBenchmark.insert"),
                uniform(
                        "value-insert-and-remove",
                        Peer.Ability.VALUE,
                        "ValueBenchmark.insertAndRemove"),
                new StateBenchmark(
                        "zipf-get", Peer.Ability.VALUE, "ValueBenchmark.get", MANY_KEYS, zipf),
                new StateBenchmark(
                        "zipf-read-modify-write",
                        Peer.Ability.VALUE,
                        "ValueBenchmark.readModifyWrite",
                        MANY_KEYS,
                        zipf),
                mortal("ttl-get", "ValueBenchmark.get"),
                mortal("ttl-read-modify-write", "ValueBenchmark.readModifyWrite"),
                mortal("ttl-update", "ValueBenchmark.update"),
                uniform("map-get", Peer.Ability.MAP, "MapBenchmark.get"),
                uniform("map-put", Peer.Ability.MAP, "MapBenchmark.put"),
                uniform("map-contains", Peer.Ability.MAP, "MapBenchmark.contains"),
                uniform("map-remove-and-put", Peer.Ability.MAP, "MapBenchmark.removeAndPut"),
                uniform("map-iterate-10", Peer.Ability.MAP, "MapBenchmark.iterate"),
                uniform("list-add", Peer.Ability.LIST, "ListBenchmark.add"),
                uniform("list-add-all-10", Peer.Ability.LIST, "ListBenchmark.addAll"),
                new StateBenchmark(
                        "list-get-25",
                        Peer.Ability.LIST,
                        "ListBenchmark.get",
                        KEYS,
                        Map.of("elements", "25")),
                uniform("list-update-10", Peer.Ability.LIST, "ListBenchmark.update"),
                new StateBenchmark(
                        "reducing-add",
                        Peer.Ability.FOLD,
                        "FoldBenchmark.add",
                        KEYS,
                        Map.of("fold", "reducing")),
                new StateBenchmark(
                        "aggregating-add",
                        Peer.Ability.FOLD,
                        "FoldBenchmark.add",
                        KEYS,
                        Map.of("fold", "aggregating")),
                uniform(
                        "timer-register-and-fire",
                        Peer.Ability.TIMER,
                        "TimerBenchmark.registerAndFire"),
                new StateBenchmark(
                        "word-count", Peer.Ability.WORD, "WordBenchmark.count", WORDS, Map.of()),
                uniform(
                        "object-read-modify-write",
                        Peer.Ability.OBJECT,
                        "ObjectBenchmark.readModifyWrite"));
    }

    private static StateBenchmark mortal(String name, String method) {
        return new StateBenchmark(
                name, Peer.Ability.MORTAL_VALUE, method, KEYS, Map.of("life", "an-hour"));
    }

    private static StateBenchmark uniform(String name, Peer.Ability store, String method) {
        return new StateBenchmark(name, store, method, KEYS, Map.of());
    }

    /** Runs JMH in a JVM of the peer and reads what it wrote. */
    StateMeasurement measure(Peer peer, PeerJvm jvm, boolean quick)
            throws IOException, InterruptedException, MeasurementFailure {
        String file = name + "-" + peer.name();
        Path result = jvm.results().resolve(file + ".jmh.json");
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "\\." + method + "$",
                                "-p",
                                "peer=" + peer.name(),
                                "-p",
                                "keys=" + (quick ? keys / QUICK_PART : keys),
                                "-prof",
                                "io.holdfast.benchmarks.profile.CpuTimeProfiler",
                                "-prof",
                                "gc",
                                "-foe",
                                "true",
                                "-rf",
                                "json",
                                "-rff",
                                result.toString()));
        params.forEach((param, value) -> arguments.addAll(List.of("-p", param + "=" + value)));
        if (quick) {
            arguments.addAll(QUICK);
        }
        jvm.run(peer, file, "org.openjdk.jmh.Main", arguments);
        return StateMeasurement.read(name, result);
    }
}

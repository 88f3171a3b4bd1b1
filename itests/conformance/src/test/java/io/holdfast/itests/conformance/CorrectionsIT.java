package io.holdfast.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.error.Problem;
import io.holdfast.backend.rocksdb.EmbeddedRocksDBStateBackend;
import io.holdfast.config.layer.Level;
import io.holdfast.config.profile.CompatibilityProfile;
import io.holdfast.config.profile.Correction;
import io.holdfast.config.resolve.ApiOptions;
import io.holdfast.config.resolve.Resolution;
import io.holdfast.config.resolve.ResolveRequest;
import io.holdfast.config.resolve.Resolver;
import io.holdfast.host.ModuleRegistry;
import io.holdfast.legacy.MemoryStateBackend;
import io.holdfast.runtime.Assembly;
import io.holdfast.runtime.CodeObjects;
import io.holdfast.runtime.LocalPlatform;
import io.holdfast.spi.state.StateBackend;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each correction acts under the default profile, says so, and does not act under Flink's. */
class CorrectionsIT {
    private static final String TYPE = "state.backend.type";
    private static final String DIR = "execution.checkpointing.dir";
    private static final String ROCKSDB = "state.backend.rocksdb.";
    private static final Set<Correction> TESTED = EnumSet.noneOf(Correction.class);

    private static ModuleRegistry modules;

    @BeforeAll
    static void openModules() {
        modules = Run.modules();
    }

    @AfterAll
    static void everyCorrectionWasTested() {
        modules.close();
        assertThat(TESTED).containsExactlyInAnyOrder(Correction.values());
    }

    /** One configuration under the default profile and under one of Flink's. */
    private record Both(Resolution corrected, Resolution flink) {

        /** The explanation of the default profile has the line, the other one has not. */
        Both differBy(Correction correction) {
            String line = "differs  " + correction.id() + ": " + correction.sentence();
            assertThat(corrected.explanation().text(false)).contains(line);
            assertThat(flink.explanation().text(false)).doesNotContain("differs");
            TESTED.add(correction);
            return this;
        }
    }

    private static Both resolve(
            CompatibilityProfile flink, Map<String, Object> cluster, Map<String, Object> job) {
        return resolve(flink, cluster, job, Optional.empty());
    }

    private static Both resolve(
            CompatibilityProfile flink,
            Map<String, Object> cluster,
            Map<String, Object> job,
            Optional<StateBackend> backend) {
        return new Both(
                resolved(CompatibilityProfile.DEFAULT, cluster, job, backend),
                resolved(flink, cluster, job, backend));
    }

    private static Resolution resolved(
            CompatibilityProfile profile,
            Map<String, Object> cluster,
            Map<String, Object> job,
            Optional<StateBackend> backend) {
        LocalPlatform platform =
                LocalPlatform.open(modules, List.of(Run.layer(Level.CLUSTER, cluster)));
        ResolveRequest request =
                ResolveRequest.of(List.of(platform.layers().get(0), Run.layer(Level.JOB, job)));
        if (backend.isPresent()) {
            request = request.withBackend(CodeObjects.of(backend.get()));
        }
        return new Resolver(platform.catalog(), profile, platform.classNames()).resolve(request);
    }

    private static StateBackend made(Resolution resolution, Optional<StateBackend> inCode)
            throws Exception {
        LocalPlatform platform = LocalPlatform.open(modules, List.of());
        try (Assembly assembly =
                Assembly.of(resolution.decided(), inCode, Optional.empty(), platform.factories())) {
            return assembly.orThrow().backend().orElseThrow();
        }
    }

    private static EmbeddedRocksDBStateBackend rocksDb(Resolution resolution) throws Exception {
        return (EmbeddedRocksDBStateBackend) made(resolution, Optional.empty());
    }

    private static List<String> codes(List<Problem> problems) {
        return problems.stream().map(Problem::code).toList();
    }

    @Test
    void jobOptionsReachObjectsSetInCode() throws Exception {
        Optional<StateBackend> inCode = Optional.of(new EmbeddedRocksDBStateBackend());
        Both both =
                resolve(
                                CompatibilityProfile.FLINK_1_20,
                                Map.of(),
                                Map.of(ROCKSDB + "timer-service.factory", "heap"),
                                inCode)
                        .differBy(Correction.JOB_OPTIONS_REACH_CODE);
        assertThat(made(both.corrected(), inCode)).asString().contains("timers HEAP");
        assertThat(made(both.flink(), inCode)).asString().contains("timers ROCKSDB");
    }

    @Test
    void formerKeyOfTheJobBeatsThePresentKeyOfTheCluster() {
        Both both =
                resolve(
                                CompatibilityProfile.FLINK_2_3,
                                Map.of(DIR, "file:///cluster"),
                                Map.of("state.checkpoints.dir", "file:///job"))
                        .differBy(Correction.HIGHER_LAYER_WINS);
        assertThat(both.corrected().orThrow().checkpointDirectory()).contains("file:///job");
        assertThat(both.flink().orThrow().checkpointDirectory()).contains("file:///cluster");
    }

    @Test
    void legacyNamesMeanABackendAndAStorageThatGivesWayToAnExplicitOne() {
        Map<String, Object> cluster =
                Map.of(
                        TYPE,
                        "jobmanager",
                        "execution.checkpointing.storage",
                        "filesystem",
                        DIR,
                        "file:///cp");
        Both both =
                resolve(CompatibilityProfile.FLINK_1_20, cluster, Map.of())
                        .differBy(Correction.LEGACY_NAMES);
        assertThat(both.corrected().orThrow().storage().name()).isEqualTo("filesystem");
        assertThat(both.flink().orThrow().storage().name()).isEqualTo("jobmanager");
        Resolution newest =
                resolved(CompatibilityProfile.FLINK_2_3, cluster, Map.of(), Optional.empty());
        assertThat(codes(newest.problems())).containsExactly("CONFIG-1010");
    }

    @Test
    void theNameFilesystemNeedsADirectory() {
        Both both =
                resolve(CompatibilityProfile.FLINK_1_20, Map.of(TYPE, "filesystem"), Map.of())
                        .differBy(Correction.FILESYSTEM_NEEDS_DIRECTORY);
        assertThat(codes(both.corrected().problems())).containsExactly("CONFIG-1012");
        assertThat(both.flink().orThrow().storage().name()).isEqualTo("jobmanager");
    }

    @Test
    void namesAreTrimmed() {
        Both both =
                resolve(CompatibilityProfile.FLINK_2_3, Map.of(TYPE, " RocksDB "), Map.of())
                        .differBy(Correction.NAMES_TRIMMED);
        assertThat(both.corrected().orThrow().backend().name()).isEqualTo("rocksdb");
        assertThat(codes(both.flink().problems())).containsExactly("CONFIG-1010");
    }

    @Test
    void valuesOfFilesAreCheckedAsThoseOfSetters() throws Exception {
        Both both =
                resolve(
                                CompatibilityProfile.FLINK_2_3,
                                Map.of(
                                        TYPE,
                                        "rocksdb",
                                        ROCKSDB + "checkpoint.transfer.thread.num",
                                        "0"),
                                Map.of())
                        .differBy(Correction.FILE_VALUES_CHECKED);
        assertThat(codes(both.corrected().problems())).containsExactly("CONFIG-1002");
        assertThat(both.corrected().problems().get(0)).asString().contains("file-values-checked");
        assertThat(rocksDb(both.flink()).getNumberOfTransferThreads()).isZero();
    }

    @Test
    void inlineThresholdOverOneMebibyteIsAnError() {
        Both both =
                resolve(
                                CompatibilityProfile.FLINK_2_3,
                                Map.of(
                                        DIR,
                                        "file:///cp",
                                        "execution.checkpointing.data-inline-threshold",
                                        "2mb"),
                                Map.of())
                        .differBy(Correction.THRESHOLD_CHECKED);
        assertThat(codes(both.corrected().problems())).containsExactly("CONFIG-1002");
        assertThat(both.flink().problems()).isEmpty();
    }

    @Test
    void fixedMemoryOfTheProcessIsUsedWhenNobodyAskedForManagedMemory() throws Exception {
        Both both =
                resolve(
                                CompatibilityProfile.FLINK_2_3,
                                Map.of(TYPE, "rocksdb", ROCKSDB + "memory.fixed-per-tm", "64mb"),
                                Map.of())
                        .differBy(Correction.FIXED_PER_TM_WORKS);
        assertThat(rocksDb(both.corrected())).asString().contains("FixedPerProcess");
        assertThat(rocksDb(both.flink())).asString().doesNotContain("FixedPerProcess");
    }

    @Test
    void localDirectoriesMayBeUris() throws Exception {
        Both both =
                resolve(
                                CompatibilityProfile.FLINK_2_3,
                                Map.of(TYPE, "rocksdb", ROCKSDB + "localdir", "file:///a,/b"),
                                Map.of())
                        .differBy(Correction.LOCAL_DIRECTORY_URIS);
        assertThat(rocksDb(both.corrected()).getDbStoragePaths()).containsExactly("/a", "/b");
        assertThat(codes(both.flink().problems())).containsExactly("CONFIG-1004");
    }

    @Test
    void theAsynchronousFlagOfLegacyConstructorsIsHonoured() throws Exception {
        Optional<StateBackend> inCode = Optional.of(new MemoryStateBackend(false));
        Both both =
                resolve(CompatibilityProfile.FLINK_1_20, Map.of(), Map.of(), inCode)
                        .differBy(Correction.ASYNCHRONOUS_FLAG_HONOURED);
        assertThat(((MemoryStateBackend) made(both.corrected(), inCode)))
                .matches(backend -> !backend.isUsingAsynchronousSnapshots());
        assertThat(((MemoryStateBackend) made(both.flink(), inCode)))
                .matches(MemoryStateBackend::isUsingAsynchronousSnapshots);
    }

    @Test
    void changelogThatCannotWorkIsRefusedBeforeTheJobStarts() {
        Both both =
                resolve(
                                CompatibilityProfile.FLINK_2_3,
                                Map.of(
                                        "state.changelog.enabled",
                                        "true",
                                        "execution.checkpointing.max-concurrent-checkpoints",
                                        "2",
                                        "execution.state-recovery.path",
                                        "file:///cp/chk-1"),
                                Map.of())
                        .differBy(Correction.CHANGELOG_CHECKED);
        assertThat(codes(both.corrected().problems()))
                .containsExactly("CONFIG-1018", "CONFIG-1018", "CONFIG-1018", "CONFIG-1018");
        assertThat(both.flink().orThrow().changelog()).isTrue();
    }

    @Test
    void settingsThatSharedMemoryOverridesAreListed() {
        Both both =
                resolve(
                                CompatibilityProfile.FLINK_2_3,
                                Map.of(TYPE, "rocksdb", ROCKSDB + "block.cache-size", "64mb"),
                                Map.of())
                        .differBy(Correction.MANAGED_MEMORY_OVERRIDES_LISTED);
        assertThat(codes(both.corrected().warnings())).containsExactly("CONFIG-1033");
        assertThat(both.flink().warnings()).isEmpty();
    }

    @Test
    void unknownKeysAreReportedAndAreErrorsOnDemand() {
        Map<String, Object> job = Map.of("state.backend.tpye", "rocksdb");
        Both both =
                resolve(CompatibilityProfile.FLINK_2_3, Map.of(), job)
                        .differBy(Correction.UNKNOWN_KEYS_REPORTED);
        assertThat(both.corrected().warnings().get(0).summary())
                .contains("Did you mean 'state.backend.type'?");
        assertThat(both.flink().warnings()).isEmpty();
        Both strict =
                resolve(CompatibilityProfile.FLINK_2_3, Map.of(ApiOptions.STRICT.key(), true), job);
        assertThat(codes(strict.corrected().problems())).containsExactly("CONFIG-1030");
        assertThat(strict.flink().problems()).isEmpty();
    }

    @Test
    void allProblemsAreReportedTogether() {
        Both both =
                resolve(
                                CompatibilityProfile.FLINK_2_3,
                                Map.of(
                                        TYPE,
                                        "rocksdbb",
                                        DIR,
                                        "/no/scheme",
                                        "execution.checkpointing.create-subdir",
                                        "perhaps"),
                                Map.of())
                        .differBy(Correction.PROBLEMS_TOGETHER);
        assertThat(codes(both.corrected().problems()))
                .containsExactly("CONFIG-1010", "STORAGE-5003", "CONFIG-1001");
        assertThat(codes(both.flink().problems())).containsExactly("CONFIG-1010");
        assertThat(both.corrected().problems())
                .allSatisfy(
                        problem -> {
                            assertThat(problem.category()).isEqualTo(Problem.Category.USER);
                            assertThat(problem.details())
                                    .anyMatch(detail -> detail.label().equals("set by"));
                            assertThat(problem.advice()).isNotEmpty();
                        });
    }
}

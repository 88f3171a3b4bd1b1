package io.holdfast.config.resolve;

import static io.holdfast.config.resolve.Fixture.cluster;
import static io.holdfast.config.resolve.Fixture.job;
import static io.holdfast.config.resolve.Fixture.resolve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.Configuration;
import io.holdfast.api.error.Problem;
import io.holdfast.config.profile.Correction;
import io.holdfast.config.resolve.Choice.Source;
import io.holdfast.config.resolve.Explanation.Decision;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which state backend and checkpoint storage settings mean. */
class ChoicesTest {
    private static final String DIR = "execution.checkpointing.dir=file:///cp";

    @ParameterizedTest
    @CsvSource({
        // backend, storage, directory -> backend, storage, chosen by
        ",           , false,     hashmap, jobmanager, DEFAULT",
        ",           ,           true, hashmap, filesystem, DEFAULT",
        "hashmap,    , false,     hashmap, jobmanager, DEFAULT",
        "rocksdb,    , false,     rocksdb, jobmanager, DEFAULT",
        "rocksdb,    ,           true, rocksdb, filesystem, DEFAULT",
        "rocksdb,    jobmanager, true, rocksdb, jobmanager, OPTION",
        "rocksdb,    filesystem, true, rocksdb, filesystem, OPTION",
        "RocksDB,    FileSystem, true, rocksdb, filesystem, OPTION",
        "' rocksdb ',' jobmanager', false, rocksdb, jobmanager, OPTION",
        "jobmanager, , false,     hashmap, jobmanager, BACKEND",
        "jobmanager, ,           true, hashmap, jobmanager, BACKEND",
        "jobmanager, filesystem, true, hashmap, filesystem, OPTION",
        "filesystem, ,           true, hashmap, filesystem, BACKEND",
        "FILESYSTEM, ,           true, hashmap, filesystem, BACKEND",
        "filesystem, jobmanager, false,     hashmap, jobmanager, OPTION"
    })
    void namesAndDirectoryDecide(
            String backend,
            String storage,
            boolean dir,
            String resolved,
            String at,
            Source source) {
        ResolvedState state =
                resolve(
                                cluster(
                                        backend == null ? "a=b" : "state.backend=" + backend,
                                        storage == null
                                                ? "c=d"
                                                : "execution.checkpointing.storage=" + storage,
                                        dir ? DIR : "e=f"))
                        .orThrow();
        assertThat(state.backend().name()).isEqualTo(resolved);
        assertThat(state.storage().name()).isEqualTo(at);
        assertThat(state.storage().source()).isEqualTo(source);
        assertThat(state.checkpointDirectory().isPresent()).isEqualTo(dir);
    }

    @Test
    void namesAreComparedWithoutRegardToTheLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            ResolvedState state = resolve(cluster("state.backend=FILESYSTEM", DIR)).orThrow();
            assertThat(state.storage().name()).isEqualTo("filesystem");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void savepointDirectoryDoesNotStandInForTheCheckpointDirectory() {
        ResolvedState state = resolve(cluster("state.savepoints.dir=file:///sp")).orThrow();
        assertThat(state.storage().name()).isEqualTo("jobmanager");
        assertThat(state.checkpointDirectory()).isEmpty();
        assertThat(state.savepointDirectory()).contains("file:///sp");
    }

    @ParameterizedTest
    @CsvSource({
        "state.checkpoints.dir",
        "state.backend.fs.checkpointdir",
        "execution.checkpointing.dir"
    })
    void everySpellingOfTheDirectoryCounts(String key) {
        ResolvedState state = resolve(cluster(key + "=hdfs://nn:40010/cp")).orThrow();
        assertThat(state.storage().name()).isEqualTo("filesystem");
        assertThat(state.checkpointDirectory()).contains("hdfs://nn:40010/cp");
    }

    @Test
    void unknownBackendIsToldWithWhatIsInstalled() {
        assertThatThrownBy(() -> resolve(cluster("a=b", "state.backend=rocksdbb")).orThrow())
                .hasMessage(
                        """
                        CONFIG-1010 No state backend named 'rocksdbb'. Did you mean 'rocksdb'?
                          set by     state.backend = rocksdbb   (cluster.yaml, line 2)
                          installed  hashmap, rocksdb   (class path)
                          do         correct the name, or install the module that provides it""");
    }

    @Test
    void legacyNamesAreSuggestedToo() {
        assertThat(problem(resolve(cluster("state.backend=filesytem"))).summary())
                .endsWith("Did you mean 'filesystem'?");
    }

    @Test
    void backendOfTheProductThatIsNotInstalledIsToldWithItsModule() {
        Catalog heapOnly =
                new Catalog(
                        Fixture.CATALOG.backends().subList(0, 1),
                        Fixture.CATALOG.storages(),
                        ApiOptions.all(),
                        "/opt/modules: 2 jars");
        Resolution resolution =
                new Resolver(heapOnly)
                        .resolve(ResolveRequest.of(List.of(cluster("state.backend.type=rocksdb"))));
        assertThat(problem(resolution))
                .hasToString(
                        """
                        CONFIG-1010 No state backend named 'rocksdb'.
                          set by     state.backend.type = rocksdb   (cluster.yaml, line 1)
                          installed  hashmap   (/opt/modules: 2 jars)
                          do         install the module holdfast-backend-rocksdb, which provides it""");
    }

    @Test
    void unknownStorageIsToldWithWhatIsInstalled() {
        assertThat(problem(resolve(job("execution.checkpointing.storage=jobmanger"))))
                .hasToString(
                        """
                        CONFIG-1011 No checkpoint storage named 'jobmanger'. Did you mean 'jobmanager'?
                          set by     execution.checkpointing.storage = jobmanger   (job.yaml, line 1)
                          installed  filesystem, jobmanager   (class path)
                          do         correct the name, or install the module that provides it""");
    }

    @Test
    void emptyNameIsNotTheDefault() {
        assertThat(problem(resolve(cluster("state.backend="))).summary())
                .isEqualTo("No state backend named ''.");
    }

    @Test
    void filesystemWithoutADirectoryIsAnErrorHoweverItWasChosen() {
        assertThat(problem(resolve(cluster("state.backend=filesystem"))))
                .hasToString(
                        """
                        CONFIG-1012 The checkpoint storage 'filesystem' needs a directory; none is set.
                          chosen by  the name of the backend means it: state.backend = filesystem   (cluster.yaml, line 1)
                          searched   execution.checkpointing.dir, state.checkpoints.dir, state.backend.fs.checkpointdir
                          differs    filesystem-needs-directory: The backend name 'filesystem' without a checkpoint directory is an error.
                          do         set execution.checkpointing.dir to a URI such as file:///var/checkpoints, or the storage to 'jobmanager'""");
        assertThat(problem(resolve(cluster("execution.checkpointing.storage=filesystem"))))
                .hasToString(
                        """
                        CONFIG-1012 The checkpoint storage 'filesystem' needs a directory; none is set.
                          chosen by  execution.checkpointing.storage = filesystem   (cluster.yaml, line 1)
                          searched   execution.checkpointing.dir, state.checkpoints.dir, state.backend.fs.checkpointdir
                          do         set execution.checkpointing.dir to a URI such as file:///var/checkpoints, or the storage to 'jobmanager'""");
    }

    @Test
    void emptyDirectoryIsAnError() {
        assertThat(problem(resolve(job("execution.checkpointing.dir= "))))
                .hasToString(
                        """
                        STORAGE-5003 ' ' cannot be used as a checkpoint directory: it has no scheme.
                          set by    execution.checkpointing.dir =     (job.yaml, line 1)
                          expected  scheme, optional authority, and a path below the root
                          do        write it as file:///data/checkpoints, hdfs://namenode:40010/checkpoints or s3://bucket/checkpoints""");
    }

    @Test
    void objectsSetInCodeTakeThePlaceOfNamesAndJobOptionsReachThem() {
        ResolveRequest request =
                ResolveRequest.of(
                                List.of(
                                        cluster("state.backend=no-such", DIR),
                                        job("state.backend.rocksdb.thread.num=9")))
                        .withBackend(
                                new SetInCode(
                                        "rocksdb", "env.setStateBackend", new Configuration()))
                        .withStorage(
                                new SetInCode(
                                        "filesystem",
                                        "env.setCheckpointStorage",
                                        new Configuration()
                                                .set(
                                                        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                                                        "file:///code")));
        Resolution resolution = new Resolver(Fixture.CATALOG).resolve(request);
        ResolvedState state = resolution.orThrow();
        assertThat(state.backend().name()).isEqualTo("rocksdb");
        assertThat(state.backend().source()).isEqualTo(Source.CODE);
        assertThat(state.backend().configuration().get(Fixture.THREADS)).isEqualTo(9);
        assertThat(state.storage().source()).isEqualTo(Source.CODE);
        assertThat(state.checkpointDirectory()).contains("file:///code");
        assertThat(resolution.explanation().decisions())
                .containsExactly(
                        new Decision(
                                "state backend",
                                "rocksdb",
                                "env.setStateBackend   (code); not looked at: state.backend = no-such"
                                        + "   (cluster.yaml, line 1)",
                                List.of(Correction.JOB_OPTIONS_REACH_CODE)),
                        new Decision(
                                "checkpoint storage",
                                "filesystem",
                                "env.setCheckpointStorage   (code)",
                                List.of()));
    }

    @Test
    void objectOfAnUnknownKindIsNotLookedUp() {
        ResolveRequest request =
                ResolveRequest.of(List.of())
                        .withBackend(
                                new SetInCode("mine", "env.setStateBackend", new Configuration()));
        ResolvedState state = new Resolver(Fixture.CATALOG).resolve(request).orThrow();
        assertThat(state.backend().name()).isEqualTo("mine");
        assertThat(state.storage().name()).isEqualTo("jobmanager");
    }

    private static Problem problem(Resolution resolution) {
        assertThat(resolution.problems()).hasSize(1);
        return resolution.problems().get(0);
    }
}

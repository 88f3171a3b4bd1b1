package io.holdfast.config.resolve;

import static io.holdfast.config.resolve.Fixture.cluster;
import static io.holdfast.config.resolve.Fixture.job;
import static io.holdfast.config.resolve.Fixture.resolve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ConfigOptions;
import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.CoreOptions;
import io.holdfast.api.config.FsStateChangelogOptions;
import io.holdfast.api.config.PipelineOptions;
import io.holdfast.api.config.RestartStrategyOptions;
import io.holdfast.api.config.Secret;
import io.holdfast.api.config.StateBackendOptions;
import io.holdfast.api.config.StateChangelogOptions;
import io.holdfast.api.config.StateLatencyTrackOptions;
import io.holdfast.api.config.StateRecoveryOptions;
import io.holdfast.api.config.StateSizeTrackOptions;
import io.holdfast.api.error.Problem;
import io.holdfast.config.layer.Entry;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.layer.Origin;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolverTest {

    @Test
    void allProblemsAreToldTogether() {
        Resolution resolution =
                resolve(
                        cluster(
                                "state.backend.type=rocksdbb",
                                "execution.checkpointing.interval=5 ms",
                                "execution.checkpointing.incremental=maybe"),
                        job("execution.checkpointing.storage=filesystem"));
        assertThatThrownBy(resolution::orThrow)
                .hasMessage(
                        """
                        CONFIG-1000 The configuration has 4 problems.
                          1  CONFIG-1010 No state backend named 'rocksdbb'. Did you mean 'rocksdb'?
                               set by     state.backend.type = rocksdbb   (cluster.yaml, line 1)
                               installed  hashmap, rocksdb   (class path)
                               do         correct the name, or install the module that provides it
                          2  CONFIG-1012 The checkpoint storage 'filesystem' needs a directory; none is set.
                               chosen by  execution.checkpointing.storage = filesystem   (job.yaml, line 1)
                               searched   execution.checkpointing.dir, state.checkpoints.dir, state.backend.fs.checkpointdir
                               do         set execution.checkpointing.dir to a URI such as file:///var/checkpoints, or the storage to 'jobmanager'
                          3  CONFIG-1001 The value of execution.checkpointing.incremental is unreadable: 'maybe'.
                               set by    execution.checkpointing.incremental = maybe   (cluster.yaml, line 3)
                               because   it is neither true nor false
                               expected  boolean
                               do        correct the value
                          4  CONFIG-1002 The value of execution.checkpointing.interval is out of range: '5 ms'.
                               set by    execution.checkpointing.interval = 5 ms   (cluster.yaml, line 2)
                               expected  at least 10 ms, or 0 for no periodic checkpoints
                               do        correct the value""");
    }

    @Test
    void badValueOfAModuleThatIsNotInUseIsOnlyAWarning() {
        Layer layer = cluster("state.backend.rocksdb.thread.num=many");
        Resolution heap = resolve(layer);
        assertThat(heap.problems()).isEmpty();
        assertThat(heap.warnings()).extracting(Problem::code).containsExactly("CONFIG-1001");
        Resolution rocks = resolve(layer, job("state.backend.type=rocksdb"));
        assertThat(rocks.problems()).extracting(Problem::code).containsExactly("CONFIG-1001");
    }

    @Test
    void optionsOfAStorageThatIsNotInUseHarmNobody() {
        Layer layer = cluster("execution.checkpointing.data-inline-threshold=2 mb");
        assertThat(resolve(layer).problems()).isEmpty();
        assertThat(resolve(layer, job("state.checkpoints.dir=file:///cp")).problems())
                .extracting(Object::toString)
                .containsExactly(
                        """
                        CONFIG-1002 The value of execution.checkpointing.data-inline-threshold is out of range: '2 mb'.
                          set by    execution.checkpointing.data-inline-threshold = 2 mb   (cluster.yaml, line 1)
                          expected  at most 1 mb
                          differs   threshold-checked: An inline threshold over 1 mb is an error; it is not replaced by the default.
                          do        correct the value""");
    }

    @Test
    void aSettingThatHasNoEffectIsAWarningUnlessItIsTheDefault() {
        assertThat(resolve(cluster("execution.checkpointing.unaligned=true")).warnings())
                .extracting(Problem::code)
                .containsExactlyInAnyOrder("CONFIG-1031", "CONFIG-1034");
        Resolution asked = resolve(cluster("state.size-track.keyed-state-enabled=true"));
        assertThat(asked.problems()).isEmpty();
        assertThat(asked.warnings())
                .extracting(Object::toString)
                .containsExactly(
                        """
                        CONFIG-1034 'state.size-track.keyed-state-enabled' has no effect here.
                          set by   state.size-track.keyed-state-enabled = true   (cluster.yaml, line 1)
                          because  The engine does not measure it yet.
                          do       remove it, or keep it for Flink""");
        assertThat(resolve(cluster("state.size-track.sample-interval=100")).warnings()).isEmpty();
    }

    @Test
    void misspeltKeyUnderOurPrefixesIsAWarningWithASuggestion() {
        Resolution resolution = resolve(cluster("state.backend.rocksdb.thraed.num=4"));
        assertThat(resolution.problems()).isEmpty();
        assertThat(resolution.warnings())
                .extracting(Object::toString)
                .containsExactly(
                        """
                        CONFIG-1030 No installed module reads 'state.backend.rocksdb.thraed.num'. Did you mean 'state.backend.rocksdb.thread.num'?
                          set by  state.backend.rocksdb.thraed.num = 4   (cluster.yaml, line 1)
                          do      correct the key, install the module that reads it, or remove it""");
    }

    @ParameterizedTest
    @CsvSource({
        "state.nothing.like.it, true",
        "execution.checkpointing.intervall, true",
        "restart-strategy.failure-rate.delay, true",
        "State.Backend.Type, true",
        "sate.backend.type, true",
        "state.backend.rocksdb.tags.any, false",
        "state.checkpoints.dir, false",
        "my.own.key, false",
        "pipeline.nane, false"
    })
    void onlyKeysThatSeemToBeOursAreReportedAsUnknown(String key, boolean reported) {
        List<Problem> warnings = resolve(cluster(key + "=x")).warnings();
        assertThat(warnings.stream().anyMatch(warning -> warning.code().equals("CONFIG-1030")))
                .isEqualTo(reported);
    }

    @Test
    void strictConfigurationMakesUnknownKeysErrors() {
        Resolution resolution =
                resolve(
                        cluster("config.strict=true", "state.bakend.type=rocksdb"),
                        job("state.nothing=1"));
        assertThat(resolution.problems()).extracting(Problem::code).containsOnly("CONFIG-1030");
        assertThat(resolution.problems()).hasSize(2);
        assertThat(resolve(cluster("state.nothing=1"), job("config.strict=false")).problems())
                .isEmpty();
    }

    @Test
    void formerKeyIsReportedWithThePresentOne() {
        assertThat(resolve(cluster("state.backend=rocksdb")).warnings())
                .extracting(Object::toString)
                .containsExactly(
                        """
                        CONFIG-1031 'state.backend' is a former key of 'state.backend.type'.
                          set by  state.backend = rocksdb   (cluster.yaml, line 1)
                          do      write state.backend.type""");
    }

    @Test
    void explanationTellsWhatHoldsAndWhy() {
        Resolution resolution =
                resolve(
                        cluster(
                                "state.backend= FILESYSTEM",
                                "execution.checkpointing.num-retained=3",
                                "execution.checkpointing.dir=file:///cp"),
                        job("state.checkpoints.num-retained=5", "my.own=1"));
        assertThat(resolution.explanation().text(false))
                .isEqualTo(
                        """
                        state backend: hashmap
                            because  state.backend =  FILESYSTEM   (cluster.yaml, line 1)
                            differs  names-trimmed: Blanks around the names of backends and storages are dropped, and case is compared without regard to the locale.
                            differs  legacy-names: The backend names 'jobmanager' and 'filesystem' and the factory classes of legacy backends mean a backend with that storage; a storage that is chosen explicitly is honoured.
                        checkpoint storage: filesystem
                            because  the name of the backend means it: state.backend =  FILESYSTEM   (cluster.yaml, line 1)
                            differs  legacy-names: The backend names 'jobmanager' and 'filesystem' and the factory classes of legacy backends mean a backend with that storage; a storage that is chosen explicitly is honoured.
                        execution.checkpointing.dir = file:///cp   (cluster.yaml, line 3)
                        execution.checkpointing.num-retained = 5   (job.yaml, line 1)
                            written  state.checkpoints.num-retained
                            beats    3   (cluster.yaml, line 2)
                            differs  higher-layer-wins: A former key in a higher layer beats the present key in a lower one.
                        my.own = 1   (job.yaml, line 2)
                            unknown  no option has this key
                        state.backend.type =  FILESYSTEM   (cluster.yaml, line 1)
                            written  state.backend
                        """);
        assertThat(resolution.explanation().text(true))
                .contains("execution.checkpointing.timeout = 10 min   (default)\n");
    }

    @Test
    void optionThatTheResolverDoesNotKnowIsReadWithItsOrigin() {
        ConfigOption<Integer> own = ConfigOptions.key("my.size").intType().defaultValue(1);
        ResolvedState state = resolve(cluster("a=b", "my.size=x")).orThrow();
        assertThatThrownBy(() -> state.configuration().get(own))
                .hasMessageContaining("set by    my.size = x   (cluster.yaml, line 2)");
    }

    @Test
    void secretsAppearInNoOutput() {
        Secret secret = Secret.of("hunter2");
        List<Entry> entries =
                Stream.of(
                                "state.backend.type",
                                "execution.checkpointing.storage",
                                "execution.checkpointing.dir",
                                "execution.checkpointing.interval",
                                "state.backend.rocksdb.thread.num",
                                "state.backend.rocksdb.encryption-key",
                                "state.backend.rocksdb.tags",
                                "state.backend.rocksdb.tags.a",
                                "state.unknown",
                                "my.own")
                        .map(key -> new Entry(key, secret, Origin.ofFile("c.yaml", 1)))
                        .toList();
        Entry plainSecret = new Entry("s3.secret-key", "hunter2", Origin.ofFile("c.yaml", 2));
        Entry plainKey = new Entry(Fixture.KEY.key(), "hunter2", Origin.ofFile("c.yaml", 3));
        Entry plainUnknown =
                new Entry("state.fs.account_key", "hunter2", Origin.ofFile("c.yaml", 4));
        Resolution resolution =
                resolve(
                        new Layer(Level.CLUSTER, entries),
                        new Layer(Level.JOB, List.of(plainSecret, plainKey, plainUnknown)));
        assertThat(resolution.problems()).isNotEmpty();
        assertThat(resolution.problems().toString()).doesNotContain("hunter2");
        assertThat(resolution.warnings().toString()).doesNotContain("hunter2");
        assertThat(resolution.explanation().text(true)).doesNotContain("hunter2");
        assertThat(resolution.explanation().toString()).doesNotContain("hunter2");
        assertThat(resolution.explanation().decisions().toString()).doesNotContain("hunter2");
    }

    @Test
    void resolvingTwiceGivesTheSame() {
        Resolver resolver = new Resolver(Fixture.CATALOG);
        ResolveRequest request =
                ResolveRequest.of(
                        List.of(
                                Layer.of(
                                        Level.JOB,
                                        new Configuration().setString("state.backend", "rocksdb"),
                                        Origin.ofConfiguration("job configuration"))));
        assertThat(resolver.resolve(request).explanation())
                .isEqualTo(resolver.resolve(request).explanation());
    }

    @Test
    void everyOptionOfTheApiIsReadByTheEngineOrByAStorageOfFiles() {
        List<ConfigOption<?>> declared =
                Stream.of(
                                CheckpointingOptions.class,
                                CoreOptions.class,
                                FsStateChangelogOptions.class,
                                PipelineOptions.class,
                                RestartStrategyOptions.class,
                                StateBackendOptions.class,
                                StateChangelogOptions.class,
                                StateLatencyTrackOptions.class,
                                StateRecoveryOptions.class,
                                StateSizeTrackOptions.class,
                                ApiOptions.class)
                        .flatMap(type -> Arrays.stream(type.getFields()))
                        .filter(field -> Modifier.isStatic(field.getModifiers()))
                        .<ConfigOption<?>>map(
                                field -> {
                                    try {
                                        return (ConfigOption<?>) field.get(null);
                                    } catch (IllegalAccessException e) {
                                        throw new AssertionError(e);
                                    }
                                })
                        .toList();
        assertThat(
                        Stream.concat(
                                ApiOptions.all().stream(),
                                Fixture.CATALOG.storages().get(0).options().stream()))
                .containsExactlyInAnyOrderElementsOf(declared);
    }
}

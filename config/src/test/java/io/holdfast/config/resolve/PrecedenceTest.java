package io.holdfast.config.resolve;

import static io.holdfast.config.resolve.Fixture.file;
import static io.holdfast.config.resolve.Fixture.layer;
import static io.holdfast.config.resolve.Fixture.levels;
import static io.holdfast.config.resolve.Fixture.resolve;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ValueType;
import io.holdfast.config.layer.Level;
import io.holdfast.config.layer.Origin;
import io.holdfast.config.profile.Correction;
import io.holdfast.config.resolve.Explanation.Beaten;
import io.holdfast.config.resolve.Explanation.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers before spellings, later before earlier: for every pair of levels, for every spelling. */
class PrecedenceTest {
    private static final ConfigOption<Integer> RETAINED =
            CheckpointingOptions.MAX_RETAINED_CHECKPOINTS;
    private static final String NEW = RETAINED.key();
    private static final String OLD = RETAINED.formerKeys().get(0);

    @ParameterizedTest
    @MethodSource("pairs")
    void higherLayerWinsInWhateverSpelling(Level low, Level high, String lowKey, String highKey) {
        Resolution resolution =
                resolve(layer(high, highKey + "=7"), layer(low, "pipeline.name=x", lowKey + "=3"));
        assertThat(resolution.orThrow().configuration().get(RETAINED)).isEqualTo(7);
        Setting setting = resolution.explanation().setting(NEW).orElseThrow();
        assertThat(setting.value()).isEqualTo("7");
        assertThat(setting.origin()).isEqualTo(Origin.ofFile(file(high), 1));
        assertThat(setting.beaten())
                .containsExactly(new Beaten(lowKey, "3", Origin.ofFile(file(low), 2)));
        assertThat(setting.corrections().contains(Correction.HIGHER_LAYER_WINS))
                .isEqualTo(highKey.equals(OLD) && lowKey.equals(NEW));
    }

    static Stream<Arguments> pairs() {
        List<Arguments> pairs = new ArrayList<>();
        for (Level low : levels()) {
            for (Level high : levels()) {
                if (low.compareTo(high) < 0) {
                    for (String lowKey : List.of(NEW, OLD)) {
                        for (String highKey : List.of(NEW, OLD)) {
                            pairs.add(Arguments.of(low, high, lowKey, highKey));
                        }
                    }
                }
            }
        }
        return pairs.stream();
    }

    /** For every documented option: the file says one thing, the code another. */
    @ParameterizedTest
    @MethodSource("options")
    void codeWinsOverFileForEveryOption(ConfigOption<?> option, String inFile, String inCode) {
        Resolution resolution =
                resolve(
                        layer(Level.CODE, option.key() + "=" + inCode),
                        layer(Level.CLUSTER, option.key() + "=" + inFile));
        Setting setting = resolution.explanation().setting(option.key()).orElseThrow();
        assertThat(setting.value()).isEqualTo(inCode);
        assertThat(setting.beaten()).extracting(Beaten::value).containsExactly(inFile);
        assertThat(resolution.problems()).isEmpty();
        assertThat(ValueType.text(resolution.orThrow().configuration().get(option)))
                .isEqualTo(inCode);
    }

    static Stream<Arguments> options() {
        return Stream.concat(
                        ApiOptions.all().stream(),
                        Fixture.CATALOG.storages().get(0).options().stream())
                .map(
                        option -> {
                            List<String> samples = samples(option);
                            assertThat(samples).as(option.key()).hasSize(2);
                            return Arguments.of(option, samples.get(0), samples.get(1));
                        });
    }

    private static List<String> samples(ConfigOption<?> option) {
        List<String> candidates =
                new ArrayList<>(
                        List.of(
                                "hashmap",
                                "rocksdb",
                                "none",
                                "fixed-delay",
                                "jobmanager",
                                "filesystem",
                                "0",
                                "3",
                                "5",
                                "10 s",
                                "20 s",
                                "2 kb",
                                "4 kb",
                                "1.5",
                                "2.5",
                                "0.5",
                                "0.7"));
        candidates.addAll(0, option.type().choices());
        if (option.key().matches(".*[.-]dir")) {
            return List.of("file:///a", "file:///b");
        }
        if (option == CheckpointingOptions.CHECKPOINT_STORAGE) {
            return List.of("filesystem", "jobmanager");
        }
        return candidates.stream()
                .filter(text -> readsBackAs(option, text))
                .distinct()
                .limit(2)
                .toList();
    }

    private static boolean readsBackAs(ConfigOption<?> option, String text) {
        try {
            return ValueType.text(option.read(text, option.key(), "")).equals(text);
        } catch (RuntimeException e) {
            return false;
        }
    }

    @Test
    void defaultsHoldWhereNothingIsSet() {
        Resolution resolution = resolve();
        Setting setting = resolution.explanation().setting(NEW).orElseThrow();
        assertThat(setting.isDefault()).isTrue();
        assertThat(setting.origin()).hasToString("default");
        assertThat(setting.value()).isEqualTo("1");
        assertThat(resolution.orThrow().configuration().getOptional(RETAINED)).isEmpty();
        assertThat(resolution.orThrow().configuration().get(RETAINED)).isEqualTo(1);
    }

    @Test
    void ofTwoLayersOfALevelTheLaterWinsAndInALayerTheLaterLine() {
        Resolution resolution =
                resolve(
                        layer(Level.PROCESS, NEW + "=1", NEW + "=2"),
                        layer(Level.PROCESS, OLD + "=3", OLD + "=4"));
        Setting setting = resolution.explanation().setting(NEW).orElseThrow();
        assertThat(setting.value()).isEqualTo("4");
        assertThat(setting.writtenAs()).contains(OLD);
        assertThat(setting.beaten()).extracting(Beaten::value).containsExactly("3", "2", "1");
    }

    @Test
    void inOneLayerThePresentKeyWinsAndTheShadowedOneIsReported() {
        Resolution resolution = resolve(layer(Level.CLUSTER, NEW + "=2", OLD + "=3"));
        assertThat(resolution.orThrow().configuration().get(RETAINED)).isEqualTo(2);
        assertThat(resolution.warnings())
                .extracting(Object::toString)
                .containsExactly(
                        """
                        CONFIG-1032 'execution.checkpointing.num-retained' is set under two of its keys, to different values.
                          in force  execution.checkpointing.num-retained = 2   (cluster.yaml, line 1)
                          ignored   state.checkpoints.num-retained = 3   (cluster.yaml, line 2)
                          do        remove one of them""");
        assertThat(resolve(layer(Level.CLUSTER, NEW + "=2", OLD + "=2")).warnings()).isEmpty();
    }

    @Test
    void mapsOfSeveralLayersAreMergedKeyByKey() {
        Resolution resolution =
                resolve(
                        layer(Level.CLUSTER, Fixture.TAGS.key() + "=a:1,b:2", "c.d=x"),
                        layer(Level.PROCESS, "state.rocksdb-tags.b=3"),
                        layer(Level.JOB, Fixture.TAGS.key() + ".c.d=4"));
        assertThat(resolution.orThrow().configuration().get(Fixture.TAGS))
                .isEqualTo(Map.of("a", "1", "b", "3", "c.d", "4"));
        assertThat(resolution.explanation().setting(Fixture.TAGS.key()).orElseThrow().origin())
                .isEqualTo(Origin.ofFile("job.yaml", 1));
        Resolution replaced =
                resolve(
                        layer(Level.CLUSTER, Fixture.TAGS.key() + ".a=1"),
                        layer(Level.JOB, Fixture.TAGS.key() + "=b:2"));
        assertThat(replaced.orThrow().configuration().get(Fixture.TAGS))
                .isEqualTo(Map.of("b", "2"));
    }
}

package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.layer.Origin;
import io.holdfast.host.ModuleReport;
import io.holdfast.runtime.connector.CollectSink;
import io.holdfast.runtime.metrics.JobStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What jobs find around them: modules of the class path, a folder over it, other jobs. */
class LocalPlatformTest {
    @TempDir Path directory;

    private static LocalPlatform open(Level level, String... keysAndValues) {
        Configuration settings = new Configuration();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.setString(keysAndValues[i], keysAndValues[i + 1]);
        }
        return LocalPlatform.open(
                LocalPlatformTest.class.getClassLoader(),
                List.of(Layer.of(level, settings, Origin.ofConfiguration("the test"))));
    }

    @Test
    void aProgramHasNoFolderOfModulesUntilItIsTold() {
        try (LocalPlatform platform = open(Level.CLUSTER)) {
            assertThat(platform.folder()).isEmpty();
            assertThat(platform.catalog().options())
                    .extracting(option -> option.key())
                    .contains("modules.dir", "modules.trust");
        }
    }

    @Test
    void theFolderThatIsSetIsWatched() throws IOException {
        try (LocalPlatform platform = open(Level.CLUSTER, "modules.dir", directory.toString())) {
            assertThat(platform.folder().orElseThrow().folder()).isEqualTo(directory.toRealPath());
            Files.writeString(directory.resolve("no.jar"), "this is no jar");
            platform.folder().orElseThrow().settle();
            assertThat(platform.modules().modules())
                    .filteredOn(each -> each.state() == ModuleReport.State.FAILED)
                    .extracting(ModuleReport::name)
                    .containsExactly("no.jar");
        }
    }

    @Test
    void whatAJobSetsIsNotAsked() {
        try (LocalPlatform platform = open(Level.JOB, "modules.dir", directory.toString())) {
            assertThat(platform.folder()).isEmpty();
        }
    }

    @Test
    void aFolderThatIsMissingAndATrustThatIsNoneAreTold() {
        String nowhere = directory.resolve("nowhere").toString();
        assertThatThrownBy(() -> open(Level.CLUSTER, "modules.dir", nowhere))
                .hasMessageStartingWith("MODULE-2020")
                .hasMessageContaining("modules.dir = " + nowhere);
        assertThatThrownBy(
                        () ->
                                open(
                                        Level.CLUSTER,
                                        "modules.dir",
                                        directory.toString(),
                                        "modules.trust",
                                        "everybody"))
                .hasMessageContaining("any, signed, digest-list");
    }

    @Test
    void aJobIsListedAsLongAsItRunsAndUsesModulesUnderItsName() {
        Semaphore allowed = new Semaphore(0);
        CollectSink.Results<String> results = new CollectSink.Results<>();
        try (LocalPlatform platform =
                open(Level.CLUSTER, "execution.checkpointing.storage", "jobmanager")) {
            StreamExecutionEnvironment env =
                    StreamExecutionEnvironment.getExecutionEnvironment(platform);
            env.fromCollection(List.of("to", "be"))
                    .map(
                            word -> {
                                allowed.acquireUninterruptibly();
                                return word;
                            })
                    .sinkTo(results.sink(Serializers.STRING));
            JobClient job = env.executeAsync("patient");
            assertThat(platform.jobs()).containsExactly(job);
            assertThat(platform.modules().modules())
                    .filteredOn(each -> each.users().contains("job patient"))
                    .hasSize(2);
            allowed.release(2);
            assertThat(job.await().status()).isEqualTo(JobStatus.FINISHED);
            Awaitility.await().until(() -> platform.jobs().isEmpty());
            assertThat(platform.modules().modules())
                    .allSatisfy(each -> assertThat(each.users()).isEmpty());
        }
    }
}

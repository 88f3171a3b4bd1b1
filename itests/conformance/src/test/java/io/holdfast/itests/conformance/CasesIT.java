package io.holdfast.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.holdfast.config.profile.CompatibilityProfile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every measured configuration comes out as it does in the Flink it was measured with. */
class CasesIT {
    private static final int SHOWN = 20;

    @ParameterizedTest
    @CsvSource({
        "config-cases-flink-1.12.jsonl, flink-1.12, 829",
        "config-cases-flink-1.20.jsonl, flink-1.20, 2474",
        "config-cases-flink-2.3.jsonl, flink-2.3, 1971"
    })
    void configurationsMeanWhatTheyMeanToFlink(String file, String profile, int cases)
            throws Exception {
        Report report = Report.of(Shared.cases(file), CompatibilityProfile.named(profile));
        System.out.println(report.text(SHOWN));
        assertThat(report.failures()).as(report.text(SHOWN)).isZero();
        assertThat(report.passes()).isEqualTo(cases);
    }

    @Test
    void anotherFileOfCasesCanBeRun() throws Exception {
        String file = System.getProperty("conformance.cases", "");
        assumeFalse(file.isEmpty(), "skipped: -Dconformance.cases names no file");
        CompatibilityProfile profile =
                CompatibilityProfile.named(System.getProperty("conformance.profile"));
        Report report = Report.of(Path.of(file), profile);
        System.out.println(report.text(SHOWN));
        assertThat(report.failures()).as(report.text(SHOWN)).isZero();
    }
}

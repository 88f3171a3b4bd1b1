package io.holdfast.toolkit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.error.HoldfastException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Locations read as Flink reads them, and refused with the reason. */
class CheckpointLocationTest {
    private static URI parse(String text) {
        return CheckpointLocation.parse(text, "execution.checkpointing.dir");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file:///data/checkpoints          | file:/data/checkpoints",
                "file:/data/checkpoints/           | file:/data/checkpoints",
                "file:////data//checkpoints///     | file:/data/checkpoints",
                "FILE:///data                      | FILE:/data",
                "file:///a/./b/../c                | file:/a/c",
                "file:///../data                   | file:/../data",
                "file:\\\\\\data\\c                | file:/data/c",
                "hdfs://namenode:40010/flink/c     | hdfs://namenode:40010/flink/c",
                "s3://my_bucket/flink              | s3://my_bucket/flink",
                "file:///my data/c                 | file:/my%20data/c",
                "file:///a%20b                     | file:/a%2520b",
                "file:///a?b#c                     | file:/a%3Fb%23c",
            })
    void textIsReadAsFlinkReadsIt(String text, String expected) {
        assertThat(parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "\"\"|it is empty",
                "\" \"|it has no scheme",
                "/data|it has no scheme",
                " /data|it has no scheme",
                "data|it has no scheme",
                "C:\\data|it has no scheme",
                "a:b:c|it has no scheme",
                "/a:b|it has no scheme",
                " file:///data|' file' is not a scheme",
                ":/data|'' is not a scheme",
                "hdfs:x|its path 'x' does not start with a slash",
                "hdfs:|it has no path",
                "hdfs://namenode:40010|it is a root directory",
                "s3://bucket|it is a root directory",
                "file:///|it is a root directory",
                "file:/|it is a root directory",
                "file:///a/..|it is a root directory",
                "hdfs://namenode:40010/|it is a root directory",
                "hdfs://[::1/data|it is not a URI",
            })
    void textThatIsNoDirectoryIsRefusedWithTheReason(String text, String why) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("'" + text + "' cannot be used as a checkpoint directory: ")
                .hasMessageContaining(why)
                .hasMessageContaining("execution.checkpointing.dir");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/data            | it has no scheme",
                "mailto:someone   | it has no path",
                "file:///         | it is a root directory",
                "s3://bucket      | it is a root directory",
                "file:///a?b=c    | it has a query or a fragment"
            })
    void uriThatIsNoDirectoryIsRefused(String uri, String why) {
        assertThatThrownBy(() -> CheckpointLocation.check(URI.create(uri), "savepoint"))
                .hasMessageStartingWith("STORAGE-50")
                .hasMessageContaining(why);
    }

    @Test
    void uriIsNormalized() {
        assertThat(CheckpointLocation.check(URI.create("FILE:///a//b/../my%20c/"), "x"))
                .hasToString("FILE:/a/my%20c");
    }

    @Test
    void pointerMayBeALocalPathOrAUri() {
        String here = Path.of("").toAbsolutePath().toUri().getPath().replaceAll("/$", "");
        assertThat(CheckpointLocation.ofPointer("runs/my job/chk-1/").getPath())
                .isEqualTo(here + "/runs/my job/chk-1");
        assertThat(CheckpointLocation.ofPointer("./../x").getScheme()).isEqualTo("file");
        assertThat(CheckpointLocation.ofPointer("s3://b/chk-1")).hasToString("s3://b/chk-1");
    }

    @Test
    void childrenAndParentsKeepAuthorityAndOddNames() {
        URI directory = parse("hdfs://namenode:40010/a b");
        URI child = CheckpointLocation.child(directory, "c#d%");
        assertThat(child).hasToString("hdfs://namenode:40010/a%20b/c%23d%25");
        assertThat(CheckpointLocation.name(child)).isEqualTo("c#d%");
        assertThat(CheckpointLocation.parent(child)).isEqualTo(directory);
        assertThatThrownBy(() -> CheckpointLocation.child(directory, "../x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void belowMeansBelowAndNotBeside() {
        URI home = parse("file:///data/job");
        assertThat(CheckpointLocation.isBelow(URI.create("file:///data/job/a/b"), home)).isTrue();
        assertThat(CheckpointLocation.isBelow(URI.create("file:///data/job-evil/a"), home))
                .isFalse();
        assertThat(CheckpointLocation.isBelow(URI.create("file:///data/job/../x"), home)).isFalse();
        assertThat(CheckpointLocation.isBelow(home, home)).isFalse();
        assertThat(CheckpointLocation.isBelow(URI.create("s3://data/job/a"), home)).isFalse();
    }
}

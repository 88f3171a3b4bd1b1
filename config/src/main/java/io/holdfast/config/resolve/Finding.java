package io.holdfast.config.resolve;

import io.holdfast.api.error.Problem;
import io.holdfast.config.profile.Kind;
import io.holdfast.config.profile.Reader;
import io.holdfast.config.profile.Thrown;
import io.holdfast.spi.filesystem.DirectoryLocation;
import java.util.Map;
import java.util.Objects;

/**
 * A problem, and what Flink would make of it. Of several, Flink reports the first.
 *
 * @param reader who stumbles over it
 * @param kind what is wrong
 * @param thrown the sort of exception
 * @param problem the problem in this product's words
 */
public record Finding(Reader reader, Kind kind, Thrown thrown, Problem problem) {
    /** Code of the problem that a local directory is relative. */
    static final String RELATIVE = "CONFIG-1004";

    /** Code of the problem that a list of local directories is empty. */
    static final String NO_DIRECTORY = "CONFIG-1005";

    private static final Map<String, Kind> KINDS =
            Map.of(
                    "CONFIG-1001",
                    Kind.UNPARSABLE_VALUE,
                    "CONFIG-1002",
                    Kind.OPTION_OUT_OF_RANGE,
                    RELATIVE,
                    Kind.LOCAL_DIR_RELATIVE,
                    NO_DIRECTORY,
                    Kind.LOCAL_DIR_EMPTY,
                    "CONFIG-1012",
                    Kind.MISSING_CHECKPOINT_DIR,
                    "STORAGE-5004",
                    Kind.MISSING_CHECKPOINT_DIR,
                    DirectoryLocation.NO_SCHEME,
                    Kind.PATH_WITHOUT_SCHEME,
                    DirectoryLocation.INVALID,
                    Kind.INVALID_PATH,
                    DirectoryLocation.ROOT,
                    Kind.ROOT_DIRECTORY);

    /** What a value out of range is called, where it has a name of its own. */
    private static final Map<String, Kind> OUT_OF_RANGE =
            Map.of(
                    "state.backend.rocksdb.restore-overlap-fraction-threshold",
                    Kind.OVERLAP_FRACTION_OUT_OF_RANGE,
                    "state.backend.rocksdb.predefined-options",
                    Kind.UNKNOWN_ENUM_NAME);

    /** Refuses null parts. */
    public Finding {
        Objects.requireNonNull(reader, "reader");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(thrown, "thrown");
        Objects.requireNonNull(problem, "problem");
    }

    /**
     * A bad value.
     *
     * @param reader who reads it
     * @param problem what is wrong; its code tells the kind
     * @param key the present key of the option; empty if it is none in particular
     * @return the finding
     */
    public static Finding of(Reader reader, Problem problem, String key) {
        Kind kind = kind(problem, key);
        return new Finding(reader, kind, Thrown.by(reader, kind, key), problem);
    }

    static Finding of(Reader reader, Kind kind, Problem problem) {
        return new Finding(reader, kind, Thrown.by(reader, kind, ""), problem);
    }

    private static Kind kind(Problem problem, String key) {
        Kind kind = KINDS.getOrDefault(problem.code(), Kind.OTHER);
        return kind == Kind.OPTION_OUT_OF_RANGE ? OUT_OF_RANGE.getOrDefault(key, kind) : kind;
    }
}

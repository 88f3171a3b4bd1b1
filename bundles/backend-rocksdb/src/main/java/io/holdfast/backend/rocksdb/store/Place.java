package io.holdfast.backend.rocksdb.store;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.TableFormatConfig;

/**
 * Where a database is and whose it is, for messages.
 *
 * @param owner job, operator and subtask
 * @param directory the database's own
 */
public record Place(String owner, Path directory) {

    /** Explains what RocksDB refused. */
    HoldfastException failure(String doing, RocksDBException e) {
        Status status = e.getStatus();
        if (isDiskFull(e)) {
            return Problem.environment(
                            "STATE-3111",
                            "The disk is full: %s of '%s' failed.".formatted(doing, owner))
                    .with("directory", directory)
                    .with("free", free())
                    .with("used here", used())
                    .with("because", e.getMessage())
                    .advise(
                            "make room: as much again as is used here, since compaction writes new"
                                    + " files before it removes old ones; or give the job another"
                                    + " working directory")
                    .exception(e);
        }
        if (status != null && status.getCode() == Status.Code.Corruption) {
            return Problem.data(
                            "STATE-3113",
                            "The working files of '%s' are damaged: %s failed."
                                    .formatted(owner, doing))
                    .with("directory", directory)
                    .with("because", e.getMessage())
                    .advise("restore the job from its last checkpoint, and check the disk")
                    .exception(e);
        }
        if (status != null && status.getCode() == Status.Code.IOError) {
            return Problem.environment(
                            "STATE-3112", "The disk failed: %s of '%s'.".formatted(doing, owner))
                    .with("directory", directory)
                    .with("because", e.getMessage())
                    .advise("check disk, permissions and the limit of open files")
                    .exception(e);
        }
        return Problem.bug("STATE-3114", "RocksDB refused %s of '%s'.".formatted(doing, owner))
                .with("directory", directory)
                .with("because", e.getMessage())
                .exception(e);
    }

    /** Explains why the files of another database cannot be opened. */
    HoldfastException failureOfFiles(RocksDBException e) {
        Status status = e.getStatus();
        String message = String.valueOf(e.getMessage());
        boolean isDamage =
                status != null && status.getCode() == Status.Code.Corruption
                        || message.contains("No such file")
                        || message.contains("does not exist");
        return isDamage && !isDiskFull(e)
                ? damagedFiles(message).exception(e)
                : failure("opening the files", e);
    }

    HoldfastException foreignColumn(String found) {
        return damagedFiles("a column that no state can have: " + found).exception();
    }

    private Problem.Builder damagedFiles(String found) {
        return Problem.data(
                        "SNAPSHOT-4001",
                        "The files that '%s' is to go on with are damaged.".formatted(owner))
                .with("directory", directory)
                .with("found", found)
                .advise("go on with the backend that made them, or restore the last checkpoint");
    }

    // When a flush in the background fails, later writes report the state it left, and only the
    // text still says what it was.
    private static boolean isDiskFull(RocksDBException e) {
        return e.getStatus() != null && e.getStatus().getSubCode() == Status.SubCode.NoSpace
                || String.valueOf(e.getMessage()).contains("No space left");
    }

    HoldfastException otherTableFormat(TableFormatConfig given) {
        return Problem.user(
                        "STATE-3127",
                        "The options factory gave the columns of '%s' a table format that this backend cannot use."
                                .formatted(owner))
                .with("given", given.getClass().getName())
                .with("possible", BlockBasedTableConfig.class.getName())
                .advise("let the options factory set a BlockBasedTableConfig, or none")
                .exception();
    }

    HoldfastException closed() {
        return Problem.bug("STATE-3016", "The state of '" + owner + "' is closed.")
                .with("directory", directory)
                .exception();
    }

    private String free() {
        try {
            return Files.getFileStore(directory).getUsableSpace() + " bytes";
        } catch (IOException e) {
            return "unknown: " + e;
        }
    }

    private String used() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(Place::size).sum() + " bytes";
        } catch (IOException | UncheckedIOException e) {
            return "unknown: " + e;
        }
    }

    // Files come and go while they are counted.
    private static long size(Path file) {
        return file.toFile().length();
    }
}

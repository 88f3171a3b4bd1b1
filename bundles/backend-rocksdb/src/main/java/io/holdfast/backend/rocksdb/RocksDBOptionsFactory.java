package io.holdfast.backend.rocksdb;

import java.util.Collection;
import org.osgi.annotation.versioning.ConsumerType;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.WriteOptions;

/**
 * Sets options of RocksDB that have no option here, or in another way. Called once for each
 * database and once for each of its columns, from the threads that open backends, possibly at the
 * same time.
 *
 * <p>Each method gets options to which everything configured has been applied, and changes them;
 * what it sets wins. Two things stay as they are: the memory that databases share, and what a
 * backend cannot work without (the operator that merges lists, files that Flink's RocksDB can
 * read). Native objects that a method makes, such as a filter, it adds to {@code handlesToClose};
 * each is closed once, after the database.
 */
@ConsumerType
public interface RocksDBOptionsFactory {

    /**
     * Changes the options of a database.
     *
     * @param currentOptions the options so far
     * @param handlesToClose takes native objects that are to be closed after the database
     * @return the options to use, usually {@code currentOptions}; the backend closes them
     */
    DBOptions createDBOptions(DBOptions currentOptions, Collection<AutoCloseable> handlesToClose);

    /**
     * Changes the options of a column. Every state has one.
     *
     * @param currentOptions the options so far
     * @param handlesToClose takes native objects that are to be closed after the database
     * @return the options to use, usually {@code currentOptions}; the backend closes them
     */
    ColumnFamilyOptions createColumnOptions(
            ColumnFamilyOptions currentOptions, Collection<AutoCloseable> handlesToClose);

    /**
     * Changes how a database is written. The write-ahead log stays off.
     *
     * @param currentOptions the options so far
     * @param handlesToClose takes native objects that are to be closed after the database
     * @return the options to use; by default {@code currentOptions}
     */
    default WriteOptions createWriteOptions(
            WriteOptions currentOptions, Collection<AutoCloseable> handlesToClose) {
        return currentOptions;
    }

    /**
     * Changes how a database is read.
     *
     * @param currentOptions the options so far
     * @param handlesToClose takes native objects that are to be closed after the database
     * @return the options to use; by default {@code currentOptions}
     */
    default ReadOptions createReadOptions(
            ReadOptions currentOptions, Collection<AutoCloseable> handlesToClose) {
        return currentOptions;
    }
}

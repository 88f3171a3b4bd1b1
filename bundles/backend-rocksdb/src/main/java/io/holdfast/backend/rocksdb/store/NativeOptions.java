package io.holdfast.backend.rocksdb.store;

import java.util.Collection;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.WriteOptions;

/**
 * Puts what is configured into the options of a database. Each method changes the options it gets
 * and returns those to use; native objects that it makes for them go into {@code handlesToClose}
 * and are closed after the database. Thread-safe.
 */
public interface NativeOptions {

    /**
     * The options of a database.
     *
     * @param base what every database has
     * @param handlesToClose takes native objects
     * @return the options to use
     */
    DBOptions database(DBOptions base, Collection<AutoCloseable> handlesToClose);

    /**
     * The options of one column.
     *
     * @param base what every column has
     * @param handlesToClose takes native objects
     * @return the options to use
     */
    ColumnFamilyOptions column(ColumnFamilyOptions base, Collection<AutoCloseable> handlesToClose);

    /**
     * How a database is read.
     *
     * @param base the usual
     * @param handlesToClose takes native objects
     * @return the options to use
     */
    ReadOptions reads(ReadOptions base, Collection<AutoCloseable> handlesToClose);

    /**
     * How a database is written.
     *
     * @param base the usual
     * @param handlesToClose takes native objects
     * @return the options to use
     */
    WriteOptions writes(WriteOptions base, Collection<AutoCloseable> handlesToClose);
}

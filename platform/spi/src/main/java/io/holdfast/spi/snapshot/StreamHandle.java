package io.holdfast.spi.snapshot;

import java.net.URI;
import java.util.Arrays;
import java.util.Objects;

/** Refers to the bytes of one stream. */
public sealed interface StreamHandle {

    /**
     * Number of bytes.
     *
     * @return the length
     */
    long length();

    /**
     * Bytes that stand in the handle itself.
     *
     * @param bytes the bytes; not copied, not to be changed
     */
    record Inline(byte[] bytes) implements StreamHandle {
        /** Refuses null. */
        public Inline {
            Objects.requireNonNull(bytes, "bytes");
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Inline that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return bytes.length + " bytes inline";
        }
    }

    /**
     * Bytes in a file.
     *
     * @param file absolute URI
     * @param length number of bytes
     * @param crc32c CRC-32C of all bytes
     * @param scope how long the file lives
     */
    record InFile(URI file, long length, int crc32c, SnapshotScope scope) implements StreamHandle {
        /** Refuses null. */
        public InFile {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(scope, "scope");
        }
    }
}

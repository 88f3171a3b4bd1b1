package io.holdfast.examples;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * The fingerprint of a job's result. It does not depend on the order in which the lines were
 * written, so that runs with different parallelism, and runs that were killed and restored, can be
 * compared: equal digests mean that each line is there as often in both.
 *
 * <p>The lines, encoded as UTF-8, are sorted by their bytes, each is followed by a line feed, and
 * SHA-256 is taken of the whole. A shell says the same of the result files: {@code cat part-* |
 * LC_ALL=C sort | sha256sum}.
 *
 * @param sha256 the hash, 64 lower-case hexadecimal digits
 * @param records how many lines went in, repeated ones included
 */
public record ResultDigest(String sha256, long records) {

    /** Refuses anything but 64 lower-case hexadecimal digits and a count of zero or more. */
    public ResultDigest {
        Objects.requireNonNull(sha256, "sha256");
        if (sha256.length() != 64
                || !sha256.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            throw new IllegalArgumentException(
                    "not 64 lower-case hexadecimal digits: '" + sha256 + "'");
        }
        if (records < 0) {
            throw new IllegalArgumentException("negative number of records: " + records);
        }
    }

    /**
     * Digests lines; all of them are held in memory to be sorted.
     *
     * @param lines the result, without line feeds at the ends, in any order
     * @return their digest
     * @throws IllegalArgumentException if a line contains a line feed: it would read as two lines
     */
    public static ResultDigest of(Iterable<String> lines) {
        List<byte[]> sorted = new ArrayList<>();
        for (String line : lines) {
            if (line.indexOf('\n') >= 0) {
                throw new IllegalArgumentException(
                        "line feed inside a result line: '" + line + "'");
            }
            sorted.add(line.getBytes(StandardCharsets.UTF_8));
        }
        sorted.sort(Arrays::compareUnsigned);
        MessageDigest hash = newHash();
        for (byte[] line : sorted) {
            hash.update(line);
            hash.update((byte) '\n');
        }
        return new ResultDigest(HexFormat.of().formatHex(hash.digest()), sorted.size());
    }

    private static MessageDigest newHash() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must offer SHA-256", e);
        }
    }

    /** The form in which the launcher prints it, {@code digest sha256:<hex> over <n> records}. */
    @Override
    public String toString() {
        return "digest sha256:" + sha256 + " over " + records + " records";
    }
}

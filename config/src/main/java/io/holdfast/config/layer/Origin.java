package io.holdfast.config.layer;

import java.util.Objects;

/**
 * Where a value was written.
 *
 * @param kind what sort of place
 * @param place the file, the variable, the call; empty where the kind says all
 * @param line line of the file, from 1; 0 if there is none
 */
public record Origin(Kind kind, String place, int line) {

    /** Sorts of places. */
    public enum Kind {
        /** The declaration of the option. */
        DEFAULT,
        /** A file. */
        FILE,
        /** A file in Flink's own line by line syntax, in which everything is text. */
        LEGACY_FILE,
        /** An environment variable. */
        ENVIRONMENT,
        /** A Java system property. */
        PROPERTY,
        /** An argument of the command. */
        COMMAND_LINE,
        /** A {@link io.holdfast.api.config.Configuration} the program made. */
        CONFIGURATION,
        /** A call in the program. */
        CODE
    }

    /** Refuses null parts and negative lines. */
    public Origin {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(place, "place");
        if (line < 0) {
            throw new IllegalArgumentException("a line is 0 or more: " + line);
        }
    }

    /**
     * The declaration of the option.
     *
     * @return the origin of every default
     */
    public static Origin ofDefault() {
        return new Origin(Kind.DEFAULT, "", 0);
    }

    /**
     * A line of a file.
     *
     * @param file the file as its name was given
     * @param line from 1; 0 if unknown
     * @return the origin
     */
    public static Origin ofFile(String file, int line) {
        return new Origin(Kind.FILE, file, line);
    }

    /**
     * A line of a file in Flink's own syntax.
     *
     * @param file the file as its name was given
     * @param line from 1; 0 if unknown
     * @return the origin
     */
    public static Origin ofLegacyFile(String file, int line) {
        return new Origin(Kind.LEGACY_FILE, file, line);
    }

    /**
     * An environment variable.
     *
     * @param name its name
     * @return the origin
     */
    public static Origin ofVariable(String name) {
        return new Origin(Kind.ENVIRONMENT, name, 0);
    }

    /**
     * A Java system property.
     *
     * @param name its name
     * @return the origin
     */
    public static Origin ofProperty(String name) {
        return new Origin(Kind.PROPERTY, name, 0);
    }

    /**
     * An argument of the command.
     *
     * @param flag the flag it belongs to, such as {@code --set}
     * @return the origin
     */
    public static Origin ofCommandLine(String flag) {
        return new Origin(Kind.COMMAND_LINE, flag, 0);
    }

    /**
     * A configuration object the program made.
     *
     * @param name whose it is, such as {@code job configuration}
     * @return the origin
     */
    public static Origin ofConfiguration(String name) {
        return new Origin(Kind.CONFIGURATION, name, 0);
    }

    /**
     * A call in the program.
     *
     * @param call such as {@code env.enableCheckpointing}
     * @return the origin
     */
    public static Origin ofCode(String call) {
        return new Origin(Kind.CODE, call, 0);
    }

    /** The place in words, such as {@code conf/prod.yaml, line 12}. */
    @Override
    public String toString() {
        return switch (kind) {
            case DEFAULT -> "default";
            case FILE, LEGACY_FILE -> line == 0 ? place : place + ", line " + line;
            case ENVIRONMENT -> "environment variable " + place;
            case PROPERTY -> "system property " + place;
            case COMMAND_LINE -> "command line " + place;
            case CONFIGURATION -> place;
            case CODE -> "code, " + place;
        };
    }
}

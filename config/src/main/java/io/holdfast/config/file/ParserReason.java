package io.holdfast.config.file;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a parser complains about, in words that contain nothing of the file.
 *
 * <p>Parsers quote what they stumble over, and that may be a password with a character that should
 * have been quoted. So a complaint is never passed on: it is recognized by its fixed part and told
 * in our words, with the line beside it. For the same reason a parser's exception is no cause of
 * ours.
 */
final class ParserReason {
    private static final Map<String, String> YAML = new LinkedHashMap<>();
    private static final Map<String, String> HOCON = new LinkedHashMap<>();

    static {
        YAML.put("(TAB)", "there is a TAB where a value begins or a line is indented; use blanks");
        YAML.put("cannot start any token", "a value begins with a character that needs quotes");
        YAML.put("mapping values are not allowed", "there is a second colon; quote the value");
        YAML.put("mapping keys are not allowed", "a value begins with ?; quote it");
        YAML.put("sequence entries are not allowed", "a value begins with -; quote it");
        YAML.put("found undefined alias", "a value begins with *; quote it");
        YAML.put("while scanning an alias", "a value begins with *; quote it");
        YAML.put("while scanning an anchor", "a value begins with &; quote it");
        YAML.put("expected alphabetic or numeric", "a value begins with * or &; quote it");
        YAML.put("tag", "a value begins with !; quote it");
        YAML.put("URI", "a value begins with !; quote it");
        YAML.put("directive", "a line begins with %; quote it");
        YAML.put("another document", "there is another document; a file holds one");
        YAML.put("expected ':'", "a line is no key with a value");
        YAML.put("document separator", "a document ends within quotes");
        YAML.put("unexpected end of stream", "a quote is never closed");
        YAML.put("unknown escape character", "a backslash in double quotes escapes nothing");
        YAML.put("hexadecimal numbers", "a backslash in double quotes escapes nothing");
        YAML.put(
                "special characters are not allowed", "there is a character that is not printable");
        YAML.put("HighSurrogate", "there is half a character");
        YAML.put("expected ',' or", "a bracket is never closed, or a comma is missing");
        YAML.put(
                "node content", "a value is missing, or begins with a character that needs quotes");
        YAML.put("expected <block end>", "a line is indented differently from those before it");
        YAML.put("block scalar", "a value begins with | or > and is no block of text; quote it");
        YAML.put("indentation", "a line is indented differently from those before it");
        YAML.put("exceeds the", "the file is too large");

        HOCON.put("string quote was still open", "a quote is never closed");
        HOCON.put("triple-quoted string", "three quotes are never closed");
        HOCON.put("Reserved character", "a character is not allowed outside of double quotes");
        HOCON.put("not allowed in path", "a key has a character that needs double quotes");
        HOCON.put("Invalid path", "a key has a character that needs double quotes");
        HOCON.put("adjacent period", "a key begins or ends with a dot, or has two in a row");
        HOCON.put("${} syntax", "JSON has no substitutions");
        HOCON.put("was not closed with a }", "a ${ is never closed; text with ${ needs quotes");
        HOCON.put("not followed by {", "a $ is not followed by {; text with $ needs quotes");
        HOCON.put("unbalanced close brace", "there is a } that closes nothing");
        HOCON.put("Expecting close brace", "a { is never closed, or a comma or a key is missing");
        HOCON.put("List should", "a [ is never closed, or an element or a comma is missing");
        HOCON.put("Expecting a value", "a value is missing");
        HOCON.put("Expecting a field name", "a key is missing");
        HOCON.put("may not be followed by token", "there is no value behind a key");
        HOCON.put("Expecting end of input", "something follows the end");
        HOCON.put("trailing tokens", "something follows the end");
        HOCON.put("Empty document", "the file is empty");
        HOCON.put("escape", "a backslash in double quotes escapes nothing");
        HOCON.put("control character", "there is a character that is not printable");
        HOCON.put("nested more than 50 times", "files include each other in a circle");
        HOCON.put("include", "an include is not followed by a file name in double quotes");
        HOCON.put("cycle", "substitutions refer to each other in a circle");
        HOCON.put("duplicate fields", "a key stands there twice");
        HOCON.put("has type", "a substitution joins values of different types");
        HOCON.put("resource not found", "an included file is missing");
        HOCON.put("does not exist", "an included file is missing");
        HOCON.put("No such file", "an included file is missing");
        HOCON.put("Is a directory", "an included file is a directory");
        HOCON.put("Permission denied", "an included file cannot be read");
        HOCON.put("concatenat", "values of different types stand side by side");
    }

    private ParserReason() {}

    /** For a complaint of the YAML parser, its context included. */
    static String ofYaml(String complaint) {
        return told(YAML, complaint);
    }

    /** For a complaint of the HOCON parser. */
    static String ofHocon(String complaint) {
        return told(HOCON, complaint);
    }

    private static String told(Map<String, String> known, String complaint) {
        return known.entrySet().stream()
                .filter(entry -> complaint.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("the parser does not understand it");
    }
}

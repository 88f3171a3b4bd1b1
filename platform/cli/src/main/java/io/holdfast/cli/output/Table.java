package io.holdfast.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Columns as wide as they must be; lines below a row may be longer. */
public final class Table {
    private record Row(List<String> cells, List<String> below) {}

    private final List<String> titles;
    private final List<Row> rows = new ArrayList<>();

    /** A table without rows. */
    public Table(String... titles) {
        this.titles = List.of(titles);
    }

    /** Adds a row. */
    public void row(List<String> cells, List<String> below) {
        rows.add(new Row(cells, below));
    }

    /** Prints titles and rows. */
    public void print(PrintStream out) {
        int[] widths = new int[titles.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = titles.get(i).length();
            for (Row row : rows) {
                widths[i] = Math.max(widths[i], row.cells().get(i).length());
            }
        }
        print(out, titles, widths);
        for (Row row : rows) {
            print(out, row.cells(), widths);
            row.below().forEach(line -> out.println("    " + line));
        }
    }

    private static void print(PrintStream out, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(cells.get(i));
            line.append(" ".repeat(widths[i] - cells.get(i).length() + 2));
        }
        out.println(line.toString().stripTrailing());
    }
}

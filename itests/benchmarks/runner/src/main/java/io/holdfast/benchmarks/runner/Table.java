package io.holdfast.benchmarks.runner;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of text as Markdown that can also be read as it is; the first column is a name, the
 * others are numbers.
 *
 * @param header one title per column
 * @param rows cells, as many per row as the header has
 */
record Table(List<String> header, List<List<String>> rows) {

    Table {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }

    String asMarkdown() {
        int[] widths =
                IntStream.range(0, header.size())
                        .map(
                                column ->
                                        IntStream.concat(
                                                        IntStream.of(header.get(column).length()),
                                                        rows.stream()
                                                                .mapToInt(
                                                                        row ->
                                                                                row.get(column)
                                                                                        .length()))
                                                .max()
                                                .orElseThrow())
                        .toArray();
        StringBuilder text = new StringBuilder();
        text.append(line(header, widths)).append('\n');
        text.append(
                IntStream.range(0, widths.length)
                        .mapToObj(
                                column ->
                                        column == 0
                                                ? "-".repeat(widths[0])
                                                : "-".repeat(widths[column] - 1) + ":")
                        .collect(Collectors.joining(" | ", "| ", " |\n")));
        for (List<String> row : rows) {
            text.append(line(row, widths)).append('\n');
        }
        return text.toString();
    }

    private static String line(List<String> cells, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(
                        column -> {
                            String padding =
                                    " ".repeat(widths[column] - cells.get(column).length());
                            return column == 0
                                    ? cells.get(0) + padding
                                    : padding + cells.get(column);
                        })
                .collect(Collectors.joining(" | ", "| ", " |"));
    }
}

package io.holdfast.examples.sessions;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ConfigOptions;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.connector.Source;
import io.holdfast.api.error.Problem;
import io.holdfast.api.function.AggregateFunction;
import io.holdfast.api.function.Collector;
import io.holdfast.api.process.KeyedProcessFunction;
import io.holdfast.api.process.OutputTag;
import io.holdfast.api.process.ProcessWindowFunction;
import io.holdfast.api.state.MapState;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingState;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.api.time.WatermarkStrategy;
import io.holdfast.api.window.EventTimeWindows;
import io.holdfast.api.window.TimeWindow;
import io.holdfast.examples.Example;
import io.holdfast.examples.ExampleOutput;
import io.holdfast.examples.Rate;
import io.holdfast.runtime.DataStream;
import io.holdfast.runtime.StreamExecutionEnvironment;
import io.holdfast.runtime.connector.LinesSource;
import io.holdfast.runtime.connector.StandardInputSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a web server's visitors did, from its access log: the sessions of each visitor, the most
 * wanted pages of each minute, and totals to check the whole by.
 *
 * <p><b>Real input is dirty and out of order.</b> Servers write a request when it is answered, but
 * note when it came, so a slow answer stands behind faster ones. The watermark therefore stays
 * {@code --disorder} behind the latest time in a file. What is no request at all, and what comes
 * later than even that allows, is counted and goes to a side output of its own: nothing is dropped
 * in silence, and nothing stops the job. What is late is decided by the lines before it alone, kept
 * as state of the file; a comparison with the watermark would depend on how far the job happens to
 * be, and the same log could give two results.
 *
 * <p>From the requests the job makes three kinds of result, all of them one word and columns
 * between tabs:
 *
 * <ul>
 *   <li>{@code session visitor first-request last-request requests bytes pages}: a visitor's
 *       requests up to a pause of {@code --gap}; pages counts different ones. The session's window
 *       keeps its requests in state, one by one, because different pages can only be counted when
 *       all are known.
 *   <li>{@code page minute rank page requests}: the first three of each minute, counted and then
 *       compared, in two steps like {@code nexmark-q5}. A minute is its number since 1970; equally
 *       wanted pages are in the order of their bytes.
 *   <li>{@code visitor address requests sessions bytes} for each visitor, and {@code lines n},
 *       {@code dirty n}, {@code late n}, {@code bytes n} for the whole log. These are only known
 *       when the input has ended. The end of a stream is the last possible time, so a timer set to
 *       {@link Long#MAX_VALUE} fires just then.
 * </ul>
 */
public final class VisitorSessions implements Example {
    private static final ConfigOption<List<String>> INPUT =
            ConfigOptions.key("input")
                    .stringType()
                    .asList()
                    .noDefaultValue()
                    .withDescription(
                            "Access logs in common or combined format; '-' is standard input.");

    private static final ConfigOption<Duration> GAP =
            ConfigOptions.key("gap")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(30))
                    .check("at least 1 s", gap -> gap.compareTo(Duration.ofSeconds(1)) >= 0)
                    .withDescription("A pause of this length ends a visitor's session.");

    private static final ConfigOption<Duration> DISORDER =
            ConfigOptions.key("disorder")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(60))
                    .check("0 or more", disorder -> !disorder.isNegative())
                    .withDescription(
                            "How much earlier than the latest request so far a request may be.");

    private static final OutputTag<String> DIRTY = new OutputTag<>("dirty");
    private static final OutputTag<String> LATE = new OutputTag<>("late");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int RANKS = 3;

    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public String sentence() {
        return "Sessions of a web server's visitors and the top pages per minute, from access logs.";
    }

    @Override
    public List<ConfigOption<?>> options() {
        return List.of(INPUT, GAP, DISORDER, Rate.OPTION);
    }

    @Override
    public List<ExampleOutput> build(
            StreamExecutionEnvironment environment, ReadableConfig choices) {
        DataStream<ParsedLog.Line> lines =
                environment
                        .fromSource(
                                source(choices),
                                WatermarkStrategy.outOfOrder(
                                        choices.get(DISORDER), VisitorSessions::timeOf),
                                "access log")
                        .uid("lines");
        DataStream<AccessLogLine> requests =
                lines.keyBy(ParsedLog.Line::file, String.class)
                        .process(() -> new SetAside(choices.get(DISORDER)))
                        .name("set dirty and late lines aside")
                        .uid("requests");
        DataStream<String> dirty = requests.getSideOutput(DIRTY);
        DataStream<String> late = requests.getSideOutput(LATE);

        DataStream<Session> sessions =
                requests.map(Request::of)
                        .keyBy(Request::visitor, String.class)
                        .window(EventTimeWindows.session(choices.get(GAP)))
                        .process(Request.class, () -> new SummarizeSession(choices.get(GAP)))
                        .name("sessions of each visitor")
                        .uid("sessions");
        DataStream<String> visitors =
                sessions.keyBy(Session::visitor, String.class)
                        .process(TotalOfVisitor::new)
                        .name("total of each visitor")
                        .uid("visitors");
        DataStream<String> topPages =
                requests.filter(request -> request.page().isPresent())
                        .map(request -> request.page().orElseThrow())
                        .keyBy(page -> page, String.class)
                        .window(EventTimeWindows.tumbling(MINUTE))
                        .aggregate(new CountRequests(), Long.class, NamePage::new)
                        .name("count requests of each page")
                        .uid("pages")
                        .keyBy(PageCount::minute, Long.class)
                        .process(RankPages::new)
                        .name("compare pages of each minute")
                        .uid("top-pages");
        DataStream<String> totals =
                requests.map(request -> new Totals(1, 0, 0, request.bytes()))
                        .union(
                                dirty.map(line -> new Totals(1, 1, 0, 0)),
                                late.map(line -> new Totals(1, 0, 1, 0)))
                        .keyBy(totalsOfLine -> 0, Integer.class)
                        .process(TotalOfLog::new)
                        .name("total of the log")
                        .uid("totals");
        return List.of(
                ExampleOutput.results(
                        sessions.map(Session::line).union(visitors, topPages, totals)),
                ExampleOutput.aside("dirty", dirty),
                ExampleOutput.aside("late", late));
    }

    private static Source<ParsedLog.Line> source(ReadableConfig choices) {
        List<String> input = choices.get(INPUT);
        if (input == null || input.isEmpty()) {
            throw Problem.user("CLI-7010", "The sessions example needs an access log.")
                    .advise("name one or more with --input FILE, or read a pipe with --input -")
                    .exception();
        }
        if (input.contains("-") && input.size() > 1) {
            throw Problem.user("CLI-7011", "Standard input cannot be read beside files.")
                    .with("input", String.join(" ", input))
                    .advise("name files only, or '-' only")
                    .exception();
        }
        Source<String> lines =
                input.contains("-")
                        ? new StandardInputSource()
                        : new LinesSource(input.stream().map(Path::of).toList());
        return Rate.limit(new ParsedLog(lines), input.size(), choices);
    }

    /** Dirty lines have no time; the earliest of all does not move the watermark. */
    private static long timeOf(ParsedLog.Line line) {
        return line.content() instanceof AccessLogLine request
                ? request.timestamp()
                : Long.MIN_VALUE;
    }

    /** Parts the stream in three. The key is the file, and a file's lines come in their order. */
    private static final class SetAside
            extends KeyedProcessFunction<String, ParsedLog.Line, AccessLogLine> {
        private final long disorder;
        private ValueState<Long> latest;

        SetAside(Duration disorder) {
            this.disorder = disorder.toMillis();
        }

        @Override
        public void open() {
            latest = getRuntimeContext().getState(new ValueStateDescriptor<>("latest", Long.class));
        }

        @Override
        public void processElement(
                ParsedLog.Line line, Context<String> context, Collector<AccessLogLine> out) {
            if (line.content() instanceof DirtyLine dirty) {
                context.output(DIRTY, dirty.toString());
            } else if (line.content() instanceof AccessLogLine request) {
                Long before = latest.value();
                if (before == null || request.timestamp() > before) {
                    latest.update(request.timestamp());
                }
                if (before == null || request.timestamp() >= before - disorder) {
                    out.collect(request);
                } else {
                    context.output(LATE, request.toString());
                }
            }
        }
    }

    /** What a session needs of a request: less state than the whole line. */
    record Request(String visitor, String page, long bytes) {
        static Request of(AccessLogLine line) {
            return new Request(line.visitor(), line.page().orElse(""), line.bytes());
        }
    }

    /** A session that is over. */
    record Session(String visitor, long first, long last, long requests, long bytes, long pages) {
        String line() {
            return "session\t%s\t%s\t%s\t%d\t%d\t%d"
                    .formatted(
                            visitor,
                            Instant.ofEpochMilli(first),
                            Instant.ofEpochMilli(last),
                            requests,
                            bytes,
                            pages);
        }
    }

    /** All requests of a session, when it is over. */
    private static final class SummarizeSession
            extends ProcessWindowFunction<Request, Session, String, TimeWindow> {
        private final long gap;

        SummarizeSession(Duration gap) {
            this.gap = gap.toMillis();
        }

        @Override
        public void process(
                String visitor,
                Context<TimeWindow> context,
                Iterable<Request> requests,
                Collector<Session> out) {
            long count = 0;
            long bytes = 0;
            Set<String> pages = new HashSet<>();
            for (Request request : requests) {
                count++;
                bytes += request.bytes();
                if (!request.page().isEmpty()) {
                    pages.add(request.page());
                }
            }
            TimeWindow session = context.window();
            out.collect(
                    new Session(
                            visitor,
                            session.start(),
                            session.end() - gap,
                            count,
                            bytes,
                            pages.size()));
        }
    }

    /** Adds sessions up and says the sum when the input has ended. */
    private static final class TotalOfVisitor
            extends KeyedProcessFunction<String, Session, String> {
        private ReducingState<Visits> total;

        record Visits(long requests, long sessions, long bytes) {
            Visits plus(Visits more) {
                return new Visits(
                        requests + more.requests, sessions + more.sessions, bytes + more.bytes);
            }
        }

        @Override
        public void open() {
            total =
                    getRuntimeContext()
                            .getReducingState(
                                    new ReducingStateDescriptor<>(
                                            "total", Visits::plus, Visits.class));
        }

        @Override
        public void processElement(
                Session session, Context<String> context, Collector<String> out) {
            total.add(new Visits(session.requests(), 1, session.bytes()));
            context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
        }

        @Override
        public void onTimer(long time, OnTimerContext<String> context, Collector<String> out) {
            Visits visits = total.get();
            out.collect(
                    "visitor\t%s\t%d\t%d\t%d"
                            .formatted(
                                    context.currentKey(),
                                    visits.requests(),
                                    visits.sessions(),
                                    visits.bytes()));
            total.clear();
        }
    }

    /** How often a page was asked for in a minute. */
    record PageCount(long minute, String page, long requests) {}

    private static final class CountRequests implements AggregateFunction<String, Long, Long> {
        @Override
        public Long createAccumulator() {
            return 0L;
        }

        @Override
        public Long add(String page, Long requests) {
            return requests + 1;
        }

        @Override
        public Long getResult(Long requests) {
            return requests;
        }

        @Override
        public Long merge(Long some, Long others) {
            return some + others;
        }
    }

    private static final class NamePage
            extends ProcessWindowFunction<Long, PageCount, String, TimeWindow> {
        @Override
        public void process(
                String page,
                Context<TimeWindow> context,
                Iterable<Long> counts,
                Collector<PageCount> out) {
            long minute = Math.floorDiv(context.window().start(), MINUTE.toMillis());
            for (long requests : counts) {
                out.collect(new PageCount(minute, page, requests));
            }
        }
    }

    /** Collects the pages of the minute that is the current key, and ranks them when it is over. */
    private static final class RankPages extends KeyedProcessFunction<Long, PageCount, String> {
        private static final Comparator<Map.Entry<String, Long>> MOST_WANTED_FIRST =
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(
                                entry -> entry.getKey().getBytes(StandardCharsets.UTF_8),
                                Arrays::compareUnsigned);

        private MapState<String, Long> requestsByPage;

        @Override
        public void open() {
            requestsByPage =
                    getRuntimeContext()
                            .getMapState(
                                    new MapStateDescriptor<>("pages", String.class, Long.class));
        }

        @Override
        public void processElement(PageCount count, Context<Long> context, Collector<String> out) {
            requestsByPage.put(count.page(), count.requests());
            context.timerService().registerEventTimeTimer(context.timestamp());
        }

        @Override
        public void onTimer(long time, OnTimerContext<Long> context, Collector<String> out) {
            List<Map.Entry<String, Long>> pages = new ArrayList<>();
            for (Map.Entry<String, Long> entry : requestsByPage.entries()) {
                pages.add(Map.entry(entry.getKey(), entry.getValue()));
            }
            pages.sort(MOST_WANTED_FIRST);
            for (int rank = 1; rank <= Math.min(RANKS, pages.size()); rank++) {
                Map.Entry<String, Long> page = pages.get(rank - 1);
                out.collect(
                        "page\t%d\t%d\t%s\t%d"
                                .formatted(
                                        context.currentKey(),
                                        rank,
                                        page.getKey(),
                                        page.getValue()));
            }
            requestsByPage.clear();
        }
    }

    /** What a line of the log, or many, add to the totals. */
    record Totals(long lines, long dirty, long late, long bytes) {
        Totals plus(Totals more) {
            return new Totals(
                    lines + more.lines, dirty + more.dirty, late + more.late, bytes + more.bytes);
        }
    }

    /** One key, so one sum for the whole log; said when the input has ended. */
    private static final class TotalOfLog extends KeyedProcessFunction<Integer, Totals, String> {
        private ReducingState<Totals> total;

        @Override
        public void open() {
            total =
                    getRuntimeContext()
                            .getReducingState(
                                    new ReducingStateDescriptor<>(
                                            "total", Totals::plus, Totals.class));
        }

        @Override
        public void processElement(Totals line, Context<Integer> context, Collector<String> out) {
            total.add(line);
            context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
        }

        @Override
        public void onTimer(long time, OnTimerContext<Integer> context, Collector<String> out) {
            Totals sum = total.get();
            out.collect("lines\t" + sum.lines());
            out.collect("dirty\t" + sum.dirty());
            out.collect("late\t" + sum.late());
            out.collect("bytes\t" + sum.bytes());
            total.clear();
        }
    }
}

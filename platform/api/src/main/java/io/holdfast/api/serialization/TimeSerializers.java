package io.holdfast.api.serialization;

import static io.holdfast.api.serialization.BasicSerializers.immutable;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;

/**
 * Serializers of {@code java.time}. Instants, dates and times have Flink's bytes: seconds i64 and
 * nanoseconds i32; year i32, month i8, day i8; hour, minute and second i8 each, nanoseconds i32.
 * What consists of these is written as these, one after the other; offsets are seconds i32, zones
 * their name.
 */
final class TimeSerializers {

    private static final Serializer<Instant> INSTANT =
            immutable(
                    "instant",
                    12,
                    (value, out) -> {
                        out.writeLong(value.getEpochSecond());
                        out.writeInt(value.getNano());
                    },
                    in -> Instant.ofEpochSecond(in.readLong(), nanos(in)));

    private static final Serializer<Duration> DURATION =
            immutable(
                    "duration",
                    12,
                    (value, out) -> {
                        out.writeLong(value.getSeconds());
                        out.writeInt(value.getNano());
                    },
                    in -> Duration.ofSeconds(in.readLong(), nanos(in)));

    private static final Serializer<Period> PERIOD =
            immutable(
                    "period",
                    12,
                    (value, out) -> {
                        out.writeInt(value.getYears());
                        out.writeInt(value.getMonths());
                        out.writeInt(value.getDays());
                    },
                    in -> Period.of(in.readInt(), in.readInt(), in.readInt()));

    private static final Serializer<LocalDate> LOCAL_DATE =
            immutable("local-date", 6, TimeSerializers::writeDate, TimeSerializers::readDate);

    private static final Serializer<LocalTime> LOCAL_TIME =
            immutable("local-time", 7, TimeSerializers::writeTime, TimeSerializers::readTime);

    private static final Serializer<LocalDateTime> LOCAL_DATE_TIME =
            immutable(
                    "local-date-time",
                    13,
                    TimeSerializers::writeDateTime,
                    TimeSerializers::readDateTime);

    private static final Serializer<ZoneOffset> ZONE_OFFSET =
            immutable(
                    "zone-offset",
                    4,
                    (value, out) -> out.writeInt(value.getTotalSeconds()),
                    TimeSerializers::readOffset);

    private static final Serializer<ZoneId> ZONE_ID =
            immutable(
                    "zone-id",
                    Serializer.VARIABLE_LENGTH,
                    (value, out) -> out.writeUTF(value.getId()),
                    in -> ZoneId.of(in.readUTF()));

    private static final Serializer<OffsetTime> OFFSET_TIME =
            immutable(
                    "offset-time",
                    11,
                    (value, out) -> {
                        writeTime(value.toLocalTime(), out);
                        out.writeInt(value.getOffset().getTotalSeconds());
                    },
                    in -> OffsetTime.of(readTime(in), readOffset(in)));

    private static final Serializer<OffsetDateTime> OFFSET_DATE_TIME =
            immutable(
                    "offset-date-time",
                    17,
                    (value, out) -> {
                        writeDateTime(value.toLocalDateTime(), out);
                        out.writeInt(value.getOffset().getTotalSeconds());
                    },
                    in -> OffsetDateTime.of(readDateTime(in), readOffset(in)));

    /** Where the rules of a zone have changed, the instant is kept and the local time moves. */
    private static final Serializer<ZonedDateTime> ZONED_DATE_TIME =
            immutable(
                    "zoned-date-time",
                    Serializer.VARIABLE_LENGTH,
                    (value, out) -> {
                        writeDateTime(value.toLocalDateTime(), out);
                        out.writeInt(value.getOffset().getTotalSeconds());
                        out.writeUTF(value.getZone().getId());
                    },
                    in ->
                            ZonedDateTime.ofInstant(
                                    readDateTime(in), readOffset(in), ZoneId.of(in.readUTF())));

    private static final Serializer<Year> YEAR =
            immutable(
                    "year",
                    4,
                    (value, out) -> out.writeInt(value.getValue()),
                    in -> Year.of(in.readInt()));

    private static final Serializer<YearMonth> YEAR_MONTH =
            immutable(
                    "year-month",
                    5,
                    (value, out) -> {
                        out.writeInt(value.getYear());
                        out.writeByte(value.getMonthValue());
                    },
                    in -> YearMonth.of(in.readInt(), in.readByte()));

    private static final Serializer<MonthDay> MONTH_DAY =
            immutable(
                    "month-day",
                    2,
                    (value, out) -> {
                        out.writeByte(value.getMonthValue());
                        out.writeByte(value.getDayOfMonth());
                    },
                    in -> MonthDay.of(in.readByte(), in.readByte()));

    static final Map<Class<?>, Serializer<?>> BY_CLASS =
            Map.ofEntries(
                    Map.entry(Instant.class, INSTANT),
                    Map.entry(Duration.class, DURATION),
                    Map.entry(Period.class, PERIOD),
                    Map.entry(LocalDate.class, LOCAL_DATE),
                    Map.entry(LocalTime.class, LOCAL_TIME),
                    Map.entry(LocalDateTime.class, LOCAL_DATE_TIME),
                    Map.entry(ZoneOffset.class, ZONE_OFFSET),
                    Map.entry(ZoneId.class, ZONE_ID),
                    Map.entry(OffsetTime.class, OFFSET_TIME),
                    Map.entry(OffsetDateTime.class, OFFSET_DATE_TIME),
                    Map.entry(ZonedDateTime.class, ZONED_DATE_TIME),
                    Map.entry(Year.class, YEAR),
                    Map.entry(YearMonth.class, YEAR_MONTH),
                    Map.entry(MonthDay.class, MONTH_DAY));

    private TimeSerializers() {}

    private static int nanos(DataInput in) throws IOException {
        int nanos = in.readInt();
        if (nanos < 0 || nanos > 999_999_999) {
            throw new IOException("a second has no nanosecond " + nanos);
        }
        return nanos;
    }

    private static void writeDate(LocalDate date, DataOutput out) throws IOException {
        out.writeInt(date.getYear());
        out.writeByte(date.getMonthValue());
        out.writeByte(date.getDayOfMonth());
    }

    private static LocalDate readDate(DataInput in) throws IOException {
        return LocalDate.of(in.readInt(), in.readByte(), in.readByte());
    }

    private static void writeTime(LocalTime time, DataOutput out) throws IOException {
        out.writeByte(time.getHour());
        out.writeByte(time.getMinute());
        out.writeByte(time.getSecond());
        out.writeInt(time.getNano());
    }

    private static LocalTime readTime(DataInput in) throws IOException {
        return LocalTime.of(in.readByte(), in.readByte(), in.readByte(), in.readInt());
    }

    private static void writeDateTime(LocalDateTime time, DataOutput out) throws IOException {
        writeDate(time.toLocalDate(), out);
        writeTime(time.toLocalTime(), out);
    }

    private static LocalDateTime readDateTime(DataInput in) throws IOException {
        return LocalDateTime.of(readDate(in), readTime(in));
    }

    private static ZoneOffset readOffset(DataInput in) throws IOException {
        return ZoneOffset.ofTotalSeconds(in.readInt());
    }
}

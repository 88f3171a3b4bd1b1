package io.holdfast.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class AmountsTest {
    @Test
    void numbersReadTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(Amounts.count(1_234_567)).isEqualTo("1,234,567");
            assertThat(Amounts.bytes(1_500)).isEqualTo("1.5 KiB");
            assertThat(Amounts.time(Duration.ofMillis(1_500))).isEqualTo("1.5 s");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void bytesTakeTheUnitThatFits() {
        assertThat(Amounts.bytes(0)).isEqualTo("0 B");
        assertThat(Amounts.bytes(1_023)).isEqualTo("1023 B");
        assertThat(Amounts.bytes(1_024)).isEqualTo("1.0 KiB");
        assertThat(Amounts.bytes(20L << 20)).isEqualTo("20 MiB");
        assertThat(Amounts.bytes(5L << 40)).isEqualTo("5.0 TiB");
    }

    @Test
    void timesTakeTheUnitThatFits() {
        assertThat(Amounts.time(Duration.ofMillis(48))).isEqualTo("48 ms");
        assertThat(Amounts.time(Duration.ofSeconds(61))).isEqualTo("61.0 s");
        assertThat(Amounts.time(Duration.ofSeconds(125))).isEqualTo("2 min 05 s");
        assertThat(Amounts.time(Duration.ofMinutes(61))).isEqualTo("1 h 01 min");
    }

    @Test
    void aRateOfNoTimeIsZero() {
        assertThat(Amounts.rate(5, Duration.ZERO)).isZero();
        assertThat(Amounts.rate(5, Duration.ofMillis(500))).isEqualTo(10);
    }
}

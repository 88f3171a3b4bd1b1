package io.holdfast.api.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Whatever an earlier program stored, within the rules, the present one reads as the model says;
 * outside of them it refuses. {@code -Dtest.seed} repeats a run.
 */
class RandomEvolutionTest {
    private static final int RUNS = 1000;

    @FormerlyNamed({"Ancient", "com.example.First"})
    record Present(
            boolean flag,
            byte small,
            @FormerlyNamed({"tiny", "less"}) short shorter,
            char letter,
            int number,
            @FormerlyNamed("big") long longer,
            float real,
            double precise,
            Integer boxed,
            Double boxedReal,
            @FormerlyNamed("label") String text,
            Colour colour,
            Inner inner,
            List<Inner> inners,
            Map<Colour, Long> counts,
            Optional<Figure> figure,
            Figure[] figures,
            Plain plain) {}

    @FormerlyNamed("Within")
    record Inner(int x, @FormerlyNamed("why") Long y, List<Double> weights) {}

    @FormerlyNamed("Color")
    enum Colour {
        @FormerlyNamed("CRIMSON")
        RED,
        GREEN,
        @FormerlyNamed({"CYAN", "TEAL"})
        BLUE
    }

    @FormerlyNamed("Form")
    sealed interface Figure permits Circle, Box, Colour2 {}

    record Circle(double radius) implements Figure {}

    @FormerlyNamed("Square")
    static final class Box implements Figure {
        @FormerlyNamed("side")
        long width;

        Inner corner;
    }

    enum Colour2 implements Figure {
        ONE,
        TWO
    }

    static class Plain {
        Long id;

        @FormerlyNamed("subject")
        String title;

        Map<String, Inner> more;
    }

    private static Map<String, List<String>> former() {
        Map<String, List<String>> former = new HashMap<>();
        former.put("shorter", List.of("tiny", "less"));
        former.put("longer", List.of("big"));
        former.put("text", List.of("label"));
        former.put("y", List.of("why"));
        former.put("width", List.of("side"));
        former.put("title", List.of("subject"));
        former.put("RED", List.of("CRIMSON"));
        former.put("BLUE", List.of("CYAN", "TEAL"));
        String here = RandomEvolutionTest.class.getName() + "$";
        former.put(here + "Present", List.of(here + "Ancient", "com.example.First"));
        former.put(here + "Inner", List.of(here + "Within"));
        former.put(here + "Colour", List.of(here + "Color"));
        former.put(here + "Figure", List.of(here + "Form"));
        former.put(here + "Box", List.of(here + "Square"));
        return former;
    }

    private static final Serializer<Present> PRESENT = Serializers.forClass(Present.class);

    /** The three verdicts that let a program go on. */
    private enum Verdict {
        AS_IS,
        RECONFIGURED,
        AFTER_MIGRATION
    }

    private static Object tree(Serializer<Present> writer, byte[] bytes) throws IOException {
        return Bytes.read(Serializers.generic(writer.snapshot()).orElseThrow(), bytes);
    }

    @Test
    void whatEarlierProgramsStoredIsReadAsTheModelSays() throws IOException {
        long seed = Long.getLong("test.seed", System.nanoTime());
        Set<Verdict> seen = EnumSet.noneOf(Verdict.class);
        for (int run = 0; run < RUNS; run++) {
            long runSeed = seed + run;
            SplittableRandom random = new SplittableRandom(runSeed);
            EarlierPrograms programs = new EarlierPrograms(random, former());
            SerializerSnapshot stored =
                    run % 4 == 0 ? PRESENT.snapshot() : programs.earlier(PRESENT.snapshot());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Object value = programs.write(stored, new DataOutputStream(bytes));
            String what = "seed " + runSeed + ": " + value + " stored as " + stored;

            Compatibility<Present> verdict = PRESENT.compatibilityWith(stored);

            assertThat(verdict).as(what).isNotInstanceOf(Compatibility.Incompatible.class);
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
            Present read = Parts.reader(PRESENT, verdict).read(in);
            assertThat(in.available()).as(what).isZero();
            Serializer<Present> writer = PRESENT;
            Verdict kind = Verdict.AS_IS;
            if (verdict instanceof Compatibility.Reconfigured<Present> reconfigured) {
                writer = reconfigured.serializer();
                kind = Verdict.RECONFIGURED;
            } else if (verdict instanceof Compatibility.AfterMigration) {
                kind = Verdict.AFTER_MIGRATION;
            }
            seen.add(kind);
            byte[] written = Bytes.of(writer, read);
            assertThat(tree(writer, written))
                    .as(what)
                    .isEqualTo(programs.expected(stored, PRESENT.snapshot(), value));
            if (kind != Verdict.AFTER_MIGRATION) {
                assertThat(written).as(what).isEqualTo(bytes.toByteArray());
                assertThat(writer.compatibilityWith(writer.snapshot()))
                        .as(what)
                        .isEqualTo(Compatibility.asIs());
            }
            assertThat(Bytes.of(writer, writer.copy(read))).as(what).isEqualTo(written);
        }
        assertThat(seen).as("seed %d", seed).containsExactlyInAnyOrder(Verdict.values());
    }

    @Test
    void whatWouldLoseValuesIsRefused() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        for (int run = 0; run < RUNS / 4; run++) {
            EarlierPrograms programs =
                    new EarlierPrograms(new SplittableRandom(seed + run), former());
            SerializerSnapshot stored = programs.broken(PRESENT.snapshot());

            Compatibility<Present> verdict = PRESENT.compatibilityWith(stored);

            assertThat(verdict)
                    .as("seed %d: %s", seed + run, stored)
                    .isInstanceOf(Compatibility.Incompatible.class);
            assertThat(((Compatibility.Incompatible<Present>) verdict).reason())
                    .contains("stored as", "the job uses", Present.class.getName(), ";");
        }
    }
}

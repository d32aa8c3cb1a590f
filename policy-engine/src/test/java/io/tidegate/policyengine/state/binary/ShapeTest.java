package io.tidegate.policyengine.state.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeTest {

    private static final Strings KNOWN = Strings.of(List.of("known", "known too"));

    @Test
    void bringsBackWhatWasWritten() {
        long seed = 7;
        Random random = new Random(seed);
        Shape<Everything> shape = Shape.of(Everything.class);
        for (int i = 0; i < 500; i++) {
            Everything value = everything(random);
            assertEquals(value, read(shape, write(shape, value)), "seed " + seed + " value " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0,
                -0.0,
                1,
                -1,
                0.001,
                -12.345,
                1e15,
                1e16,
                1e300,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Math.PI
            })
    void bringsBackEachDoubleBitByBit(double value) {
        Shape<Real> shape = Shape.of(Real.class);
        assertEquals(
                Double.doubleToRawLongBits(value),
                Double.doubleToRawLongBits(
                        read(shape, write(shape, new Real(value))).value()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 63, 64, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE - 1})
    void bringsBackEachNumberThatMayBeAbsent(long value) {
        Shape<Maybe> shape = Shape.of(Maybe.class);
        Maybe both = new Maybe(OptionalLong.of(value), value);
        assertEquals(both, read(shape, write(shape, both)));
        Maybe none = new Maybe(OptionalLong.empty(), null);
        assertEquals(none, read(shape, write(shape, none)));
    }

    @Test
    void writesNumbersOfAListAsDifferences() {
        List<Point> course = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            course.add(new Point(1_780_000_000_000L + i * 1000L, i));
        }
        int bytes = write(Shape.of(Course.class), new Course(course)).length;
        assertTrue(bytes <= 32 * 3 + 8, "took " + bytes);
    }

    @Test
    void writesEachStringOnce() {
        Shape<Words> shape = Shape.of(Words.class);
        int once = write(shape, new Words(List.of("a long word that is not known"))).length;
        int often = write(shape, new Words(Collections.nCopies(10, "a long word that is not known"))).length;
        assertEquals(once + 9, often);
        assertEquals(3, write(shape, new Words(List.of("known", "known too"))).length);
    }

    @Test
    void tellsShapesApart() {
        assertNotEquals(Shape.of(Point.class).hash(), Shape.of(OtherPoint.class).hash());
        assertEquals(Shape.of(Point.class).hash(), Shape.of(Point.class).hash());
    }

    @Test
    void refusesATypeThatItCannotWrite() {
        assertThrows(IllegalArgumentException.class, () -> Shape.of(Strange.class));
    }

    @Test
    void endsWithAValueOrARefusalWhateverTheBytes() {
        long seed = 11;
        Random random = new Random(seed);
        Shape<Everything> shape = Shape.of(Everything.class);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = write(shape, everything(random));
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            for (byte[] broken : List.of(bytes, cut)) {
                try {
                    read(shape, broken);
                } catch (UnreadableBytesException e) {
                    assertTrue(e.getMessage() != null);
                }
            }
        }
    }

    private static <T> byte[] write(Shape<T> shape, T value) {
        BinaryWriter out = new BinaryWriter();
        out.start(KNOWN);
        shape.write(value, out);
        return out.toBytes();
    }

    private static <T> T read(Shape<T> shape, byte[] bytes) {
        return shape.read(new BinaryReader(bytes, 0, KNOWN));
    }

    private static Everything everything(Random random) {
        List<Kind> kinds = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            kinds.add(random.nextBoolean() ? new Kind.Empty() : new Kind.Full(random.nextLong(), "word" + i));
        }
        return new Everything(
                random.nextInt(),
                random.nextLong() >> random.nextInt(64),
                random.nextDouble(),
                random.nextBoolean(),
                random.nextBoolean() ? null : random.nextLong(),
                random.nextBoolean() ? null : random.nextInt(),
                random.nextBoolean() ? null : "naïve " + random.nextInt(3),
                random.nextBoolean() ? null : Colour.RED,
                random.nextBoolean() ? null : new Point(random.nextLong(), 3),
                random.nextBoolean() ? Optional.empty() : Optional.of("known"),
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt()),
                random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(random.nextGaussian()),
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                Duration.ofSeconds(random.nextInt(), random.nextInt(1_000_000_000)),
                kinds);
    }

    /** One of each kind of component. */
    public record Everything(
            int whole,
            long large,
            double real,
            boolean flag,
            @Nullable Long maybeLarge,
            @Nullable Integer maybeWhole,
            @Nullable String text,
            @Nullable Colour colour,
            @Nullable Point point,
            Optional<String> word,
            OptionalInt count,
            OptionalDouble part,
            Instant at,
            Duration lasting,
            List<Kind> kinds) {}

    /** A choice. */
    public enum Colour {
        RED,
        GREEN
    }

    /** One of two. */
    public sealed interface Kind {
        /** Nothing in it. */
        record Empty() implements Kind {}

        /** Something in it. */
        record Full(long number, String word) implements Kind {}
    }

    /** Two numbers. */
    public record Point(long at, int value) {}

    /** The same numbers by another name. */
    public record OtherPoint(long at, int size) {}

    /** Points. */
    public record Course(List<Point> points) {}

    /** Words. */
    public record Words(List<String> words) {}

    /** A double. */
    public record Real(double value) {}

    /** Numbers that may be absent. */
    public record Maybe(OptionalLong first, @Nullable Long second) {}

    /** Made of what no bytes are known for. */
    public record Strange(Thread thread) {}
}

package io.tidegate.policyengine.state.binary;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Parts that hold no others. */
final class Scalars {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private Scalars() {}

    private static UnreadableBytesException notAnInt(long value) {
        return new UnreadableBytesException(value + " is not an int");
    }

    static int toInt(long value) {
        if (value != (int) value) {
            throw notAnInt(value);
        }
        return (int) value;
    }

    /** A number that may be absent, as the difference to the one before that was there. */
    private static void writeOptional(boolean present, long value, BinaryWriter out, long[] before, int slot) {
        out.optional(present, value - before[slot]);
        if (present) {
            before[slot] = value;
        }
    }

    private static @Nullable Long readOptional(BinaryReader in, long[] before, int slot) {
        Long difference = in.optional();
        if (difference == null) {
            return null;
        }
        before[slot] += difference;
        return before[slot];
    }

    record Text() implements Codec {
        @Override
        public void write(@Nullable Object value, BinaryWriter out, long[] before, int slot) {
            out.string((String) value);
        }

        @Override
        public @Nullable Object read(BinaryReader in, long[] before, int slot) {
            return in.string();
        }

        @Override
        public void describe(StringBuilder to) {
            to.append("string");
        }
    }

    record BoxedLong() implements Codec {
        @Override
        public int slots() {
            return 1;
        }

        @Override
        public void write(@Nullable Object value, BinaryWriter out, long[] before, int slot) {
            writeOptional(value != null, value == null ? 0 : (Long) value, out, before, slot);
        }

        @Override
        public @Nullable Object read(BinaryReader in, long[] before, int slot) {
            return readOptional(in, before, slot);
        }

        @Override
        public void describe(StringBuilder to) {
            to.append("long?");
        }
    }

    record BoxedInt() implements Codec {
        @Override
        public int slots() {
            return 1;
        }

        @Override
        public void write(@Nullable Object value, BinaryWriter out, long[] before, int slot) {
            writeOptional(value != null, value == null ? 0 : (Integer) value, out, before, slot);
        }

        @Override
        public @Nullable Object read(BinaryReader in, long[] before, int slot) {
            Long value = readOptional(in, before, slot);
            return value == null ? null : toInt(value);
        }

        @Override
        public void describe(StringBuilder to) {
            to.append("int?");
        }
    }

    record MaybeLong() implements Codec {
        @Override
        public int slots() {
            return 1;
        }

        @Override
        public void write(@Nullable Object value, BinaryWriter out, long[] before, int slot) {
            OptionalLong maybe = (OptionalLong) Objects.requireNonNull(value);
            writeOptional(maybe.isPresent(), maybe.orElse(0), out, before, slot);
        }

        @Override
        public @Nullable Object read(BinaryReader in, long[] before, int slot) {
            Long value = readOptional(in, before, slot);
            return value == null ? OptionalLong.empty() : OptionalLong.of(value);
        }

        @Override
        public void describe(StringBuilder to) {
            to.append("optional-long");
        }
    }

    record MaybeInt() implements Codec {
        @Override
        public int slots() {
            return 1;
        }

        @Override
        public void write(@Nullable Object value, BinaryWriter out, long[] before, int slot) {
            OptionalInt maybe = (OptionalInt) Objects.requireNonNull(value);
            writeOptional(maybe.isPresent(), maybe.orElse(0), out, before, slot);
        }

        @Override
        public @Nullable Object read(BinaryReader in, long[] before, int slot) {
            Long value = readOptional(in, before, slot);
            return value == null ? OptionalInt.empty() : OptionalInt.of(toInt(value));
        }

        @Override
        public void describe(StringBuilder to) {
            to.append("optional-int");
        }
    }

    record MaybeDouble() implements Codec {
        @Override
        public void write(@Nullable Object value, BinaryWriter out, long[] before, int slot) {
            OptionalDouble maybe = (OptionalDouble) Objects.requireNonNull(value);
            out.oneByte(maybe.isPresent() ? 1 : 0);
            if (maybe.isPresent()) {
                out.real(maybe.getAsDouble());
            }
        }

        @Override
        public @Nullable Object read(BinaryReader in, long[] before, int slot) {
            return in.oneByte() == 0 ? OptionalDouble.empty() : OptionalDouble.of(in.real());
        }

        @Override
        public void describe(StringBuilder to) {
            to.append("optional-double");
        }
    }

    record BoxedDouble() implements Codec {
        @Override
        public void write(@Nullable Object value, BinaryWriter out, long[] before, int slot) {
            out.real((Double) Objects.requireNonNull(value));
        }

        @Override
        public @Nullable Object read(BinaryReader in, long[] before, int slot) {
            return in.real();
        }

        @Override
        public void describe(StringBuilder to) {
            to.append("double");
        }
    }

    record BoxedBoolean() implements Codec {
        @Override
        public void write(@Nullable Object value, BinaryWriter out, long[] before, int slot) {
            out.oneByte((Boolean) Objects.requireNonNull(value) ? 1 : 0);
        }

        @Override
        public @Nullable Object read(BinaryReader in, long[] before, int slot) {
            return in.oneByte() != 0;
        }

        @Override
        public void describe(StringBuilder to) {
            to.append("boolean");
        }
    }

    /** Milliseconds as a difference, then the rest of the nanoseconds. */
    @SuppressWarnings("JavaInstantGetSecondsGetNano") // The milliseconds are the other part.
    record Moment() implements Codec {
        @Override
        public int slots() {
            return 1;
        }

        @Override
        public void write(@Nullable Object value, BinaryWriter out, long[] before, int slot) {
            Instant instant = (Instant) Objects.requireNonNull(value);
            long millis = instant.toEpochMilli();
            out.signed(millis - before[slot]);
            before[slot] = millis;
            out.unsigned(instant.getNano() % NANOS_PER_MILLI);
        }

        @Override
        public @Nullable Object read(BinaryReader in, long[] before, int slot) {
            before[slot] += in.signed();
            return Instant.ofEpochMilli(before[slot]).plusNanos(in.unsigned());
        }

        @Override
        public void describe(StringBuilder to) {
            to.append("instant");
        }
    }

    record Span() implements Codec {
        @Override
        public void write(@Nullable Object value, BinaryWriter out, long[] before, int slot) {
            Duration duration = (Duration) Objects.requireNonNull(value);
            out.signed(duration.getSeconds());
            out.unsigned(duration.getNano());
        }

        @Override
        public @Nullable Object read(BinaryReader in, long[] before, int slot) {
            long seconds = in.signed();
            return Duration.ofSeconds(seconds, in.unsigned());
        }

        @Override
        public void describe(StringBuilder to) {
            to.append("duration");
        }
    }

    /** A constant of an enum, by its place; all their names are in the shape's hash. */
    @SuppressWarnings("EnumOrdinal")
    static final class Choice implements Codec {
        private final Class<?> type;
        private final Object[] constants;

        Choice(Class<?> type) {
            this.type = type;
            this.constants = type.getEnumConstants();
        }

        @Override
        public void write(@Nullable Object value, BinaryWriter out, long[] before, int slot) {
            out.unsigned(value == null ? 0 : ((Enum<?>) value).ordinal() + 1L);
        }

        @Override
        public @Nullable Object read(BinaryReader in, long[] before, int slot) {
            long place = in.unsigned() - 1;
            if (place < 0) {
                return null;
            }
            if (place >= constants.length) {
                throw new UnreadableBytesException("no such " + type.getSimpleName());
            }
            return constants[(int) place];
        }

        @Override
        public void describe(StringBuilder to) {
            to.append(type.getSimpleName()).append(List.of(constants));
        }
    }
}

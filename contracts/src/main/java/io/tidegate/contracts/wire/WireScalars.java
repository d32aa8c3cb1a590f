package io.tidegate.contracts.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Scalars that cross the wire as strings, each in one form only. */
final class WireScalars {

    /** Nanoseconds of the last digit of a fraction, by its number of digits. */
    private static final long[] NANOS_OF = {0, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1};

    private WireScalars() {}

    static SimpleModule module() {
        return new SimpleModule("tidegate-scalars")
                .addSerializer(Duration.class, new DurationSerializer())
                .addDeserializer(Duration.class, new DurationDeserializer())
                .addDeserializer(Instant.class, new InstantDeserializer())
                .addDeserializer(String.class, new TextDeserializer());
    }

    /**
     * Parses an RFC 3339 time with a year of four digits; beyond those, milliseconds would overflow in consumers.
     *
     * @throws DateTimeException if it is not of that form
     */
    static Instant instant(String text) {
        if (text.length() < 20 || text.length() > 40 || text.charAt(4) != '-') {
            throw new DateTimeException("not a time such as 2026-01-02T03:04:05Z");
        }
        Instant plain = plainInstant(text);
        return plain != null ? plain : Instant.parse(text);
    }

    /** The form that {@link Instant#toString} gives, which is that of each fact's time; null for any other. */
    private static @Nullable Instant plainInstant(String text) {
        int end = text.length() - 1;
        if (end > 29 || text.charAt(end) != 'Z' || !isPunctuatedAsTime(text)) {
            return null;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, 19);
        int fraction = end == 19 ? 0 : text.charAt(19) == '.' ? digits(text, 20, end) : -1;
        if ((year | month | day | hour | minute | second | fraction) < 0 || hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400 + hour * 3_600L + minute * 60L + second;
        return Instant.ofEpochSecond(seconds, fraction * NANOS_OF[Math.max(0, end - 20)]);
    }

    private static boolean isPunctuatedAsTime(String text) {
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    /** The number that these digits are; -1 if there is none, or something else than digits. */
    private static int digits(String text, int from, int to) {
        int number = from < to ? 0 : -1;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    private static String text(JsonParser parser, DeserializationContext context, Class<?> type) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            context.handleUnexpectedToken(type, parser);
        }
        return parser.getText();
    }

    /** A lone surrogate has no UTF-8 form: a record that holds one could be read, and then not be written on. */
    private static boolean isWellFormed(String text) {
        int position = 0;
        while (position < text.length()) {
            int point = text.codePointAt(position);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                return false;
            }
            position += Character.charCount(point);
        }
        return true;
    }

    private static final class TextDeserializer extends StdScalarDeserializer<String> {
        private static final long serialVersionUID = 1L;

        TextDeserializer() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = text(parser, context, String.class);
            if (!isWellFormed(text)) {
                throw context.weirdStringException(text, String.class, "it holds half of a surrogate pair");
            }
            return text;
        }
    }

    private static final class InstantDeserializer extends StdScalarDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantDeserializer() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = text(parser, context, Instant.class);
            try {
                return instant(text);
            } catch (DateTimeException e) {
                throw context.weirdStringException(text, Instant.class, "not a time such as 2026-01-02T03:04:05Z");
            }
        }
    }

    private static final class DurationSerializer extends StdScalarSerializer<Duration> {
        private static final long serialVersionUID = 1L;

        DurationSerializer() {
            super(Duration.class);
        }

        @Override
        public void serialize(Duration value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeString(KubernetesDuration.format(value));
        }
    }

    private static final class DurationDeserializer extends StdScalarDeserializer<Duration> {
        private static final long serialVersionUID = 1L;

        DurationDeserializer() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = text(parser, context, Duration.class);
            try {
                return KubernetesDuration.parse(text);
            } catch (IllegalArgumentException e) {
                throw context.weirdStringException(text, Duration.class, "not a duration such as 10s, 1m30s or 500ms");
            }
        }
    }
}

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

/** Scalars that cross the wire as strings, each in one form only. */
final class WireScalars {

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
        return Instant.parse(text);
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

package io.tidegate.tools.schema;

import io.tidegate.tools.manifest.Value;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as the API server writes them in its messages. */
final class GoText {

    private GoText() {}

    static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> quoted(text);
            case Double number -> number(number);
            default -> String.valueOf(value);
        };
    }

    static String json(Value value) {
        return switch (value) {
            case Value.Scalar scalar -> of(scalar.content());
            case Value.Sequence list ->
                list.items().stream().map(GoText::json).collect(Collectors.joining(",", "[", "]"));
            case Value.Mapping map ->
                map.fields().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(field -> quoted(field.getKey()) + ":" + json(field.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
        };
    }

    static String number(Number number) {
        if (number instanceof Double fraction && !fraction.isInfinite() && !fraction.isNaN()) {
            BigDecimal exact = BigDecimal.valueOf(fraction).stripTrailingZeros();
            return exact.scale() < 0 ? exact.setScale(0).toPlainString() : exact.toPlainString();
        }
        return Objects.toString(number);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(character -> {
            switch (character) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> {
                    if (character < 0x20 || character == 0x7f) {
                        quoted.append(String.format("\\x%02x", character));
                    } else {
                        quoted.appendCodePoint(character);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}

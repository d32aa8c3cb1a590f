package io.tidegate.tools.schema;

import dev.cel.common.values.NullValue;
import io.tidegate.tools.manifest.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as a rule sees them: what the schema calls a number is one with a fraction, however it is written. */
final class CelValues {

    private CelValues() {}

    static Object of(Value value, @Nullable Schema schema) {
        return switch (value) {
            case Value.Scalar scalar -> scalar(scalar.content(), schema);
            case Value.Sequence list -> {
                List<Object> items = new ArrayList<>();
                Schema child = schema == null ? null : schema.child("items");
                list.items().forEach(item -> items.add(of(item, child)));
                yield items;
            }
            case Value.Mapping map -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                map.fields()
                        .forEach((name, field) ->
                                fields.put(name, of(field, schema == null ? null : schema.property(name))));
                yield fields;
            }
        };
    }

    private static Object scalar(@Nullable Object content, @Nullable Schema schema) {
        return switch (content) {
            case null -> NullValue.NULL_VALUE;
            case Long whole when schema != null && schema.type().equals("number") -> (double) whole;
            case Double number when schema != null && schema.type().equals("integer") -> number.longValue();
            default -> content;
        };
    }
}

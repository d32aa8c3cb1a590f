package io.tidegate.tools.schema;

import io.tidegate.tools.manifest.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the API server makes of an object before it looks at it: nulls are dropped and defaults filled in. */
final class Defaults {

    private Defaults() {}

    static Value fill(Value value, @Nullable Schema schema) {
        if (schema == null) {
            return value;
        }
        return switch (value) {
            case Value.Scalar scalar -> scalar;
            case Value.Sequence list -> {
                Schema items = schema.child("items");
                yield new Value.Sequence(
                        list.items().stream().map(item -> fill(item, items)).toList(), list.line());
            }
            case Value.Mapping map -> mapping(map, schema);
        };
    }

    private static Value.Mapping mapping(Value.Mapping map, Schema schema) {
        Map<String, Value> fields = new LinkedHashMap<>();
        map.fields().forEach((name, value) -> {
            Schema property = schema.property(name);
            if (!value.isNull() || property == null || property.nullable()) {
                fields.put(name, fill(value, property));
            }
        });
        schema.properties().keySet().forEach(name -> {
            Schema property = schema.property(name);
            Value initial = property == null ? null : property.initial();
            if (initial != null && !fields.containsKey(name)) {
                fields.put(name, placed(initial, map.line()));
            }
        });
        return new Value.Mapping(fields, map.line());
    }

    private static Value placed(Value initial, int line) {
        return initial instanceof Value.Scalar scalar ? new Value.Scalar(scalar.content(), line) : initial;
    }
}

package io.tidegate.tools.schema;

import io.tidegate.tools.manifest.Value;
import io.tidegate.tools.schema.Violation.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the fields that the schema does not have, which the API server refuses before all else. */
final class UnknownFields {

    private final List<Violation> found = new ArrayList<>();

    private UnknownFields() {}

    static List<Violation> find(Value.Mapping object, Schema schema) {
        UnknownFields fields = new UnknownFields();
        fields.unknownFields(object, schema, "");
        return fields.found;
    }

    private void unknownFields(Value value, @Nullable Schema schema, String path) {
        if (schema == null || schema.keepsUnknownFields()) {
            return;
        }
        switch (value) {
            case Value.Scalar scalar -> {
                // Has no fields.
            }
            case Value.Sequence list -> {
                for (int i = 0; i < list.items().size(); i++) {
                    unknownFields(list.items().get(i), schema.child("items"), path + "[" + i + "]");
                }
            }
            case Value.Mapping map ->
                map.fields().forEach((name, field) -> {
                    if (path.isEmpty() && name.equals("metadata")) {
                        return;
                    }
                    Schema property = schema.property(name);
                    if (property == null && schema.type().equals("object")) {
                        String message = "unknown field \"" + SchemaCheck.join(path, name) + "\"";
                        String advice =
                                Advice.unknownField(name, schema.properties().keySet(), schema.names());
                        found.add(new Violation(
                                Kind.UNKNOWN_FIELD, SchemaCheck.join(path, name), message, advice, field.line()));
                    }
                    unknownFields(field, property, SchemaCheck.join(path, name));
                });
        }
    }
}

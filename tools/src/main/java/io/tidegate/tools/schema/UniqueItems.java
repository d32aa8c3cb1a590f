package io.tidegate.tools.schema;

import io.tidegate.tools.manifest.Value;
import io.tidegate.tools.schema.Violation.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what is twice in a list that is a set, or a map by some of its items' fields. */
final class UniqueItems {

    private final List<Violation> found = new ArrayList<>();

    private UniqueItems() {}

    static List<Violation> check(Value value, Schema schema) {
        UniqueItems items = new UniqueItems();
        items.uniqueItems(value, schema, "");
        return items.found;
    }

    private void uniqueItems(Value value, @Nullable Schema schema, String path) {
        if (schema == null) {
            return;
        }
        switch (value) {
            case Value.Scalar scalar -> {
                // Has no items.
            }
            case Value.Mapping map ->
                map.fields()
                        .forEach((name, field) ->
                                uniqueItems(field, schema.property(name), SchemaCheck.join(path, name)));
            case Value.Sequence list -> {
                duplicates(list, schema, path);
                for (int i = 0; i < list.items().size(); i++) {
                    uniqueItems(list.items().get(i), schema.child("items"), path + "[" + i + "]");
                }
            }
        }
    }

    private void duplicates(Value.Sequence list, Schema schema, String path) {
        String type = schema.content().text("x-kubernetes-list-type");
        if (!type.equals("set") && !type.equals("map")) {
            return;
        }
        Set<String> seen = new HashSet<>();
        Set<String> told = new HashSet<>();
        for (int i = 0; i < list.items().size(); i++) {
            Value item = list.items().get(i);
            String key = GoText.json(type.equals("set") ? item : keyOf(item, schema));
            if (!seen.add(key) && told.add(key)) {
                found.add(new Violation(
                        Kind.DUPLICATE,
                        path + "[" + i + "]",
                        "Duplicate value: " + key,
                        "Remove one of the two, or give it another name.",
                        item.line()));
            }
        }
    }

    private static Value keyOf(Value item, Schema schema) {
        Map<String, Value> key = new LinkedHashMap<>();
        for (Value name : schema.list("x-kubernetes-list-map-keys")) {
            Value part = item.at(name.text());
            if (part != null) {
                key.put(name.text(), part);
            }
        }
        return new Value.Mapping(key, item.line());
    }
}

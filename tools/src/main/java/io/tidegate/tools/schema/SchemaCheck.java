package io.tidegate.tools.schema;

import com.google.re2j.Pattern;
import io.tidegate.tools.manifest.Value;
import io.tidegate.tools.schema.Violation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Checks one object as the API server does: fields, defaults, the schema, lists that are sets or maps, and last the rules. */
final class SchemaCheck {

    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private final Rules rules;
    private final List<Violation> found = new ArrayList<>();

    SchemaCheck(Rules rules) {
        this.rules = rules;
    }

    List<Violation> check(Value.Mapping object, Schema schema) {
        found.addAll(UnknownFields.find(object, schema));
        Value filled = Defaults.fill(object, schema);
        validate(filled, schema, "");
        found.addAll(UniqueItems.check(filled, schema));
        if (found.stream().noneMatch(violation -> violation.kind().blocksRules())) {
            found.addAll(RuleCheck.check(filled, schema, rules));
        }
        return List.copyOf(found);
    }

    private void validate(Value value, Schema schema, String path) {
        type(value, schema, path);
        if (value instanceof Value.Scalar(Object content, int line) && content != null) {
            if (content instanceof String text) {
                text(text, schema, path, line);
            } else if (content instanceof Number number) {
                number(number, schema, path, line);
            }
        }
        enumeration(value, schema, path);
        switch (value) {
            case Value.Scalar scalar -> {
                // Has no parts.
            }
            case Value.Sequence list -> list(list, schema, path);
            case Value.Mapping map -> mapping(map, schema, path);
        }
    }

    private void type(Value value, Schema schema, String path) {
        String is = typeOf(value);
        String wanted = schema.intOrString() ? "integer,string" : schema.type();
        if (wanted.equals("integer") && !schema.format().isEmpty() && isFraction(value)) {
            is = "float64";
            wanted = schema.format();
        }
        boolean fits = wanted.isEmpty()
                || List.of(wanted.split(",")).contains(is)
                || (wanted.equals("number") && is.equals("integer"))
                || (wanted.contains("integer") && isWhole(value))
                || (is.equals("null") && schema.nullable());
        if (!fits) {
            add(
                    Kind.TYPE,
                    path,
                    "Invalid value: \"" + is + "\": " + path + " in body must be of type " + wanted + ": \"" + is
                            + "\"",
                    Advice.type(schema.intOrString() ? "" : schema.type(), schema.description()),
                    value.line());
        }
    }

    private static boolean isFraction(Value value) {
        return value instanceof Value.Scalar(Double number, int line) && !isWhole(value);
    }

    private static boolean isWhole(Value value) {
        return value instanceof Value.Scalar(Double number, int line)
                && number == StrictMath.rint(number)
                && StrictMath.abs(number) < 1L << 53;
    }

    private static String typeOf(Value value) {
        return switch (value) {
            case Value.Mapping map -> "object";
            case Value.Sequence list -> "array";
            case Value.Scalar scalar ->
                switch (scalar.content()) {
                    case null -> "null";
                    case String text -> "string";
                    case Boolean truth -> "boolean";
                    case Long number -> "integer";
                    default -> "number";
                };
        };
    }

    private void text(String text, Schema schema, String path, int line) {
        int length = text.codePointCount(0, text.length());
        Number longest = schema.limit("maxLength");
        Number shortest = schema.limit("minLength");
        if (longest != null && length > longest.intValue()) {
            String unit = longest.intValue() == 1 ? " byte" : " bytes";
            add(Kind.TOO_LONG, path, "Too long: may not be more than " + longest + unit, schema, line);
        }
        if (shortest != null && length < shortest.intValue()) {
            invalid(path, text, "should be at least " + shortest + " chars long", schema, line);
        }
        String pattern = schema.content().text("pattern");
        if (!pattern.isEmpty()
                && !PATTERNS.computeIfAbsent(pattern, Pattern::compile)
                        .matcher(text)
                        .find()) {
            invalid(path, text, "should match '" + pattern + "'", schema, line);
        }
    }

    private void number(Number number, Schema schema, String path, int line) {
        if (schema.type().equals("integer") && !fitsFormat(number, schema.format())) {
            String format = schema.format().isEmpty() ? " (default format)" : " with format " + schema.format();
            String said = "Checked value must be of type integer" + format + " in " + path;
            add(Kind.INVALID, "<nil>", "Invalid value: \"\": " + said, schema, line);
        }
        Number most = schema.limit("maximum");
        Number least = schema.limit("minimum");
        if (most != null) {
            boolean strict = schema.is("exclusiveMaximum");
            if (number.doubleValue() > most.doubleValue() || (strict && number.doubleValue() == most.doubleValue())) {
                invalid(path, number, "should be less than " + orEqual(strict) + GoText.number(most), schema, line);
            }
        }
        if (least != null) {
            boolean strict = schema.is("exclusiveMinimum");
            if (number.doubleValue() < least.doubleValue() || (strict && number.doubleValue() == least.doubleValue())) {
                invalid(path, number, "should be greater than " + orEqual(strict) + GoText.number(least), schema, line);
            }
        }
    }

    private static boolean fitsFormat(Number number, String format) {
        boolean whole = number instanceof Long || !isFraction(new Value.Scalar(number, 0));
        return whole && (!format.equals("int32") || number.longValue() == number.intValue());
    }

    private static String orEqual(boolean strict) {
        return strict ? "" : "or equal to ";
    }

    private void enumeration(Value value, Schema schema, String path) {
        List<Value> allowed = schema.list("enum");
        if (!allowed.isEmpty()
                && allowed.stream().noneMatch(each -> GoText.json(each).equals(GoText.json(value)))) {
            String values = String.join(", ", allowed.stream().map(GoText::json).toList());
            add(
                    Kind.NOT_SUPPORTED,
                    path,
                    "Unsupported value: " + GoText.json(value) + ": supported values: " + values,
                    schema,
                    value.line());
        }
    }

    private void list(Value.Sequence list, Schema schema, String path) {
        int size = list.items().size();
        Number most = schema.limit("maxItems");
        Number least = schema.limit("minItems");
        if (most != null && size > most.intValue()) {
            String unit = most.intValue() == 1 ? " item" : " items";
            add(Kind.TOO_MANY, path, "Too many: " + size + ": must have at most " + most + unit, schema, list.line());
        }
        if (least != null && size < least.intValue()) {
            invalid(path, size, "should have at least " + least + " items", schema, list.line());
        }
        Schema items = schema.child("items");
        if (items != null) {
            for (int i = 0; i < size; i++) {
                validate(list.items().get(i), items, path + "[" + i + "]");
            }
        }
    }

    private void mapping(Value.Mapping map, Schema schema, String path) {
        int size = map.fields().size();
        Number most = schema.limit("maxProperties");
        Number least = schema.limit("minProperties");
        if (most != null && size > most.intValue()) {
            add(
                    Kind.TOO_MANY,
                    path,
                    "Too many: " + size + ": must have at most " + most + " items",
                    schema,
                    map.line());
        }
        if (least != null && size < least.intValue()) {
            invalid(path, size, "should have at least " + least + " properties", schema, map.line());
        }
        for (Value required : schema.list("required")) {
            String name = required.text();
            if (!map.fields().containsKey(name)) {
                Schema missing = schema.property(name);
                String what = missing == null ? "" : missing.description();
                add(Kind.REQUIRED, join(path, name), "Required value", Advice.required(name, what), map.line());
            }
        }
        map.fields().forEach((name, field) -> {
            Schema property = schema.property(name);
            if (property != null) {
                validate(field, property, join(path, name));
            }
        });
    }

    private void invalid(String path, Object value, String words, Schema schema, int line) {
        String message = "Invalid value: " + GoText.of(value) + ": " + path + " in body " + words;
        add(Kind.INVALID, path, message, schema, line);
    }

    private void add(Kind kind, String path, String message, Schema schema, int line) {
        add(kind, path, message, schema.description(), line);
    }

    private void add(Kind kind, String path, String message, String advice, int line) {
        found.add(new Violation(kind, path, message, advice, line));
    }

    static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}

package io.tidegate.tools.schema;

import io.tidegate.tools.manifest.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A node of a structural schema. */
record Schema(Value.Mapping content) {

    /** A rule in CEL, and what is said where it does not hold. */
    record Rule(String expression, String message) {}

    /** Empty for an integer or a text. */
    String type() {
        return content.text("type");
    }

    boolean intOrString() {
        return content.text("x-kubernetes-int-or-string").equals("true");
    }

    boolean keepsUnknownFields() {
        return content.text("x-kubernetes-preserve-unknown-fields").equals("true");
    }

    boolean nullable() {
        return content.text("nullable").equals("true");
    }

    String format() {
        return content.text("format");
    }

    String description() {
        return content.text("description");
    }

    Map<String, Value> properties() {
        return content.mapping("properties").fields();
    }

    @Nullable
    Schema property(String name) {
        Value property = properties().get(name);
        if (property instanceof Value.Mapping map) {
            return new Schema(map);
        }
        return child("additionalProperties");
    }

    @Nullable
    Schema child(String key) {
        return content.at(key) instanceof Value.Mapping map ? new Schema(map) : null;
    }

    @Nullable
    Value initial() {
        return content.at("default");
    }

    List<Value> list(String key) {
        return content.items(key);
    }

    /** A limit that is a number; null if there is none. */
    @Nullable
    Number limit(String key) {
        return content.at(key) instanceof Value.Scalar(Number number, int line) ? number : null;
    }

    boolean is(String key) {
        return content.text(key).equals("true");
    }

    List<Rule> rules() {
        return content.items("x-kubernetes-validations").stream()
                .map(rule -> new Rule(rule.text("rule"), message(rule)))
                .toList();
    }

    private static String message(Value rule) {
        String message = rule.text("message");
        return message.isEmpty() ? "failed rule: " + rule.text("rule").strip() : message;
    }

    /** Names of the fields, as a text for people. */
    String names() {
        return String.join(", ", new TreeSet<>(properties().keySet()));
    }
}

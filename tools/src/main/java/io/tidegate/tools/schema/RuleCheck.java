package io.tidegate.tools.schema;

import io.tidegate.tools.manifest.Value;
import io.tidegate.tools.schema.Violation.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates all rules of a schema on what they are about. */
final class RuleCheck {

    private final Rules rules;
    private final List<Violation> found = new ArrayList<>();

    private RuleCheck(Rules rules) {
        this.rules = rules;
    }

    static List<Violation> check(Value value, Schema schema, Rules rules) {
        RuleCheck check = new RuleCheck(rules);
        check.walk(value, schema, "");
        return check.found;
    }

    private void walk(Value value, @Nullable Schema schema, String path) {
        if (schema == null || value.isNull()) {
            return;
        }
        for (Schema.Rule rule : schema.rules()) {
            judge(rule, value, schema, path);
        }
        switch (value) {
            case Value.Scalar scalar -> {
                // Has no parts.
            }
            case Value.Sequence list -> {
                for (int i = 0; i < list.items().size(); i++) {
                    walk(list.items().get(i), schema.child("items"), path + "[" + i + "]");
                }
            }
            case Value.Mapping map ->
                map.fields().forEach((name, field) -> walk(field, schema.property(name), SchemaCheck.join(path, name)));
        }
    }

    private void judge(Schema.Rule rule, Value value, Schema schema, String path) {
        Object self = CelValues.of(value, schema);
        String shown = value instanceof Value.Scalar ? GoText.json(value) + ": " : "";
        switch (rules.evaluate(rule.expression(), self)) {
            case Rules.Verdict.Holds holds -> {
                // Nothing to tell.
            }
            case Rules.Verdict.Broken broken ->
                found.add(new Violation(
                        Kind.RULE,
                        path,
                        "Invalid value: " + shown + rule.message(),
                        schema.description(),
                        value.line()));
            case Rules.Verdict.Failed failed ->
                found.add(new Violation(
                        Kind.RULE,
                        path,
                        "Invalid value: " + failed.why() + " evaluating rule: " + rule.message(),
                        schema.description(),
                        value.line()));
            case Rules.Verdict.Unsupported unsupported ->
                found.add(new Violation(
                        Kind.NOT_CHECKED,
                        path,
                        "a rule could not be checked here: " + rule.message() + " (" + unsupported.why() + ")",
                        "Only the API server can tell: kubectl apply --dry-run=server.",
                        value.line()));
        }
    }
}

package io.tidegate.tools.migrate;

import io.tidegate.tools.manifest.Value;
import io.tidegate.tools.schema.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Carries a {@code behavior} of autoscaling/v2 over: the same words mean the same. */
final class BehaviorImport {

    private static final int MOST_POLICIES = 16;

    private BehaviorImport() {}

    static Map<String, Object> read(Value behavior, String path, Notes notes) {
        Map<String, Object> rules = new LinkedHashMap<>();
        for (String direction : List.of("scaleUp", "scaleDown")) {
            if (behavior.at(direction) instanceof Value.Mapping its) {
                Map<String, Object> fields = direction(its, path + "." + direction, notes);
                if (!fields.isEmpty()) {
                    rules.put(direction, fields);
                }
            }
        }
        notes.unknown(behavior, path, Set.of("scaleUp", "scaleDown"));
        return rules;
    }

    private static Map<String, Object> direction(Value.Mapping its, String path, Notes notes) {
        Map<String, Object> fields = new LinkedHashMap<>();
        copy(its, "stabilizationWindowSeconds", fields);
        copy(its, "selectPolicy", fields);
        List<Object> policies = new ArrayList<>();
        for (Value policy : its.items("policies")) {
            Map<String, Object> limit = new LinkedHashMap<>();
            copy(policy, "type", limit);
            copy(policy, "value", limit);
            copy(policy, "periodSeconds", limit);
            policies.add(limit);
        }
        if (policies.size() > MOST_POLICIES) {
            notes.add(path + ".policies", its.line(), "has more than 16 rate limits; only the first 16 were taken.");
        }
        if (!policies.isEmpty()) {
            fields.put("policies", List.copyOf(policies.subList(0, Math.min(policies.size(), MOST_POLICIES))));
        }
        tolerance(its, path, fields, notes);
        notes.unknown(its, path, Set.of("stabilizationWindowSeconds", "selectPolicy", "policies", "tolerance"));
        return fields;
    }

    private static void tolerance(Value.Mapping its, String path, Map<String, Object> fields, Notes notes) {
        Value given = its.at("tolerance");
        if (given == null || given.isNull()) {
            return;
        }
        Optional<Quantity> share = Quantity.parse(given.text());
        if (share.isPresent()
                && share.get().amount().signum() >= 0
                && share.get().amount().compareTo(BigDecimal.ONE) <= 0) {
            fields.put("tolerance", share.get().amount().doubleValue());
        } else {
            notes.add(path + ".tolerance", given.line(), "is no share from 0 to 1, and was left out.");
        }
    }

    static void copy(Value from, String field, Map<String, Object> to) {
        Object value = from.at(field) instanceof Value.Scalar scalar ? scalar.content() : null;
        if (value != null) {
            to.put(field, value);
        }
    }
}

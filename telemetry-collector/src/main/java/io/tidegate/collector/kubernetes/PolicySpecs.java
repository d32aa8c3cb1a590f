package io.tidegate.collector.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.collector.kubernetes.Specs.RefusedSpecException;
import java.util.regex.Pattern;

/** The few parts of a policy's spec that people write otherwise than they cross Kafka. */
final class PolicySpecs {

    private static final String AVERAGE_VALUE = "averageValue";
    private static final String PARTITIONS = "partitions";
    private static final String FORMULA = "formula";

    /** As in the CRD. */
    private static final Pattern RANGES = Pattern.compile("[0-9]{1,6}(-[0-9]{1,6})?(,[0-9]{1,6}(-[0-9]{1,6})?){0,99}");

    private PolicySpecs() {}

    /** Quantities become numbers, ranges of partitions objects, and an empty formula none; what is not there stays so. */
    static JsonNode onTheWire(JsonNode spec) throws RefusedSpecException {
        JsonNode formula = spec.path(FORMULA);
        if (spec instanceof ObjectNode fields
                && formula.isTextual()
                && formula.textValue().isBlank()) {
            fields.remove(FORMULA);
        }
        for (JsonNode signal : spec.path("signals")) {
            if (signal.path("resource") instanceof ObjectNode resource) {
                translateQuantity(resource, "resource", AVERAGE_VALUE);
            }
            if (signal.path("prometheus") instanceof ObjectNode prometheus) {
                translateQuantity(prometheus, "prometheus", AVERAGE_VALUE);
                translateQuantity(prometheus, "prometheus", "value");
                translateQuantity(prometheus, "prometheus", "activation");
            }
            if (signal.path("kafka") instanceof ObjectNode kafka) {
                translateRanges(kafka);
            }
        }
        return spec;
    }

    private static void translateQuantity(ObjectNode signal, String kind, String field) throws RefusedSpecException {
        JsonNode value = signal.remove(field);
        if (value == null || value.isNull()) {
            return;
        }
        if (!value.isTextual() && !value.isIntegralNumber()) {
            throw new RefusedSpecException(kind + "." + field + " must be a quantity such as 500m or 2Gi");
        }
        try {
            signal.put(field + "Milli", Quantities.milli(value.asText()));
        } catch (IllegalArgumentException e) {
            throw new RefusedSpecException(kind + "." + field + ": " + e.getMessage());
        }
    }

    private static void translateRanges(ObjectNode kafka) throws RefusedSpecException {
        JsonNode value = kafka.remove(PARTITIONS);
        if (value == null || value.isNull()) {
            return;
        }
        if (!value.isTextual() || !RANGES.matcher(value.textValue()).matches()) {
            throw new RefusedSpecException("kafka.partitions must be numbers and ranges such as 0,2,5-9");
        }
        ArrayNode ranges = kafka.putArray(PARTITIONS);
        for (String range : value.textValue().split(",", -1)) {
            int dash = range.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
            ranges.addObject().put("first", first).put("last", last);
        }
    }
}

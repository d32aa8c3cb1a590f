package io.tidegate.contracts.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The schemas that this module ships. */
final class Schemas {

    /** File of the desired state that a Spark driver pod is annotated with. */
    static final String EXECUTORS = "schemas/executors.v1.schema.json";
    /** File of the answer that a Spark driver pod is annotated with. */
    static final String EXECUTORS_STATE = "schemas/executors-state.v1.schema.json";

    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    private static final Map<EventType, JsonSchema> ALL = new EnumMap<>(EventType.class);

    static {
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(VersionFlag.V202012);
        Arrays.stream(EventType.values()).forEach(type -> ALL.put(type, factory.getSchema(json(type), CONFIG)));
    }

    private Schemas() {}

    static String file(EventType type) {
        return "schemas/" + type.shortName() + ".v1.schema.json";
    }

    static JsonNode json(EventType type) {
        return json(file(type));
    }

    static JsonNode json(String file) {
        try (InputStream content =
                Objects.requireNonNull(EventType.class.getResourceAsStream("/io/tidegate/contracts/" + file), file)) {
            return Json.mapper().readTree(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean accepts(EventType type, JsonNode body) {
        return schema(type).validate(body).isEmpty();
    }

    static JsonSchema schema(String file) {
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(json(file), CONFIG);
    }

    static JsonSchema schema(EventType type) {
        return Objects.requireNonNull(ALL.get(type));
    }
}

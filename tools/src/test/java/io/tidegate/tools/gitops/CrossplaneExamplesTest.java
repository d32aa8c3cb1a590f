package io.tidegate.tools.gitops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the Crossplane examples give; the test does what the function does that their composition names. */
class CrossplaneExamplesTest {

    private static final Path EXAMPLES = EntryPoints.K8S.resolve("crossplane");

    @Test
    void chartIsGivenValuesThatItTakes() throws IOException {
        JsonNode values = read("tidegate/release.yaml").at("/spec/forProvider/values");
        assertTrue(values.isObject());
        assertEquals(List.of(), EntryPoints.problemsOfValues(values));
    }

    @Test
    void theExampleFitsTheKindThatIsDefined() throws IOException {
        JsonNode schema = read("consumer/definition.yaml").at("/spec/versions/0/schema/openAPIV3Schema");
        var spec = JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(schema.at("/properties/spec"));
        JsonNode consumer = read("consumer/orders.yaml");
        assertEquals(
                List.of(),
                spec.validate(consumer.path("spec")).stream()
                        .map(Object::toString)
                        .toList());
        consumer.path("spec")
                .fieldNames()
                .forEachRemaining(name ->
                        assertTrue(schema.at("/properties/spec/properties").has(name), name + " is not defined"));
    }

    @Test
    void aConsumerBecomesADeploymentWithoutASizeAndAPolicy() throws IOException {
        JsonNode consumer = read("consumer/orders.yaml");
        JsonNode resources = read("consumer/composition.yaml").at("/spec/pipeline/0/input/resources");

        JsonNode deployment = composed(resources.path(0), consumer);
        assertEquals("Deployment", deployment.path("kind").asText());
        assertTrue(deployment.at("/spec/replicas").isMissingNode(), deployment.toString());
        assertEquals(deployment.at("/spec/selector/matchLabels"), deployment.at("/spec/template/metadata/labels"));
        assertEquals(consumer.at("/spec/image"), deployment.at("/spec/template/spec/containers/0/image"));

        JsonNode policy = composed(resources.path(1), consumer);
        ((ObjectNode) policy.path("metadata")).put("namespace", "sales");
        assertEquals(List.of(), EntryPoints.problemsOfPolicy(policy));
        assertEquals("10s", policy.at("/spec/objective/maxLatency").asText());
        assertEquals(12, policy.at("/spec/replicas/max").asInt());
        assertEquals("orders", policy.at("/spec/signals/0/kafka/topics/0").asText());
    }

    private static JsonNode composed(JsonNode resource, JsonNode composite) {
        ObjectNode object = resource.path("base").deepCopy();
        for (JsonNode patch : resource.path("patches")) {
            assertEquals("FromCompositeFieldPath", patch.path("type").asText());
            JsonNode value = composite.at(pointer(patch.path("fromFieldPath").asText()));
            assertTrue(!value.isMissingNode(), patch.toString());
            set(object, pointer(patch.path("toFieldPath").asText()).substring(1), value);
        }
        return object;
    }

    /** As spec.signals[0].kafka becomes /spec/signals/0/kafka. */
    private static String pointer(String fieldPath) {
        return "/" + fieldPath.replace("[", ".").replace("]", "").replace(".", "/");
    }

    private static void set(ObjectNode object, String path, JsonNode value) {
        String[] keys = path.split("/", -1);
        JsonNode at = object;
        for (int i = 0; i < keys.length; i++) {
            boolean last = i == keys.length - 1;
            boolean listNext = !last && keys[i + 1].matches("[0-9]+");
            if (at instanceof ArrayNode list) {
                int index = Integer.parseInt(keys[i]);
                if (last && index == list.size()) {
                    list.add(value);
                } else if (last) {
                    list.set(index, value);
                }
                at = list.path(index);
            } else {
                ObjectNode map = (ObjectNode) at;
                if (last) {
                    map.set(keys[i], value);
                } else if (!map.has(keys[i])) {
                    map.set(keys[i], listNext ? map.arrayNode() : map.objectNode());
                }
                at = map.path(keys[i]);
            }
        }
    }

    private static JsonNode read(String file) throws IOException {
        try (var documents = EntryPoints.YAML
                .readerFor(JsonNode.class)
                .<JsonNode>readValues(EXAMPLES.resolve(file).toFile())) {
            return documents.next();
        }
    }
}

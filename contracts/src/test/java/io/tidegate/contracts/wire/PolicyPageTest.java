package io.tidegate.contracts.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/policy.md tells users of each field of a ScalingPolicy's spec. */
class PolicyPageTest {

    private static final Path CRD = Path.of("..", "k8s", "crds", "scalingpolicies.yaml");
    private static final Path PAGE = Path.of("..", "docs", "policy.md");

    @Test
    void namesEachField() throws IOException {
        String page = Files.readString(PAGE);
        List<String> untold = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        collect("spec", spec(), fields);
        for (String field : fields) {
            String name = field.substring(field.lastIndexOf('.') + 1);
            if (!Pattern.compile("`[^`\n]*\\b" + name + "\\b[^`\n]*`")
                    .matcher(page)
                    .find()) {
                untold.add(field);
            }
        }
        assertTrue(fields.size() > 30, () -> "only " + fields);
        assertEquals(List.of(), untold);
    }

    private static JsonNode spec() throws IOException {
        return new YAMLMapper().readTree(CRD.toFile()).at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
    }

    private static void collect(String path, JsonNode schema, List<String> fields) {
        schema.path("properties").forEachEntry((name, property) -> {
            fields.add(path + "." + name);
            collect(path + "." + name, property, fields);
        });
        if (schema.has("items")) {
            collect(path, schema.path("items"), fields);
        }
    }
}

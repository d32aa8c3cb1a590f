package io.tidegate.tools.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tidegate.tools.manifest.ManifestFile;
import io.tidegate.tools.manifest.ManifestReader;
import io.tidegate.tools.schema.Violation.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table that the real API server is asked in autoscaler's CustomResourcesIT: both must say the same. */
class CaseTableTest {

    private static final CustomResources RESOURCES = CustomResources.shipped();

    @TestFactory
    Stream<DynamicTest> saysOfEachCaseWhatTheApiServerSays() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (InputStream in = CaseTableTest.class.getResourceAsStream("cases.yaml")) {
            for (JsonNode each : new YAMLMapper().readTree(in)) {
                Set<String> expected = new TreeSet<>();
                each.path("says").forEach(line -> expected.add(line.asText()));
                tests.add(DynamicTest.dynamicTest(
                        each.path("name").asText(), () -> assertEquals(expected, said(manifest(each)))));
            }
        }
        assertTrue(tests.size() > 150, "a table of " + tests.size());
        return tests.stream();
    }

    private static String manifest(JsonNode each) {
        return "apiVersion: tidegate.io/v1alpha1\nkind: "
                + each.path("kind").asText("ScalingPolicy") + "\nmetadata: {name: case}\nspec:\n  "
                + each.path("spec").asText().strip().replace("\n", "\n  ") + "\n";
    }

    private static Set<String> said(String manifest) {
        Set<String> said = new TreeSet<>();
        ManifestFile file = ManifestReader.parse(manifest, "case.yaml");
        assertEquals(List.of(), file.unreadable());
        for (Violation violation : RESOURCES.check(file.manifests().getFirst())) {
            said.add(
                    violation.kind() == Kind.UNKNOWN_FIELD
                            ? violation.message()
                            : violation.path() + ": " + violation.message());
        }
        return said;
    }

    @Test
    void saysOfARuleItCannotEvaluateThatOnlyTheApiServerCan() {
        ManifestFile definition = ManifestReader.parse("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: things.tidegate.io}
                spec:
                  group: tidegate.io
                  scope: Namespaced
                  names: {kind: Thing}
                  versions:
                    - name: v1
                      schema:
                        openAPIV3Schema:
                          type: object
                          properties:
                            apiVersion: {type: string}
                            kind: {type: string}
                            metadata: {type: object}
                            spec:
                              type: object
                              properties:
                                address:
                                  type: string
                                  x-kubernetes-validations:
                                    - {rule: "isIP(self)", message: an address is needed}
                                    - {rule: "size(self) < 5", message: too long}
                """, "definition.yaml");
        ManifestFile thing = ManifestReader.parse(
                "{apiVersion: tidegate.io/v1, kind: Thing, metadata: {name: x}, spec: {address: '127.0.0.1'}}",
                "x.yaml");
        List<Violation> found =
                CustomResources.of(definition).check(thing.manifests().getFirst());
        assertEquals(
                List.of(Kind.NOT_CHECKED, Kind.RULE),
                found.stream().map(Violation::kind).toList());
        assertTrue(found.getFirst().message().contains("isIP"), found.getFirst().message());
    }
}

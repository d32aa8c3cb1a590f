package io.tidegate.tools.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.tidegate.tools.manifest.ManifestFile;
import io.tidegate.tools.manifest.ManifestReader;
import io.tidegate.tools.schema.CustomResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What tools of others hand to the chart and to the API server, checked as far as it can be without them. */
final class EntryPoints {

    static final Path K8S = Path.of("..", "k8s").toAbsolutePath().normalize();
    static final YAMLMapper YAML = new YAMLMapper();
    static final JsonMapper JSON = new JsonMapper();

    private EntryPoints() {}

    /** What the schema of the chart's values finds wrong. */
    static List<String> problemsOfValues(JsonNode values) throws IOException {
        return JsonSchemaFactory.getInstance(VersionFlag.V7)
                .getSchema(Files.readString(K8S.resolve("chart/values.schema.json")))
                .validate(values)
                .stream()
                .map(Object::toString)
                .toList();
    }

    /** What the API server would find wrong with an object of Tidegate. */
    static List<String> problemsOfPolicy(JsonNode policy) throws IOException {
        ManifestFile file = ManifestReader.parse(YAML.writeValueAsString(policy), "policy.yaml");
        List<String> problems = new ArrayList<>();
        file.unreadable().forEach(unreadable -> problems.add(unreadable.problem()));
        file.manifests()
                .forEach(manifest -> CustomResources.shipped()
                        .check(manifest)
                        .forEach(violation -> problems.add(violation.path() + ": " + violation.message())));
        return problems;
    }
}

package io.tidegate.autoscaler.testing;

import com.fasterxml.jackson.core.type.TypeReference;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tidegate.testbed.files.TestbedHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An object, and what the API server says of it. The table is the one that {@code ./tidegate policy check} is held to, so that both say the same.
 *
 * @param says each line of the answer; none if the object is taken
 */
public record ResourceCase(String name, String kind, String spec, Set<String> says) {

    private static final Path TABLE =
            TestbedHome.root().resolve("tools/src/test/resources/io/tidegate/tools/schema/cases.yaml");
    private static final Pattern UNKNOWN_FIELD = Pattern.compile("unknown field \"[^\"]*\"");

    public static List<ResourceCase> table() {
        List<ResourceCase> cases = new ArrayList<>();
        try {
            TypeReference<List<Map<String, Object>>> rows = new TypeReference<>() {};
            for (Map<String, Object> fields : Serialization.unmarshal(Files.readString(TABLE), rows)) {
                Set<String> says = new TreeSet<>();
                if (fields.get("says") instanceof List<?> lines) {
                    lines.forEach(line -> says.add(line.toString()));
                }
                Object kind = fields.get("kind");
                cases.add(new ResourceCase(
                        String.valueOf(fields.get("name")),
                        kind == null ? "ScalingPolicy" : kind.toString(),
                        String.valueOf(fields.get("spec")),
                        says));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases;
    }

    public String manifest() {
        return "apiVersion: tidegate.io/v1alpha1\nkind: " + kind + "\nmetadata: {name: case}\nspec:\n  "
                + spec.strip().replace("\n", "\n  ") + "\n";
    }

    /** Where it is created. */
    public String path(String namespace) {
        String plural = kind.equals("ScalingPolicy") ? "scalingpolicies" : kind.toLowerCase(Locale.ROOT) + "s";
        String scope = kind.equals("ScalingProfile") ? "" : "namespaces/" + namespace + "/";
        return "/apis/tidegate.io/v1alpha1/" + scope + plural;
    }

    /** The lines of a refusal, but for that which says that there may be more. */
    public static Set<String> said(Status status) {
        Set<String> said = new TreeSet<>();
        if (status.getDetails() != null && status.getDetails().getCauses() != null) {
            status.getDetails().getCauses().stream()
                    .filter(cause -> !cause.getMessage().contains("some validation rules were not checked"))
                    .forEach(cause -> said.add(cause.getField() + ": " + cause.getMessage()));
        }
        Matcher unknown = UNKNOWN_FIELD.matcher(status.getMessage());
        while (unknown.find()) {
            said.add(unknown.group());
        }
        return said.isEmpty() ? Set.of(status.getMessage()) : said;
    }
}

package io.tidegate.tools.schema;

import io.tidegate.tools.manifest.Manifest;
import io.tidegate.tools.manifest.ManifestFile;
import io.tidegate.tools.manifest.ManifestReader;
import io.tidegate.tools.manifest.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The kinds of Tidegate, by the definitions that are installed into a cluster. */
public final class CustomResources {

    public static final String GROUP = "tidegate.io";

    private static final List<String> FILES =
            List.of("scalingpolicies.yaml", "connections.yaml", "scalingprofiles.yaml");

    private final Map<String, Schema> schemas = new HashMap<>();
    private final Map<String, Boolean> namespaced = new HashMap<>();
    private final Rules rules = new Rules();

    private CustomResources() {}

    /** Read once, for compiling rules takes time. */
    private static final class Shipped {

        private static final CustomResources RESOURCES = read();

        private Shipped() {}
    }

    /** As this build ships them. */
    public static CustomResources shipped() {
        return Shipped.RESOURCES;
    }

    private static CustomResources read() {
        CustomResources resources = new CustomResources();
        for (String file : FILES) {
            try (InputStream in = CustomResources.class.getResourceAsStream("crds/" + file)) {
                if (in == null) {
                    throw new IllegalStateException(file + " is not on the class path");
                }
                resources.add(ManifestReader.read(in, file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return resources;
    }

    static CustomResources of(ManifestFile file) {
        CustomResources resources = new CustomResources();
        resources.add(file);
        return resources;
    }

    private void add(ManifestFile file) {
        if (!file.unreadable().isEmpty()) {
            throw new IllegalStateException(file.name() + ": " + file.unreadable());
        }
        for (Manifest definition : file.manifests()) {
            Value.Mapping spec = definition.content().mapping("spec");
            for (Value version : spec.items("versions")) {
                String key = spec.text("group") + "/" + version.text("name") + "/" + spec.text("names", "kind");
                schemas.put(key, new Schema(version.mapping("schema", "openAPIV3Schema")));
                namespaced.put(key, spec.text("scope").equals("Namespaced"));
            }
        }
    }

    /** What the API server would say of an object of the group {@code tidegate.io}; nothing if it would take it. */
    public List<Violation> check(Manifest manifest) {
        String key = manifest.apiVersion() + "/" + manifest.kind();
        Schema schema = schemas.get(key);
        if (schema == null) {
            Value at = manifest.content().at("apiVersion");
            return List.of(new Violation(
                    Violation.Kind.NOT_SUPPORTED,
                    "apiVersion",
                    "no matches for kind \"" + manifest.kind() + "\" in version \"" + manifest.apiVersion() + "\"",
                    "There are "
                            + String.join(
                                    ", ", schemas.keySet().stream().sorted().toList()) + ".",
                    at == null ? manifest.content().line() : at.line()));
        }
        List<Violation> found = new ArrayList<>(MetadataCheck.check(manifest, namespaced.getOrDefault(key, true)));
        found.addAll(new SchemaCheck(rules).check(manifest.content(), schema));
        return List.copyOf(found);
    }
}

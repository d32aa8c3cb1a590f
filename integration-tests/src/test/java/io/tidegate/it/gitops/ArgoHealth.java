package io.tidegate.it.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tidegate.testbed.files.TestbedHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** What the shipped health check for Argo CD says of policies in the cluster. */
final class ArgoHealth {

    private static final JsonMapper JSON = new JsonMapper();

    private final String script;

    ArgoHealth() {
        try {
            this.script = new YAMLMapper()
                    .readTree(TestbedHome.root()
                            .resolve("k8s/gitops/argocd/health.yaml")
                            .toFile())
                    .path("data")
                    .path("resource.customizations.health.tidegate.io_ScalingPolicy")
                    .asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Status and message, such as {@code Degraded: Fresh: the Connection kafka does not exist}. */
    String of(GenericKubernetesResource policy) {
        Globals globals = JsePlatform.standardGlobals();
        globals.set("obj", lua(JSON.valueToTree(policy)));
        LuaValue health = globals.load(script).call();
        return health.get("status") + ": " + health.get("message");
    }

    private static LuaValue lua(JsonNode node) {
        if (node.isObject()) {
            LuaTable table = new LuaTable();
            node.properties().forEach(entry -> table.set(entry.getKey(), lua(entry.getValue())));
            return table;
        }
        if (node.isArray()) {
            LuaTable table = new LuaTable();
            for (int i = 0; i < node.size(); i++) {
                table.set(i + 1, lua(node.get(i)));
            }
            return table;
        }
        return node.isNumber() ? LuaValue.valueOf(node.asDouble()) : LuaValue.valueOf(node.asText());
    }
}

package io.tidegate.tools.gitops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** The health check for Argo CD, run by an interpreter of the same language on policies as the services leave them. */
class ArgoHealthTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    new                | Progressing | not decided on yet              | {metadata: {generation: 1}}
                    being edited       | Progressing | the change is not decided on yet | {metadata: {generation: 2}, status: {observedGeneration: 1, reason: Ok}}
                    decided            | Healthy     | Stays at 3.                     | {metadata: {generation: 2}, status: {observedGeneration: 2, reason: Ok, sentence: Stays at 3.}}
                    sound conditions   | Healthy     | Ok                              | {metadata: {generation: 1}, status: {observedGeneration: 1, reason: Ok, conditions: [{type: Able, status: 'True'}, {type: FallbackActive, status: 'False'}]}}
                    paused             | Suspended   | Paused                          | {metadata: {generation: 1}, status: {observedGeneration: 1, reason: Paused, mode: Paused}}
                    in conflict        | Degraded    | Conflicted: an older one rules  | {metadata: {generation: 1}, status: {observedGeneration: 1, reason: Conflicted, conditions: [{type: Conflicted, status: 'True', message: an older one rules}]}}
                    refused            | Degraded    | Applied: quota                  | {metadata: {generation: 1}, status: {observedGeneration: 1, reason: Ok, conditions: [{type: Applied, status: 'False', message: quota}]}}
                    shadowed           | Healthy     | Ok                              | {metadata: {generation: 1}, status: {observedGeneration: 1, reason: Ok, mode: Shadow, conditions: [{type: Applied, status: 'False', reason: Shadowed}]}}
                    unable             | Degraded    | Able: InvalidPolicy             | {metadata: {generation: 1}, status: {observedGeneration: 1, reason: InvalidPolicy, conditions: [{type: Able, status: 'False', reason: InvalidPolicy}]}}
                    source fails       | Degraded    | Fresh: the Connection kafka does not exist | {metadata: {generation: 1}, status: {observedGeneration: 1, reason: SignalFailed, conditions: [{type: Fresh, status: 'False', reason: SignalFailed, message: the Connection kafka does not exist}]}}
                    source is late     | Healthy     | SignalStale                     | {metadata: {generation: 1}, status: {observedGeneration: 1, reason: SignalStale, conditions: [{type: Fresh, status: 'False', reason: SignalStale, message: late}]}}
                    on the fallback    | Degraded    | FallbackActive: silent          | {metadata: {generation: 1}, status: {observedGeneration: 1, reason: Ok, conditions: [{type: FallbackActive, status: 'True', message: silent}]}}
                    """)
    void tells(String name, String status, String message, String policy) throws IOException {
        JsonNode settings =
                YAML.readTree(Path.of("../k8s/gitops/argocd/health.yaml").toFile());
        Globals globals = JsePlatform.standardGlobals();
        globals.set("obj", lua(YAML.readTree(policy)));
        LuaValue health = globals.load(settings.path("data")
                        .path("resource.customizations.health.tidegate.io_ScalingPolicy")
                        .asText())
                .call();
        assertEquals(status + ": " + message, health.get("status") + ": " + health.get("message"));
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
        return node.isNumber() ? LuaValue.valueOf(node.asInt()) : LuaValue.valueOf(node.asText());
    }
}

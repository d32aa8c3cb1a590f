package io.tidegate.tools.gitops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Terraform examples give, evaluated by a real terraform where there is one; no provider is needed for it. */
class TerraformExamplesTest {

    private static final Path EXAMPLES = EntryPoints.K8S.resolve("terraform");

    @TempDir
    private Path folder;

    @Test
    void areFormattedAsTerraformDoes() throws IOException, InterruptedException {
        assertEquals("", terraform("", "fmt", "-check", "-recursive", "-diff", EXAMPLES.toString()));
    }

    @Test
    void chartIsGivenValuesThatItTakes() throws IOException, InterruptedException {
        List<String> given = List.of("cluster=prod", "kafka_bootstrap_servers=kafka:9092", "kafka_secret=kafka");
        JsonNode values = evaluate("tidegate/values.tf", "local.values", given);
        assertEquals(List.of(), EntryPoints.problemsOfValues(values));
        assertEquals("kafka", values.at("/kafka/existingSecret").asText());

        List<String> more = new ArrayList<>(given);
        more.add("namespaces=[\"team-a\"]");
        more.add("values={engine={replicas=1}}");
        JsonNode changed = evaluate("tidegate/values.tf", "local.values", more);
        assertEquals(List.of(), EntryPoints.problemsOfValues(changed));
        assertEquals("team-a", changed.at("/watch/namespaces/0").asText());
        assertEquals(1, changed.at("/engine/replicas").asInt());

        more.add("values={engin={replicas=1}}");
        assertTrue(EntryPoints.problemsOfValues(evaluate("tidegate/values.tf", "local.values", more))
                .toString()
                .contains("engin"));
    }

    @Test
    void policyIsOneThatTheApiServerTakes() throws IOException, InterruptedException {
        List<String> given = List.of("name=orders", "namespace=sales", "topics=[\"orders\"]", "connection=sales-kafka");
        JsonNode policy = evaluate("workload/policy.tf", "local.policy", given);
        assertEquals(List.of(), EntryPoints.problemsOfPolicy(policy));
        assertEquals("orders", policy.at("/spec/signals/0/kafka/topics/0").asText());
    }

    @Test
    void sizesAreLeftToTidegate() throws IOException {
        String workload = Files.readString(EXAMPLES.resolve("workload/main.tf"));
        assertTrue(workload.contains("ignore_changes = [spec[0].replicas]"), workload);
    }

    private JsonNode evaluate(String file, String expression, List<String> variables)
            throws IOException, InterruptedException {
        // Alone, since main.tf asks for providers.
        Path alone = Files.createTempDirectory(folder, "module");
        Files.copy(EXAMPLES.resolve(file), alone.resolve("alone.tf"));
        List<String> arguments = new ArrayList<>(List.of("-chdir=" + alone, "console"));
        variables.forEach(variable -> arguments.addAll(List.of("-var", variable)));
        String printed = terraform("jsonencode(" + expression + ")\n", arguments.toArray(String[]::new));
        return EntryPoints.JSON.readTree(
                EntryPoints.JSON.readTree(printed.strip()).asText());
    }

    private String terraform(String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("terraform"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(folder.resolve("errors.txt").toFile());
        builder.environment().put("CHECKPOINT_DISABLE", "true");
        Process process = started(builder);
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "terraform does not end");
        assertEquals(0, process.exitValue(), () -> printed + errors());
        return printed;
    }

    private String errors() {
        try {
            return Files.readString(folder.resolve("errors.txt"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Process started(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            return Assumptions.abort("terraform is not there");
        }
    }
}

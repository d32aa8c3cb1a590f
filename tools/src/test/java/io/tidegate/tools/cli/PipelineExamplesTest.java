package io.tidegate.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The commands of the examples for pipelines, run on folders that must pass and must not. */
class PipelineExamplesTest {

    private static final Path EXAMPLES = Path.of("..", "examples", "ci");
    private static final String LAUNCHER = ".tidegate/tidegate ";
    private static final String POLICY = """
            apiVersion: tidegate.io/v1alpha1
            kind: ScalingPolicy
            metadata: {name: orders, namespace: sales}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}
              replicas: {min: 1, max: 9}
              signals: [{name: cpu, resource: {name: cpu, averageUtilization: 70}}]
            """;
    /** Its size is in Git: a warning, which a strict check does not pass. */
    private static final String DEPLOYMENT = """
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: orders, namespace: sales}
            spec: {replicas: 3}
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"github-actions.yaml, /jobs/check/steps/3/run", "gitlab-ci.yaml, /policies/script/0"})
    void passGoodPoliciesOnly(String file, String command) throws IOException {
        JsonNode pipeline = new YAMLMapper().readTree(EXAMPLES.resolve(file).toFile());
        String line = pipeline.at(command).asText();
        assertEquals(LAUNCHER, line.substring(0, LAUNCHER.length()), line);

        assertEquals(0, run(line, POLICY));
        assertEquals(1, run(line, POLICY.replace("max: 9", "max: 0")));
        assertEquals(1, run(line, POLICY + DEPLOYMENT));
    }

    /** The exit code. */
    private int run(String line, String manifests) throws IOException {
        Path deploy = Files.createDirectories(folder.resolve("deploy"));
        Files.writeString(deploy.resolve("orders.yaml"), manifests);
        List<String> arguments = List.of(line.substring(LAUNCHER.length())
                .replace(" deploy/", " " + deploy)
                .split(" ", -1));
        CommandLine commandLine = ToolsCommand.commandLine();
        commandLine.setOut(new PrintWriter(new StringWriter(), true));
        commandLine.setErr(new PrintWriter(new StringWriter(), true));
        return commandLine.execute(arguments.toArray(String[]::new));
    }
}

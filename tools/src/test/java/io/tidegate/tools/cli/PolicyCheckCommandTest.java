package io.tidegate.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PolicyCheckCommandTest {

    private static final String BAD = """
            apiVersion: tidegate.io/v1alpha1
            kind: ScalingPolicy
            metadata: {name: p, namespace: ns}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: x}
              replicas: {min: 5, max: 3}
              executor: {min: 2}
              signals: [{name: lag, kafka: {connectionRef: c, consumerGroup: g, topics: [t]}}]
            """;
    private static final String DEPLOYMENT =
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: x, namespace: ns}, spec: {replicas: 2}}\n";

    @TempDir
    Path folder = Path.of("");

    record Ran(int exitCode, String out, String err) {}

    static Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = ToolsCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return new Ran(commandLine.execute(arguments), out.toString(), err.toString());
    }

    @Test
    void findsNothingWrongWithTheExamples() {
        Ran ran = run("policy", "check", Path.of("..", "k8s", "examples").toString());
        assertEquals("12 files, 14 objects of Tidegate: 0 errors, 0 warnings\n", ran.out());
        assertEquals(0, ran.exitCode());
    }

    @Test
    void saysWhereWhatAndWhatToDo() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.yaml"), BAD);
        Ran ran = run("policy", "check", folder.toString());
        assertEquals("""
                %s:7: error: ScalingPolicy ns/p: spec.executor: unknown field "spec.executor"
                    Did you mean executors?
                1 file, 1 object of Tidegate: 1 error, 0 warnings
                """.formatted(file), ran.out());
        assertEquals(1, ran.exitCode());
    }

    @Test
    void writesJson() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.yaml"), BAD.replace("  executor: {min: 2}\n", ""));
        Ran ran = run("policy", "check", "--output", "json", file.toString());
        JsonNode report = new ObjectMapper().readTree(ran.out());
        assertEquals(1, report.path("errors").asInt());
        JsonNode finding = report.path("findings").path(0);
        assertEquals(file.toString(), finding.path("file").asText());
        assertEquals(6, finding.path("line").asInt());
        assertEquals(1, finding.path("document").asInt());
        assertEquals("ScalingPolicy ns/p", finding.path("object").asText());
        assertEquals("spec.replicas", finding.path("path").asText());
        assertEquals(
                "Invalid value: replicas.min must not be greater than replicas.max",
                finding.path("message").asText());
        assertEquals(1, ran.exitCode());
    }

    @Test
    void countsWarningsOnlyIfAskedTo() throws IOException {
        Files.writeString(
                folder.resolve("p.yaml"),
                BAD.replace("  executor: {min: 2}\n", "")
                        .replace("max: 3", "max: 9")
                        .replace(
                                "name: lag, kafka: {connectionRef: c, consumerGroup: g, topics: [t]}",
                                "name: cpu, resource: {name: cpu, averageUtilization: 70}"));
        Files.writeString(folder.resolve("x.json"), DEPLOYMENT);
        Files.createDirectory(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/broken.yaml"), "{");
        assertEquals(0, run("policy", "check", folder.toString()).exitCode());
        Ran strict = run("policy", "check", "--strict", folder.toString());
        assertEquals(1, strict.exitCode());
        assertTrue(strict.out().endsWith("2 files, 1 object of Tidegate: 0 errors, 1 warning\n"), strict.out());
    }

    @Test
    void writesNoLineThatAFileMakesUp() throws IOException {
        Path file = Files.writeString(
                folder.resolve("x.yaml"),
                "apiVersion: tidegate.io/v1alpha1\nkind: \"Made\\nup:1: error\\e[2J\"\nmetadata: {name: x}\n");
        Ran ran = run("policy", "check", file.toString());
        assertEquals(3, ran.out().lines().count(), ran.out());
        assertTrue(ran.out().indexOf('\u001b') < 0, ran.out());
    }

    @Test
    void saysInOneSentenceHowItIsUsedWrongly() {
        Ran missing = run("policy", "check", "no-such-file.yaml");
        assertEquals(2, missing.exitCode());
        assertTrue(missing.err().startsWith("There is no file or folder no-such-file.yaml.\n"), missing.err());
        assertEquals(2, run("policy", "check").exitCode());
        assertEquals(2, run("policy").exitCode());
        assertEquals(2, run("policy", "check", "--output", "xml", ".").exitCode());
    }
}

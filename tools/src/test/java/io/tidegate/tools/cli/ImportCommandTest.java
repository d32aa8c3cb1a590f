package io.tidegate.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.tools.cli.PolicyCheckCommandTest.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each folder of the golden files has what is given, and the policy and the words that must come of it. */
class ImportCommandTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "io", "tidegate", "tools", "migrate");

    @TempDir
    Path folder = Path.of("");

    static Stream<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(GOLDEN)) {
            List<String> names = folders.map(each -> String.valueOf(each.getFileName()))
                    .sorted()
                    .toList();
            return names.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void writesWhatHasAnEqualAndSaysWhatHasNot(String name) throws IOException {
        Path given = GOLDEN.resolve(name).resolve("given.yaml");
        Ran ran = PolicyCheckCommandTest.run("import", given.toString());
        String err = ran.err().replace(given.toString(), "given.yaml");
        Path policy = GOLDEN.resolve(name).resolve("policy.yaml");
        Path words = GOLDEN.resolve(name).resolve("words.txt");
        if (Boolean.getBoolean("tidegate.golden.write")) {
            Files.writeString(policy, ran.out());
            Files.writeString(words, err);
        }
        assertEquals(Files.readString(policy), ran.out());
        assertEquals(Files.readString(words), err);
        assertEquals(name.contains("only-external") || name.equals("keda-without-equal") ? 1 : 0, ran.exitCode());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void writesWhatPassesTheCheck(String name) throws IOException {
        Path given = GOLDEN.resolve(name).resolve("given.yaml");
        for (String option : List.of("--shadow", "")) {
            Ran ran = option.isEmpty()
                    ? PolicyCheckCommandTest.run("import", given.toString())
                    : PolicyCheckCommandTest.run("import", option, given.toString());
            Path written = Files.writeString(folder.resolve("written.yaml"), ran.out());
            Ran check = PolicyCheckCommandTest.run("policy", "check", "--strict", written.toString());
            assertEquals(0, check.exitCode(), check.out());
        }
    }

    @Test
    void writesNoPolicyThatWouldBeRefused() throws IOException {
        Path given = Files.writeString(folder.resolve("hpa.yaml"), """
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: web}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
                  minReplicas: 5
                  maxReplicas: 3
                """);
        Ran ran = PolicyCheckCommandTest.run("import", given.toString());
        assertEquals("", ran.out());
        assertTrue(
                ran.err()
                        .endsWith(
                                "no policy was written, for it would be refused: spec.replicas: Invalid value: replicas.min must not be greater than replicas.max\n"),
                ran.err());
        assertEquals(1, ran.exitCode());
    }

    @Test
    void bearsBoundsThatContradictEachOther() throws IOException {
        Path given = Files.writeString(folder.resolve("so.yaml"), """
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: web}
                spec:
                  scaleTargetRef: {name: web}
                  minReplicaCount: 5
                  maxReplicaCount: 3
                  fallback: {failureThreshold: 3, replicas: 4}
                  triggers: [{type: cpu, metricType: Utilization, metadata: {value: "60"}}]
                """);
        Ran ran = PolicyCheckCommandTest.run("import", given.toString());
        assertEquals("", ran.out());
        assertTrue(ran.err().contains("replicas.min must not be greater than replicas.max"), ran.err());
        assertEquals(1, ran.exitCode());
    }

    @Test
    void saysThatNothingIsToBeImported() throws IOException {
        Path empty =
                Files.writeString(folder.resolve("x.yaml"), "{apiVersion: v1, kind: ConfigMap, metadata: {name: x}}");
        Ran ran = PolicyCheckCommandTest.run("import", empty.toString());
        assertEquals("There is no HorizontalPodAutoscaler and no ScaledObject in these files.\n", ran.err());
        assertEquals(1, ran.exitCode());
        Ran broken = PolicyCheckCommandTest.run(
                "import", Files.writeString(folder.resolve("y.yaml"), "a: [").toString());
        assertTrue(broken.err().contains("y.yaml:1: This is no valid YAML"), broken.err());
        assertEquals(2, PolicyCheckCommandTest.run("import", "no-such-file").exitCode());
    }
}

package io.tidegate.tools.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.tools.manifest.ManifestFile.Unreadable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTest {

    @Test
    void readsAllDocumentsAndTheItemsOfLists() {
        ManifestFile file = ManifestReader.parse("""
                # a comment
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: one}
                ---
                ---
                not: a manifest
                ---
                apiVersion: v1
                kind: List
                items:
                  - {apiVersion: v1, kind: ConfigMap, metadata: {name: two}}
                  - apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: three, namespace: ns}
                """, "all.yaml");
        assertEquals(List.of(), file.unreadable());
        assertEquals(
                List.of("ConfigMap one 1 3", "ConfigMap two 4 13", "Deployment ns/three 4 14"),
                file.manifests().stream()
                        .map(each -> each.title() + " " + each.document() + " "
                                + each.content().line())
                        .toList());
    }

    @Test
    void readsJson() {
        ManifestFile file = ManifestReader.parse(
                "{\n\t\"apiVersion\": \"v1\",\n\t\"kind\": \"ConfigMap\",\n\t\"metadata\": {\"name\": \"one\"}\n}",
                "one.JSON");
        assertEquals(List.of(), file.unreadable());
        assertEquals("ConfigMap one", file.manifests().getFirst().title());
    }

    @ParameterizedTest
    @CsvSource({
        "on, Boolean, true",
        "n, Boolean, false",
        "22:00, String, 22:00",
        "2026-01-01, String, 2026-01-01",
        "010, Long, 8",
        "0x1F, Long, 31",
        "1_000, Long, 1000",
        "1e3, Double, 1000.0",
        ".5, Double, 0.5",
        "1.5Gi, String, 1.5Gi",
        "'''7''', String, 7",
        "!!str 7, String, 7",
        "99999999999999999999, Double, 1.0E20"
    })
    void takesScalarsAsKubectlDoes(String written, String type, String value) {
        Value it = Objects.requireNonNull(parsed("value: " + written).at("value"));
        Object content = Objects.requireNonNull(it.plain());
        assertEquals(type + " " + value, content.getClass().getSimpleName() + " " + content);
    }

    @Test
    void mergesMaps() {
        Value.Mapping map = parsed("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}");
        assertEquals("{y=3, x=1}", String.valueOf(map.mapping("b").plain()));
    }

    private static Value.Mapping parsed(String fields) {
        ManifestFile file = ManifestReader.parse("apiVersion: v1\nkind: X\n" + fields, "x.yaml");
        assertEquals(List.of(), file.unreadable());
        return file.manifests().getFirst().content();
    }

    @Test
    void tellsWhereYamlIsBrokenAndKeepsWhatIsBefore() {
        ManifestFile file = ManifestReader.parse("apiVersion: v1\nkind: X\n---\na: b\n  c: d\n", "x.yaml");
        assertEquals(1, file.manifests().size());
        assertEquals(5, only(file).line());
        assertTrue(only(file).problem().startsWith("This is no valid YAML: mapping values are not allowed here"));
    }

    @Test
    void tellsOfTemplatesThatWereNotRendered() {
        Unreadable template = only(ManifestReader.parse("kind: {{- .Values.kind }}\n", "x.yaml"));
        assertEquals(1, template.line());
        assertTrue(template.advice().startsWith("If it is a template"), template.advice());
    }

    @Test
    void tellsOfAKeyThatIsThereTwice() {
        Unreadable twice = only(ManifestReader.parse("apiVersion: v1\nkind: X\nspec:\n  a: 1\n  a: 2\n", "x.yaml"));
        assertEquals(5, twice.line());
        assertEquals("The key \"a\" is there twice in one map.", twice.problem());
    }

    @Test
    void refusesAliasesThatGrowWithoutBound() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(9) + "*a" + (i - 1)));
        }
        assertTrue(only(ManifestReader.parse(bomb.toString(), "bomb.yaml"))
                .problem()
                .contains("becomes too large"));
    }

    @Test
    void refusesAnAliasThatHoldsItself() {
        assertTrue(only(ManifestReader.parse("a: &a {b: *a}\n", "x.yaml"))
                .problem()
                .contains("holds itself"));
    }

    @Test
    void refusesDeepNesting() {
        assertEquals(
                "The YAML is nested deeper than 64 levels.",
                only(ManifestReader.parse("[".repeat(100_000), "x.yaml")).problem());
    }

    @Test
    void refusesHugeFiles() throws IOException {
        byte[] huge = new byte[ManifestReader.LARGEST_FILE_BYTES + 1];
        Arrays.fill(huge, (byte) '#');
        assertEquals(
                "The file is larger than 8 MiB.",
                only(ManifestReader.read(stream(huge), "x.yaml")).problem());
    }

    @Test
    void refusesWhatIsNoText() throws IOException {
        byte[] bytes = {(byte) 0xff, (byte) 0xfe, 0};
        assertEquals(
                "The file is not text in UTF-8.",
                only(ManifestReader.read(stream(bytes), "x.yaml")).problem());
        byte[] zero = "a: \0".getBytes(StandardCharsets.UTF_8);
        assertTrue(only(ManifestReader.read(stream(zero), "x.yaml")).problem().startsWith("This is no valid YAML"));
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static Unreadable only(ManifestFile file) {
        assertEquals(1, file.unreadable().size(), () -> file.unreadable().toString());
        return file.unreadable().getFirst();
    }
}

package io.tidegate.tools.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChartDocsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void committedReadmeIsWhatTheValuesGive() throws IOException {
        assertEquals(
                ChartDocs.readme(ROOT),
                Files.readString(ROOT.resolve("k8s/chart/README.md")),
                "k8s/chart/README.md is out of date: run ./tidegate docs");
    }

    @Test
    void copiesInTheChartAreTheirSources() throws IOException {
        List<ChartDocs.Copy> copies = ChartDocs.copies(ROOT);
        for (ChartDocs.Copy copy : copies) {
            assertTrue(Files.exists(copy.target()), () -> copy.target() + " is missing: run ./tidegate docs");
            assertEquals(
                    Files.readString(copy.source()),
                    Files.readString(copy.target()),
                    () -> copy.target() + " is out of date: run ./tidegate docs");
        }
        Set<Path> targets = copies.stream().map(ChartDocs.Copy::target).collect(Collectors.toSet());
        for (String folder : List.of("crds", "rbac", "dashboards", "rules")) {
            Path files = ROOT.resolve("k8s/chart/files").resolve(folder);
            if (Files.isDirectory(files)) {
                try (var there = Files.list(files)) {
                    assertEquals(
                            List.of(),
                            there.filter(file -> !targets.contains(file)).toList(),
                            "copies whose source is gone");
                }
            }
        }
        assertTrue(copies.size() >= 6, () -> "only " + copies);
    }

    @Test
    void readsValuesOfAllShapes() {
        assertEquals(
                List.of(
                        new ChartValue("plain", "\"\"", "What it is."),
                        new ChartValue("group.list", "- {a: b} - c", "Over two lines."),
                        new ChartValue("group.deep.inline", "{x: 1}", "Inline."),
                        new ChartValue("last", "2", "The last.")),
                ChartValue.read("""
                        # About the file.

                        # What it is.
                        plain: ""
                        group:
                          # Over
                          # two lines.
                          list:
                            - {a: b}
                            - c
                          deep:
                            # Inline.
                            inline: {x: 1}
                        # The last.
                        last: 2
                        """.lines().toList()));
    }

    @Test
    void refusesAValueThatNothingIsSaidAbout() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> ChartValue.read(List.of("group:", "  silent: 1")));
        assertEquals("values.yaml: nothing says what group.silent is", refused.getMessage());
    }
}

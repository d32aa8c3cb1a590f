package io.tidegate.it.watched;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidegate.renderer.board.Board;
import io.tidegate.renderer.browser.Chromium;
import io.tidegate.renderer.browser.Drawing;
import io.tidegate.renderer.browser.Drawing.Drawn;
import io.tidegate.renderer.browser.Page;
import io.tidegate.testbed.process.TestbedException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a real browser makes of panels whose data is known: what it shows, and what it says that it does not show. */
@Tag("deploy")
class DrawnPanelsIT {

    private static final String LINES = """
        {"id": 1, "type": "timeseries", "title": "T", "gridPos": {"x": 0, "y": 0, "w": 12, "h": 8},
         "targets": [{"refId": "A", "legendFormat": "{{name}}"}], "options": {"legend": {"showLegend": true}},
         "fieldConfig": {"defaults": {"unit": "s", "custom": {"lineInterpolation": "linear", "lineWidth": 2,
           "fillOpacity": 5, "showPoints": "never"}, "thresholds": {"steps": []}}}}
        """;

    private static final String STATES = """
        {"id": 1, "type": "state-timeline", "title": "T", "gridPos": {"x": 0, "y": 0, "w": 12, "h": 7},
         "targets": [{"refId": "A", "legendFormat": "{{name}}"}], "options": {"showValue": "auto"},
         "fieldConfig": {"defaults": {"custom": {"fillOpacity": 100},
           "mappings": [{"type": "value", "options": {"1": {"text": "held", "color": "green"}}}]}}}
        """;

    private static final String TABLE = """
        {"id": 1, "type": "table", "title": "T", "gridPos": {"x": 0, "y": 0, "w": 6, "h": 9},
         "targets": [{"refId": "A"}], "options": {},
         "transformations": [{"id": "organize", "options": {"excludeByName": {"Value": true, "hidden": true},
           "indexByName": {"name": 0, "words": 1}, "renameByName": {"name": "Name"}}}],
         "fieldConfig": {"defaults": {"unit": "short"}, "overrides": []}}
        """;

    private static Chromium chromium;

    @BeforeAll
    static void findTheBrowser() {
        Optional<Chromium> found = Chromium.find(System.getenv());
        assumeTrue(found.isPresent(), Chromium.MISSING);
        chromium = found.orElseThrow();
    }

    @Test
    void numbersStandInTheUnitsOfGrafana() throws IOException {
        Map<String, String> cases = new TreeMap<>(Map.of(
                "short 1234.5", "1.23 K",
                "short 0.1234", "0.123",
                "percentunit 0.256", "25.6%",
                "bytes 1572864", "1.50 MiB",
                "s 0.0123", "12.3 ms",
                "s 90", "1.50 min",
                "ops 12.34", "12.3 ops/s",
                "suffix:replicas 3", "3 replicas",
                "bool_yes_no 0", "No",
                "dateTimeFromNow 1000000", "5 minutes ago"));
        for (Map.Entry<String, String> one : cases.entrySet()) {
            String[] parts = one.getKey().split(" ", 2);
            assertEquals(
                    List.of(one.getValue()),
                    draw(stat(parts[0]), series("{}", parts[1])).texts(),
                    one.getKey());
        }
    }

    @Test
    void aNumberThatIsMissingIsNotSeen() throws IOException {
        assertFalse(draw(stat("short"), "").visible());
    }

    @Test
    void linesAreSeenInTheirColour() throws IOException {
        Drawing drawing = drawing(LINES, series("{\"name\": \"<b>one</b>\"}", "2", "7", "3"));
        assertTrue(drawing.panels().getFirst().visible());
        assertEquals("", drawing.panels().getFirst().cut());
        BufferedImage picture = drawing.picture();
        assertEquals(1400, picture.getWidth());
        assertTrue(pixels(picture, 0x73BF69) > 100, "the first series is green");
        assertTrue(pixels(picture, 0x5794F2) > 50, "the mark is blue");
    }

    @Test
    void linesWithoutPointsAreNotSeen() throws IOException {
        assertFalse(draw(LINES, "").visible());
        assertFalse(draw(LINES, series("{\"name\": \"none\"}", "null", "null")).visible());
    }

    @Test
    void statesAreSeenByTheirNames() throws IOException {
        Drawing drawing = drawing(STATES, series("{\"name\": \"one\"}", "1", "1", "null", "1"));
        assertTrue(drawing.panels().getFirst().visible());
        assertTrue(pixels(drawing.picture(), 0x73BF69) > 100);
        assertFalse(draw(STATES, "").visible());
    }

    @Test
    void tablesHaveTheColumnsThatThePanelNames() throws IOException {
        Drawn table = draw(TABLE, series("{\"words\": \"few\", \"hidden\": \"x\", \"name\": \"one\"}", "1"));
        assertEquals(List.of("one", "few"), table.texts());
        assertEquals("", table.cut());
    }

    @Test
    void aCellThatDoesNotFitIsTold() throws IOException {
        String words = "more words than a cell of such a narrow table has room for, by far";
        Drawn table = draw(TABLE, series("{\"words\": \"%s\", \"name\": \"one\"}".formatted(words), "1"));
        assertTrue(table.cut().contains("td: more words"), table.cut());
    }

    @Test
    void aPanelOfAnUnknownTypeIsAFailure() {
        TestbedException failure = assertThrows(
                TestbedException.class, () -> draw(LINES.replace("timeseries", "piechart"), series("{}", "1")));
        assertTrue(String.valueOf(failure.getMessage()).contains("piechart"), failure.getMessage());
    }

    private static String stat(String unit) {
        return """
            {"id": 1, "type": "stat", "title": "T", "gridPos": {"x": 0, "y": 0, "w": 6, "h": 4},
             "targets": [{"refId": "A", "legendFormat": "x"}], "options": {},
             "fieldConfig": {"defaults": {"unit": "%s", "thresholds": {"steps": [{"color": "green", "value": null}]}}}}
            """.formatted(unit);
    }

    /** A series of these values, 5 s apart. */
    private static String series(String labels, String... values) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            points.append(i == 0 ? "" : ",").append("[%d, %s]".formatted(1000 + 5 * i, values[i]));
        }
        return "{\"query\": 0, \"labels\": %s, \"points\": [%s]}".formatted(labels, points);
    }

    private static Drawn draw(String panel, String series) throws IOException {
        return drawing(panel, series).panels().getFirst();
    }

    private static Drawing drawing(String panel, String series) throws IOException {
        JsonMapper mapper = new JsonMapper();
        String board = """
            {"uid": "known", "title": "Known", "templating": {"list": []}, "panels": [%s]}
            """.formatted(panel);
        JsonNode answers = mapper.readTree("""
            {"from": 1000, "to": 1300, "marks": [{"color": "blue", "at": 1150}], "board": %s,
             "panels": {"1": {"step": 5, "series": [%s]}}}
            """.formatted(board, series));
        return chromium.draw(Page.of(Board.of(mapper.readTree(board)), answers));
    }

    private static int pixels(BufferedImage picture, int color) {
        int count = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                count += (picture.getRGB(x, y) & 0xffffff) == color ? 1 : 0;
            }
        }
        return count;
    }
}

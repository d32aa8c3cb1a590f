package io.tidegate.dashboards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidegate.dashboards.boards.Boards;
import io.tidegate.dashboards.grafana.Board;
import io.tidegate.dashboards.grafana.BoardJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rules that dashboards of the field are linted by, on the JSON that is shipped. Left out: variables job and instance and matchers
 * on them on dashboards of workloads, which are named by cluster and namespace whichever instance reports them.
 */
class DashboardLintTest {

    static Stream<Named> boards() throws IOException {
        List<Named> boards = new ArrayList<>();
        for (Board board : Boards.all()) {
            boards.add(new Named(board.uid(), new JsonMapper().readTree(BoardJson.render(board))));
        }
        return boards.stream();
    }

    @Test
    void idsAreUniqueAndShortEnough() {
        Set<String> ids = new HashSet<>();
        for (Board board : Boards.all()) {
            assertTrue(ids.add(board.uid()), "twice: " + board.uid());
            assertTrue(board.uid().matches("tidegate-[a-z]{1,31}"), board.uid());
        }
        assertEquals(8, ids.size());
    }

    @ParameterizedTest
    @MethodSource("boards")
    void isNamedDescribedTaggedLinkedAndNotEditable(Named board) {
        JsonNode json = board.json();
        assertTrue(json.path("title").asText().startsWith("Tidegate / "));
        assertTrue(json.path("description").asText().length() > 40);
        assertEquals(BoardJson.TAG, json.path("tags").path(0).asText());
        assertEquals(BoardJson.TAG, json.at("/links/0/tags/0").asText());
        assertTrue(json.at("/links/0/includeVars").asBoolean()
                && json.at("/links/0/keepTime").asBoolean());
        assertFalse(json.path("editable").asBoolean());
        assertTrue(json.path("__inputs").isMissingNode());
        assertTrue(json.path("id").isMissingNode(), "an id is given by the server that it is imported into");
    }

    @ParameterizedTest
    @MethodSource("boards")
    void choosesItsDataSource(Named board) {
        JsonNode first = board.json().at("/templating/list/0");
        assertEquals("datasource", first.path("type").asText());
        assertEquals("datasource", first.path("name").asText());
        assertEquals("prometheus", first.path("query").asText());
        board.json().findValues("datasource").stream()
                .filter(JsonNode::isObject)
                .forEach(source ->
                        assertEquals("${datasource}", source.path("uid").asText()));
    }

    @ParameterizedTest
    @MethodSource("boards")
    void choicesFollowTheTimeAndAllowAll(Named board) {
        for (JsonNode variable : board.json().at("/templating/list")) {
            if (variable.path("type").asText().equals("query")) {
                assertEquals(2, variable.path("refresh").asInt(), variable.toString());
                assertTrue(variable.path("includeAll").asBoolean(), variable.toString());
                assertTrue(variable.path("query").asText().startsWith("label_values("), variable.toString());
                assertTrue(variable.path("label").asText().length() > 2, variable.toString());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void eachPanelHasTitleDescriptionUnitAndQueries(Named board) {
        Set<String> titles = new HashSet<>();
        for (JsonNode panel : board.panels()) {
            String title = panel.path("title").asText();
            assertFalse(title.isBlank(), panel.toString());
            assertTrue(titles.add(title), "two panels are titled " + title);
            assertTrue(panel.path("description").asText().endsWith("."), title + " needs a description in sentences");
            assertFalse(panel.at("/fieldConfig/defaults/unit").asText().isBlank(), title);
            assertFalse(panel.path("targets").isEmpty(), title);
            assertEquals("${datasource}", panel.at("/datasource/uid").asText(), title);
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void eachQueryHasALegendAndKeepsToTheRules(Named board) {
        for (JsonNode panel : board.panels()) {
            for (JsonNode target : panel.path("targets")) {
                String expr = target.path("expr").asText();
                assertFalse(target.path("legendFormat").asText().isBlank(), expr);
                assertEquals("${datasource}", target.at("/datasource/uid").asText(), expr);
                assertEquals(
                        Set.of(), PromQl.countersNotRated(expr), "counters are only read by their growth: " + expr);
                assertFalse(expr.contains("[$__interval]"), "use $__rate_interval: " + expr);
                assertEquals(
                        expr.chars().filter(one -> one == '(').count(),
                        expr.chars().filter(one -> one == ')').count(),
                        expr);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void panelsLieBesideEachOtherWithinTheGrid(Named board) {
        Set<String> cells = new HashSet<>();
        for (JsonNode panel : board.json().path("panels")) {
            JsonNode at = panel.path("gridPos");
            assertTrue(
                    at.path("x").asInt() + at.path("w").asInt() <= 24,
                    panel.path("title").asText());
            for (int x = at.path("x").asInt();
                    x < at.path("x").asInt() + at.path("w").asInt();
                    x++) {
                for (int y = at.path("y").asInt();
                        y < at.path("y").asInt() + at.path("h").asInt();
                        y++) {
                    assertTrue(cells.add(x + "/" + y), panel.path("title").asText() + " lies over another panel");
                }
            }
        }
    }

    /** A label without a column would show as a column with its own name, beside those that are meant. */
    @ParameterizedTest
    @MethodSource("boards")
    void eachLabelOfATableHasItsColumn(Named board) {
        for (JsonNode panel : board.panels()) {
            if (panel.path("type").asText().equals("table")) {
                JsonNode columns = panel.at("/transformations/0/options/indexByName");
                Set<String> titled = new HashSet<>();
                columns.fieldNames().forEachRemaining(titled::add);
                Matcher by = Pattern.compile("by \\(([^)]*)\\)")
                        .matcher(panel.at("/targets/0/expr").asText());
                assertTrue(by.find(), panel.path("title").asText());
                assertEquals(
                        Set.of(by.group(1).split(", ")),
                        titled,
                        panel.path("title").asText());
                assertTrue(panel.at("/transformations/0/options/excludeByName/Value")
                        .asBoolean());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void queriesReadMetricsOfTheCatalogueOnly(Named board) throws IOException {
        Set<String> known = MetricsCatalogue.committed();
        for (String expr : board.queries()) {
            for (String metric : PromQl.metrics(expr)) {
                assertTrue(MetricsCatalogue.has(known, metric), metric + " is in no catalogue: " + expr);
            }
        }
    }

    /** A dashboard by its id. */
    record Named(String uid, JsonNode json) {

        List<JsonNode> panels() {
            List<JsonNode> panels = new ArrayList<>();
            for (JsonNode panel : json.path("panels")) {
                if (!panel.path("type").asText().equals("row")) {
                    panels.add(panel);
                }
            }
            return panels;
        }

        /** Of panels, annotations and variables. */
        List<String> queries() {
            List<String> queries = new ArrayList<>();
            json.findValues("expr").forEach(expr -> queries.add(expr.asText()));
            for (JsonNode variable : json.at("/templating/list")) {
                String query = variable.path("query").asText();
                if (query.startsWith("label_values(")) {
                    queries.add(query.substring("label_values(".length(), query.lastIndexOf(',')));
                }
            }
            return queries;
        }

        @Override
        public String toString() {
            return uid;
        }
    }
}

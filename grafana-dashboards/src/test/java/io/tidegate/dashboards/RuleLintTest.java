package io.tidegate.dashboards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tidegate.dashboards.boards.Boards;
import io.tidegate.dashboards.grafana.Board;
import io.tidegate.dashboards.rules.Alert;
import io.tidegate.dashboards.rules.Recording;
import io.tidegate.dashboards.rules.RuleFiles;
import io.tidegate.dashboards.rules.Rules;
import io.tidegate.dashboards.rules.Scenario;
import io.tidegate.dashboards.rules.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RuleLintTest {

    @Test
    void eachAlertHasASectionOfTheRunbook() throws IOException {
        Set<String> sections = new HashSet<>();
        for (String line : Files.readAllLines(Repository.ROOT.resolve("docs/runbook.md"))) {
            if (line.startsWith("## ")) {
                sections.add(line.substring(3).strip());
            }
        }
        Set<String> named = new TreeSet<>();
        for (Alert alert : Rules.allAlerts()) {
            named.add(alert.section());
            assertEquals(
                    Alert.RUNBOOK + "#" + alert.section().toLowerCase(Locale.ROOT), alert.runbookUrl(), alert.name());
        }
        assertEquals(named, new TreeSet<>(sections), "the sections of docs/runbook.md are those of the alerts");
    }

    @Test
    void eachAlertLeadsToADashboardThatIsThere() {
        Set<String> ids = Boards.all().stream().map(Board::uid).collect(Collectors.toSet());
        Pattern path = Pattern.compile("/d/([a-z-]+)(\\?.*)?");
        for (Alert alert : Rules.allAlerts()) {
            Matcher matcher = path.matcher(alert.subject().dashboard());
            assertTrue(matcher.matches() && ids.contains(matcher.group(1)), alert.name());
        }
    }

    @Test
    void eachAlertSaysWhatItMeans() {
        Set<String> names = new HashSet<>();
        for (Alert alert : Rules.allAlerts()) {
            assertTrue(names.add(alert.name()), "twice: " + alert.name());
            assertTrue(alert.name().matches("Tidegate[A-Z][A-Za-z]+"), alert.name());
            assertTrue(alert.summary().length() > 15, alert.name());
            assertTrue(alert.description().endsWith("."), alert.name());
            assertTrue(alert.forTime().matches("\\d+[mh]"), alert.name());
        }
    }

    @Test
    void eachAlertHasOneTestThatItFiresAndResolves() {
        List<String> tested =
                Scenarios.all().stream().map(Scenario::alert).sorted().toList();
        List<String> alerts =
                Rules.allAlerts().stream().map(Alert::name).sorted().toList();
        assertEquals(alerts, tested);
    }

    @Test
    void rulesReadMetricsOfTheCatalogueAndRecordedOnes() throws IOException {
        Set<String> known = new HashSet<>(MetricsCatalogue.committed());
        Rules.recordings().forEach(group -> group.recordings().forEach(recording -> known.add(recording.name())));
        List<String> queries = new ArrayList<>();
        Rules.recordings().forEach(group -> group.recordings().forEach(recording -> queries.add(recording.expr())));
        Rules.allAlerts().forEach(alert -> queries.add(alert.expr()));
        for (String query : queries) {
            for (String metric : PromQl.metrics(query)) {
                assertTrue(MetricsCatalogue.has(known, metric), metric + " is in no catalogue: " + query);
            }
            assertEquals(Set.of(), PromQl.countersNotRated(query), query);
        }
    }

    @Test
    void recordedNamesHaveLevelMetricAndOperation() {
        Set<String> names = new HashSet<>();
        for (Rules.Group group : Rules.recordings()) {
            for (Recording recording : group.recordings()) {
                assertTrue(names.add(recording.name()), "twice: " + recording.name());
                assertTrue(recording.name().matches("[a-z]+:[a-z_]+:[a-z]+(_\\d+[mhd])?"), recording.name());
            }
        }
    }

    @Test
    void customResourceHoldsTheSameRules() throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        JsonNode resource = yaml.readTree(RuleFiles.all().get(RuleFiles.CUSTOM_RESOURCE));
        assertEquals("PrometheusRule", resource.path("kind").asText());
        List<JsonNode> groups = new ArrayList<>();
        resource.at("/spec/groups").forEach(groups::add);
        List<JsonNode> plain = new ArrayList<>();
        for (String file : List.of(RuleFiles.RECORDINGS, RuleFiles.ALERTS)) {
            yaml.readTree(RuleFiles.all().get(file)).path("groups").forEach(plain::add);
        }
        assertEquals(plain, groups);
    }

    @Test
    void exampleRoutesAndInhibitsByAlertsThatThereAre() throws IOException {
        JsonNode example = new YAMLMapper()
                .readTree(Repository.MODULE
                        .resolve("rules/examples/alertmanager.yaml")
                        .toFile());
        Set<String> receivers = new HashSet<>();
        example.path("receivers")
                .forEach(receiver -> receivers.add(receiver.path("name").asText()));
        example.findValues("receiver")
                .forEach(receiver -> assertTrue(receivers.contains(receiver.asText()), receiver.asText()));
        List<String> alerts = Rules.allAlerts().stream().map(Alert::name).toList();
        Matcher names = Pattern.compile("alertname=~?\"([^\"]+)\"")
                .matcher(example.toString().replace("\\\"", "\""));
        int found = 0;
        while (names.find()) {
            for (String name : names.group(1).split("\\|", -1)) {
                found++;
                assertTrue(alerts.stream().anyMatch(alert -> alert.matches(name)), "no alert is named " + name);
            }
        }
        assertTrue(found > 10, "found " + found);
    }
}

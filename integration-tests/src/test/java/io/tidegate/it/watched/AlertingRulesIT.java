package io.tidegate.it.watched;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.prometheus.Promtool;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("deploy")
class AlertingRulesIT {

    private static final Path RULES = TestbedHome.root().resolve("grafana-dashboards/rules");

    private final Promtool promtool = Promtool.locate(Progress.console());

    @Test
    void areReadByPrometheus() {
        String said = promtool.run(List.of(
                "check",
                "rules",
                "--lint-fatal",
                RULES.resolve("tidegate-recordings.rules.yaml").toString(),
                RULES.resolve("tidegate-alerts.rules.yaml").toString()));
        assertTrue(said.contains("SUCCESS"), said);
    }

    @Test
    void eachFiresAndResolves() {
        String said = promtool.run(List.of(
                "test",
                "rules",
                RULES.resolve("tests/tidegate-alerts.test.yaml").toString()));
        assertTrue(said.contains("SUCCESS"), said);
    }
}

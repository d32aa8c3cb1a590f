package io.tidegate.dashboards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MetricsCatalogueTest {

    private static final List<String> OTHER_UNITS = List.of("milliseconds", "_ms", "minutes", "percent", "kilobytes");

    @Test
    void committedCatalogueIsWhatTheServicesShow() throws IOException {
        Repository.assertCommitted(MetricsCatalogue.FILE, MetricsCatalogue.render());
    }

    @Test
    void eachMetricSaysWhatItIs() {
        for (String page : pages()) {
            for (Exposition.Family family : Exposition.families(page)) {
                assertTrue(family.name().startsWith("tidegate_"), family.name());
                assertTrue(family.help().length() > 5, family.name() + " has no description");
            }
        }
    }

    @Test
    void namesHaveBaseUnitsAndCountersTheirSuffix() {
        for (String page : pages()) {
            for (Exposition.Family family : Exposition.families(page)) {
                assertEquals(family.type().equals("counter"), family.name().endsWith("_total"), family.name());
                OTHER_UNITS.forEach(unit -> assertFalse(family.name().contains(unit), family.name()));
            }
        }
    }

    @Test
    void noLabelCanHaveValuesWithoutBound() {
        Set<String> bounded = Set.of(
                // Names of objects in the cluster, as many as there are policies.
                "cluster",
                "namespace",
                "kind",
                "workload",
                "signal",
                // Fixed sets of words.
                "action",
                "component",
                "finding",
                "guard",
                "mode",
                "quantity",
                "reason",
                "result",
                "state",
                "type",
                "version",
                "words");
        for (String page : pages()) {
            for (Exposition.Family family : Exposition.families(page)) {
                assertTrue(bounded.containsAll(family.labels()), family.toString());
            }
        }
    }

    private static List<String> pages() {
        return List.of(ServiceMetrics.collector(), ServiceMetrics.engine(), ServiceMetrics.autoscaler());
    }
}

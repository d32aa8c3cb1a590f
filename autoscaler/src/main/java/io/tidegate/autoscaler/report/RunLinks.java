package io.tidegate.autoscaler.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.target.Target.SparkDriver;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses at which people look at the run of a Spark application, made of templates. */
public final class RunLinks {

    private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");

    private final Map<String, String> templates = new TreeMap<>();

    /**
     * Templates such as https://history.example/history/{appId}, in which {cluster}, {namespace} and {pod} may stand too.
     *
     * @param driverUi of the driver's user interface
     * @param historyServer of the application in the History Server
     * @param logs of the driver's log
     */
    public RunLinks(Optional<String> driverUi, Optional<String> historyServer, Optional<String> logs) {
        driverUi.ifPresent(template -> templates.put("driverUi", template));
        historyServer.ifPresent(template -> templates.put("historyServer", template));
        logs.ifPresent(template -> templates.put("logs", template));
    }

    /** Adds the links of a target to its policy's status, if it has any. One that needs an application's id waits until that is known. */
    void addTo(ObjectNode status, Target target) {
        SparkDriver driver = target.driver();
        if (driver == null || templates.isEmpty()) {
            return;
        }
        String appId = driver.appId();
        ObjectNode links = status.putObject("links");
        templates.forEach((name, template) -> {
            if (appId != null || !template.contains("{appId}")) {
                links.put(name, filled(template, target, driver.pod(), appId == null ? "" : appId));
            }
        });
    }

    private static String filled(String template, Target target, String pod, String appId) {
        Map<String, String> values = Map.of(
                "cluster",
                target.workload().cluster(),
                "namespace",
                target.workload().namespace(),
                "pod",
                pod,
                "appId",
                appId);
        return NAME.matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(
                        URLEncoder.encode(values.getOrDefault(found.group(1), ""), StandardCharsets.UTF_8)));
    }
}

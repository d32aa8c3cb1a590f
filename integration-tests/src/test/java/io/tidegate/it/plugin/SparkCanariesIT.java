package io.tidegate.it.plugin;

import static io.tidegate.it.plugin.SparkScene.LONG;
import static io.tidegate.it.plugin.SparkScene.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.kubelet.ProcessKubelet;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.ServiceProcess;
import io.tidegate.testbed.spark.SampleApp;
import io.tidegate.testbed.spark.SparkApp;
import io.tidegate.testbed.spark.SparkAppSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Words in all places of an application that users fill, and a search for them in all places that Tidegate fills. Refused tokens are shown on the
 * API server's own by the collector's SparkIT.
 */
@OnTestbed
@Tag("spark")
class SparkCanariesIT {
    private static final String CANARY = "canary4711";
    private static final Map<String, String> TALKATIVE = Map.of("QUARKUS_LOG_CATEGORY__IO_TIDEGATE__LEVEL", "DEBUG");

    private final SparkScene scene;

    SparkCanariesIT(SharedTestbed testbed, ProcessKubelet kubelet, Isolation isolation) {
        scene = SparkScene.start(
                testbed,
                kubelet,
                isolation,
                Arrays.stream(ServiceKind.values()).collect(Collectors.toMap(kind -> kind, kind -> TALKATIVE)));
    }

    @AfterEach
    void closeScene() {
        scene.close();
    }

    private SparkAppSpec spec(String name) {
        return SparkAppSpec.of(scene.namespace(), name, SampleApp.NAMED)
                .withArguments(
                        "group=" + CANARY + "-group",
                        "description=" + CANARY + "-description",
                        "sql=SELECT '" + CANARY + "-sql' AS " + CANARY
                                + ", id % 7 AS k, count(*) FROM range(1000) GROUP BY 1, 2",
                        "failing=SELECT raise_error('" + CANARY + "-error') FROM range(10)",
                        "times=8",
                        "pauseMillis=2000")
                .withExecutors(1)
                .withConf(Map.of(
                        "spark.app.name", CANARY + "-application",
                        "spark.executorEnv.CANARY", CANARY + "-environment",
                        "spark.canary.password", CANARY + "-setting",
                        "spark.driver.extraJavaOptions", "-DHADOOP_USER_NAME=" + CANARY + "-user -Dcanary=" + CANARY))
                .withLabel("canary", CANARY + "-label")
                .withAnnotation("canary", CANARY + "-annotation");
    }

    @Test
    void nothingOfWhatUsersWriteGetsOut() throws IOException {
        scene.policy("told", 1, 2);
        scene.policy("asked", 1, 2);
        SparkAppSpec plain = spec("asked").withLabel("pipeline", "asked");
        try (PluginApp told = scene.submit(spec("told"), "told");
                SparkApp asked = SparkApp.submit(scene.testbed(), plain)) {
            await().until(() -> told.answered("cap") > 0);
            await().until(() -> scene.complaint("asked", "Able").contains("spark.plugins")
                    || scene.told("asked").toString().contains("spark.plugins"));
            assertEquals("rows=56", told.app().awaitResult(LONG));
            assertEquals("rows=56", asked.awaitResult(LONG));
            assertTrue(told.logged(CANARY) > 0, "the driver's own log has what its user wrote");

            Map<String, String> places = places(told);
            assertTrue(
                    places.entrySet().stream()
                            .anyMatch(place -> place.getKey().startsWith("tidegate.facts")
                                    && place.getValue().contains("\"shuffleRead\"")),
                    "nothing was told");
            List<String> found = places.entrySet().stream()
                    .filter(place -> place.getValue().toLowerCase(Locale.ROOT).contains(CANARY))
                    .map(place -> place.getKey() + ": " + place.getValue())
                    .toList();
            assertEquals(List.of(), found);
            assertFalse(places.isEmpty());
        }
    }

    private Map<String, String> places(PluginApp app) throws IOException {
        Map<String, String> places =
                new LinkedHashMap<>(TopicSweep.all(scene.testbed().broker().bootstrapServers()));
        for (ServiceProcess service : scene.services()) {
            places.put(
                    service.kind() + "'s log",
                    Files.readString(service.process().log()));
            for (String path : List.of("/q/metrics", "/q/health")) {
                places.put(service.kind() + path, service.get(path).body());
            }
        }
        for (String policy : List.of("told", "asked")) {
            places.put("status of " + policy, Serialization.asJson(scene.told(policy)));
        }
        for (Event event : scene.client()
                .v1()
                .events()
                .inNamespace(scene.namespace())
                .list()
                .getItems()) {
            places.put("event " + event.getMetadata().getName(), String.valueOf(event.getMessage()));
        }
        places.put("the plugin's answer", String.valueOf(app.answer()));
        return places;
    }
}

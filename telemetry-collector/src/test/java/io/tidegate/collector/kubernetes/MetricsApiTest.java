package io.tidegate.collector.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.collector.kubernetes.MetricsApi.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsApiTest {

    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final MetricsApi api = new MetricsApi(client);

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void readsUsageByPodAndContainer() {
        Usage.Known known = known(
                pod("a", "{\"name\":\"app\",\"usage\":{\"cpu\":\"412345678n\",\"memory\":\"1Ki\"}},{\"name\":\"b\"}")
                        + "," + pod("b", ""));
        assertEquals(
                new Usage.Known(
                        Map.of(
                                "a",
                                new PodUsage(
                                        AT,
                                        Duration.ofSeconds(15),
                                        Map.of(
                                                "app",
                                                new PodUsage.Amounts(413L, 1_024L),
                                                "b",
                                                new PodUsage.Amounts(null, null))),
                                "b",
                                new PodUsage(AT, Duration.ofSeconds(15), Map.of())),
                        Map.of()),
                known);
    }

    record Bad(String name, String pod, String words) {}

    @ParameterizedTest
    @MethodSource("badPods")
    void onePodThatIsBadCostsNoOther(Bad bad) {
        Usage.Known known = known(bad.pod() + "," + pod("good", ""));
        assertEquals(Map.of("bad", bad.words()), known.broken(), bad.name());
        assertEquals(Stream.of("good").toList(), known.pods().keySet().stream().toList());
    }

    static Stream<Bad> badPods() {
        String good = pod("bad", "");
        return Stream.of(
                cpu("negative", "\"-1\""),
                cpu("not a number", "\"NaN\""),
                cpu("endless", "\"1e999999999\""),
                cpu("huge", "\"9E\""),
                cpu("null", "null"),
                cpu("an object", "{}"),
                cpu("long", "\"" + "x".repeat(10_000) + "\""),
                new Bad(
                        "no time",
                        good.replace("2026-11-20T10:00:00Z", "yesterday"),
                        "timestamp is not a time such as 2026-01-02T03:04:05Z"),
                new Bad("no window", good.replace("15s", "soon"), "window is not a duration such as 15s"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "5", "{}", "{\"items\":{}}", "<html>", "{\"items\":[", "[]"})
    void anAnswerThatIsNoListIsUnknown(String json) {
        String words = assertInstanceOf(Usage.Unknown.class, api.parse(json)).words();
        assertTrue(words.startsWith("the metrics API gave no "), words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "null", "{}", "[]", "{\"metadata\":5}"})
    void anEntryThatIsNoPodCostsNoOther(String entry) {
        assertEquals(
                Stream.of("good").toList(),
                known(entry + "," + pod("good", "")).pods().keySet().stream().toList());
    }

    record Unread(int code, String message, String words) {}

    @ParameterizedTest
    @MethodSource("unread")
    void saysWhyItWasNotReadWithoutWhatIsAnotherEachTime(Unread unread) {
        assertEquals(
                unread.words(),
                MetricsApi.words(new KubernetesClientException(
                        "Failure executing: GET at: https://10.0.0.1:40123",
                        unread.code(),
                        new StatusBuilder().withMessage(unread.message()).build())));
    }

    static Stream<Unread> unread() {
        return Stream.of(
                new Unread(0, "read tcp 10.0.0.1:40123: reset", "the API server does not answer"),
                new Unread(403, "pods is forbidden", "the API server answers with status 403: pods is forbidden"),
                new Unread(503, "read tcp 10.0.0.1:40123: reset", "the API server answers with status 503"));
    }

    @Test
    void whatHasNoStatusIsNotAnswered() {
        assertEquals(
                "the API server does not answer",
                MetricsApi.words(new KubernetesClientException("Connection reset: 10.0.0.1:40123")));
    }

    private Usage.Known known(String items) {
        return assertInstanceOf(Usage.Known.class, api.parse("{\"items\":[" + items + "]}"));
    }

    private static Bad cpu(String name, String cpu) {
        return new Bad(
                name,
                pod("bad", "{\"name\":\"app\",\"usage\":{\"cpu\":" + cpu + "}}"),
                "container app: what it uses is not a quantity, or negative or too large");
    }

    private static String pod(String name, String containers) {
        return "{\"metadata\":{\"name\":\"" + name + "\"},\"timestamp\":\"2026-11-20T10:00:00Z\",\"window\":\"15s\","
                + "\"containers\":[" + containers + "]}";
    }
}

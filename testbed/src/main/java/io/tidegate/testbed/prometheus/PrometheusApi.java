package io.tidegate.testbed.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks a Prometheus. */
public final class PrometheusApi {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final JsonMapper mapper = new JsonMapper();
    private final URI address;

    /**
     * One that is not asked yet.
     *
     * @param address where it is, without the path of its API
     */
    public PrometheusApi(URI address) {
        this.address = address;
    }

    /** The series that a query gives at a time. */
    public JsonNode at(String expr, Instant time) {
        return result("query", Map.of("query", expr, "time", seconds(time)));
    }

    /** The series that a query gives over a time, at whole steps. */
    public JsonNode over(String expr, Instant from, Instant to, long step) {
        return result(
                "query_range",
                Map.of("query", expr, "start", seconds(from), "end", seconds(to), "step", Long.toString(step)));
    }

    /** The exemplars of the series that a query names, over a time. */
    public JsonNode exemplars(String expr, Instant from, Instant to) {
        return ask("query_exemplars", Map.of("query", expr, "start", seconds(from), "end", seconds(to)))
                .path("data");
    }

    private JsonNode result(String what, Map<String, String> form) {
        return ask(what, form).at("/data/result");
    }

    private JsonNode ask(String what, Map<String, String> form) {
        String text = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        String path = address.toString().replaceAll("/+$", "") + "/api/v1/" + what;
        HttpRequest request = HttpRequest.newBuilder(URI.create(path))
                .timeout(ANSWER_WITHIN)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(text))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode body = mapper.readTree(answer.body());
            if (!body.path("status").asText().equals("success")) {
                throw new TestbedException("Prometheus refuses " + form.get("query") + ": "
                        + body.path("error").asText("HTTP " + answer.statusCode()));
            }
            return body;
        } catch (IOException e) {
            throw new TestbedException("No Prometheus answers at " + path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("Interrupted while asking Prometheus.", e);
        }
    }

    private static String seconds(Instant time) {
        return String.format(Locale.ROOT, "%.3f", time.toEpochMilli() / 1000.0);
    }
}

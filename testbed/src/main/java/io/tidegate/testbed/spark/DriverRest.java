package io.tidegate.testbed.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** The REST interface of a driver. */
final class DriverRest {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private static final JsonMapper MAPPER = new JsonMapper();

    private DriverRest() {}

    /** What stands under {@code applications/<id>/}; empty when the driver does not answer, or not with that. */
    static Optional<JsonNode> get(String podIp, String appId, String path) {
        URI address =
                URI.create("http://%s:%d/api/v1/applications/%s/%s".formatted(podIp, DriverPod.UI_PORT, appId, path));
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.of(MAPPER.readTree(response.body())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("Interrupted while asking a Spark driver.", e);
        }
    }
}

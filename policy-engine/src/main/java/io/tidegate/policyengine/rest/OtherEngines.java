package io.tidegate.policyengine.rest;

import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.policyengine.topology.EngineAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Asks the engine that owns a workload. */
@ApplicationScoped
public class OtherEngines {

    /** Says that another engine asks; it is never passed on again. */
    static final String FORWARDED = "Tidegate-Forwarded";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    /** The other's answer as it is. */
    Response why(EngineAddress owner, WorkloadId workload, Optional<Instant> at) {
        URI uri = URI.create("http://" + owner + "/v1/workloads/" + encoded(workload) + "/why"
                + at.map(time -> "?at=" + time).orElse(""));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(TIMEOUT)
                .header(FORWARDED, "true")
                .build();
        try {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return Response.status(answer.statusCode())
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .entity(answer.body())
                    .build();
        } catch (IOException e) {
            throw ProblemException.unavailable("engine " + owner + " owns the workload and does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.unavailable("the engine is stopping");
        }
    }

    private static String encoded(WorkloadId workload) {
        return encoded(workload.cluster()) + "/" + encoded(workload.namespace()) + "/" + encoded(workload.kind()) + "/"
                + encoded(workload.name());
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

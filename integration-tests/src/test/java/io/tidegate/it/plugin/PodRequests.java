package io.tidegate.it.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidegate.testbed.controlplane.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the API server's audit log says of a driver's requests for executor pods. */
final class PodRequests {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int FORBIDDEN = 403;

    private final Path log;
    private final String user;

    PodRequests(ControlPlane controlPlane, String namespace) {
        log = controlPlane.auditLog().orElseThrow();
        user = "system:serviceaccount:" + namespace + ":spark";
    }

    /** When the server received those that it granted, in their order. */
    List<Instant> granted() {
        return requests(code -> code < 300);
    }

    /** When the server received those that it refused. */
    List<Instant> refused() {
        return requests(code -> code == FORBIDDEN);
    }

    /** The most that came within any such time. */
    static int most(List<Instant> times, Duration within) {
        int most = 0;
        int first = 0;
        for (int last = 0; last < times.size(); last++) {
            while (Duration.between(times.get(first), times.get(last)).compareTo(within) >= 0) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    private List<Instant> requests(Predicate<Integer> code) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(user) && line.contains("\"verb\":\"create\""))
                    .flatMap(line -> parse(line).stream())
                    .filter(this::asksForAPod)
                    .filter(event ->
                            code.test(event.path("responseStatus").path("code").asInt()))
                    .map(event ->
                            Instant.parse(event.path("requestReceivedTimestamp").asText()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last line may not be complete yet. */
    private static Optional<JsonNode> parse(String line) {
        try {
            return Optional.of(MAPPER.readTree(line));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private boolean asksForAPod(JsonNode event) {
        return event.path("stage").asText().equals("ResponseComplete")
                && event.path("objectRef").path("resource").asText().equals("pods")
                && event.path("user").path("username").asText().equals(user)
                && !event.path("requestURI").asText().contains("dryRun");
    }
}

package io.tidegate.it.hostile;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.testbed.services.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the services write to their logs from a moment on. */
final class ServiceLogs {

    /** A line with a message of each kind that is bounded, and a path that the HTTP server takes. */
    private static final int LONGEST_LINE = 6_000;

    private static final int MOST = 64 << 10;

    private final Map<ServiceProcess, Integer> lengths;

    private ServiceLogs(Map<ServiceProcess, Integer> lengths) {
        this.lengths = lengths;
    }

    static ServiceLogs from(List<ServiceProcess> services) {
        return new ServiceLogs(
                services.stream().collect(Collectors.toMap(service -> service, service -> content(service).length)));
    }

    /** No word of the input is in them, no line is long, they grew by little, and nothing went wrong that nobody foresaw. */
    void assertUnmoved(String canary) {
        lengths.forEach((service, length) -> {
            byte[] content = content(service);
            String since = new String(content, length, content.length - length, StandardCharsets.UTF_8);
            assertFalse(since.contains(canary), () -> service.kind() + " repeats what it was sent: " + since);
            assertTrue(since.length() < MOST, () -> service.kind() + " wrote " + since.length() + " characters");
            since.lines()
                    .forEach(line -> assertTrue(
                            line.length() < LONGEST_LINE && !line.contains(" ERROR "),
                            () -> service.kind() + ": " + line));
        });
    }

    private static byte[] content(ServiceProcess service) {
        Path log = service.process().log();
        try {
            return Files.readAllBytes(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

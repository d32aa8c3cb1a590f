package io.tidegate.spark.push;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The token of the driver's pod. The kubelet replaces it about each hour, so it is read each time. */
record TokenFile(Path path) {
    private static final int MAX_BYTES = 16 * 1024;

    /** The token; empty if there is none that a header can carry. */
    Optional<String> read() {
        try (InputStream in = Files.newInputStream(path)) {
            String token = new String(in.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII).strip();
            return token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')
                    ? Optional.empty()
                    : Optional.of(token);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

package io.tidegate.dashboards;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the repository, as seen from this module. */
final class Repository {

    static final Path MODULE = Path.of("").toAbsolutePath();
    static final Path ROOT = MODULE.resolve("..").normalize();

    private Repository() {}

    /** Fails if a committed file differs from what is made; {@code -Dtidegate.docs.write=true} writes it. */
    static void assertCommitted(Path file, String text) throws IOException {
        if (Boolean.getBoolean("tidegate.docs.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        String committed = Files.exists(file) ? Files.readString(file) : "";
        assertEquals(text, committed, ROOT.relativize(file) + " is out of date: run ./tidegate docs");
    }
}

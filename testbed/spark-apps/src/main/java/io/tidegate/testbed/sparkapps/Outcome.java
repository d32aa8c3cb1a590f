package io.tidegate.testbed.sparkapps;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where an application leaves its result: its log, and the message of its container's end. */
final class Outcome {
    private Outcome() {}

    static void write(String result) {
        System.out.println("RESULT " + result);
        String file = System.getenv("TERMINATION_LOG");
        if (file != null) {
            try {
                Files.writeString(Path.of(file), result);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

package io.tidegate.testbed.files;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RunDirectoryTest {

    @Test
    void isGoneWithAllThatIsInItWhenItIsClosed() throws IOException {
        Path path;
        try (RunDirectory directory = RunDirectory.create(false)) {
            path = directory.path();
            Files.writeString(directory.folder("a/b").resolve("file"), "text");
        }
        assertFalse(Files.exists(path));
    }

    @Test
    void staysWhenItIsToBeKept() throws IOException {
        RunDirectory directory = RunDirectory.create(true);
        directory.close();
        assertTrue(Files.exists(directory.path()));
        Files.delete(directory.path().resolve("keep"));
        Files.delete(directory.path());
    }

    @Test
    void removesWhatAKilledRunLeft() throws IOException {
        // No process has this number: Linux stops at 4,194,304.
        Path left = Files.createTempDirectory("tidegate-testbed-999999999-");
        Files.writeString(left.resolve("file"), "text");

        RunDirectory.create(false).close();

        assertFalse(Files.exists(left));
    }
}

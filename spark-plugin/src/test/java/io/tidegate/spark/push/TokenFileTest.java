package io.tidegate.spark.push;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
    @TempDir
    Path folder;

    @Test
    void readsEachTime() throws IOException {
        Path file = folder.resolve("token");
        TokenFile token = new TokenFile(file);
        assertEquals(Optional.empty(), token.read());
        Files.writeString(file, "one\n");
        assertEquals(Optional.of("one"), token.read());
        Files.writeString(file, "two");
        assertEquals(Optional.of("two"), token.read());
    }

    @Test
    void refusesWhatNoHeaderCanCarry() throws IOException {
        Path file = folder.resolve("token");
        Files.writeString(file, "one\r\nX-Other: two");
        assertEquals(Optional.empty(), new TokenFile(file).read());
    }
}

package io.tidegate.renderer.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.renderer.browser.Drawing.Drawn;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChromiumTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void isTheFirstOnThePath() throws IOException {
        Path program = program("google-chrome");
        Path first = program("chromium");
        assertEquals(Optional.of(first), found(Map.of("PATH", "/nowhere:" + folder)));
        Files.delete(first);
        assertEquals(Optional.of(program), found(Map.of("PATH", "/nowhere:" + folder)));
    }

    @Test
    void isTheOneThatIsNamed() throws IOException {
        program("chromium");
        Path named = program("mine");
        assertEquals(
                Optional.of(named), found(Map.of("PATH", folder.toString(), "TIDEGATE_CHROMIUM", named.toString())));
        assertEquals(
                Optional.empty(),
                found(Map.of(
                        "PATH",
                        folder.toString(),
                        "TIDEGATE_CHROMIUM",
                        folder.resolve("no").toString())),
                "another one than the one that was named is not taken");
    }

    @Test
    void readsWhatThePageSaysOfItself() throws IOException {
        String tree = "<html>...<script id=\"report\" type=\"application/json\">"
                + "{\"panels\": [{\"title\": \"T\", \"type\": \"stat\", \"visible\": true, \"cut\": \"\", \"texts\": [\"7\"]}]}"
                + "</script></html>";
        assertEquals(List.of(new Drawn("T", "stat", true, "", List.of("7"))), Chromium.panels(tree));
    }

    @Test
    void aPageThatFailsIsAFailure() {
        String tree = "<script id=\"report\" type=\"application/json\">{\"failure\": \"Error: why\"}</script>";
        TestbedException failure = assertThrows(TestbedException.class, () -> Chromium.panels(tree));
        assertTrue(String.valueOf(failure.getMessage()).endsWith("Error: why"), failure.getMessage());
        assertThrows(TestbedException.class, () -> Chromium.panels("<html></html>"));
    }

    private Path program(String name) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Optional<Path> found(Map<String, String> environment) {
        return Chromium.find(environment).map(Chromium::program);
    }
}

package io.tidegate.testbed.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void keepsExitCodeAndOutput() {
        try (ChildProcess process =
                ChildProcess.start(shell("echo \"$GREETING\"; exit 7").withEnvironment(Map.of("GREETING", "hello")))) {
            assertTrue(process.waitFor(Duration.ofSeconds(5)));
            assertEquals(OptionalInt.of(7), process.exitCode());
            assertEquals("hello", process.lastLines(3));
        }
    }

    @Test
    void asksBeforeItKills() {
        ChildProcess process = ChildProcess.start(shell("exec tail -f /dev/null"));
        assertEquals(143, process.stop(Duration.ofSeconds(5)));
    }

    @Test
    void killsWhatIgnoresTheRequest() {
        ChildProcess process =
                ChildProcess.start(shell("trap '' TERM; echo deaf; while :; do read x < /dev/zero; done"));
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> process.lastLines(1).equals("deaf"));
        assertEquals(137, process.stop(Duration.ofMillis(50)));
        assertFalse(process.isAlive());
    }

    @Test
    void saysWhatItWroteBeforeItEnded() {
        try (ChildProcess process = ChildProcess.start(shell("echo no such flag >&2; exit 2"))) {
            assertTrue(process.waitFor(Duration.ofSeconds(5)));
            TestbedException failure = assertThrows(TestbedException.class, process::requireAlive);
            assertEquals(
                    "shell ended with exit code 2. Its last lines:" + System.lineSeparator() + "no such flag",
                    failure.getMessage());
        }
    }

    @Test
    void leavesNothingBehindThatItStarted() {
        ChildProcess process = ChildProcess.start(shell("sleep 1000 & echo $!; wait"));
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> process.lastLines(1).matches("[0-9]+"));
        long grandchild = Long.parseLong(process.lastLines(1));

        process.stop(Duration.ofSeconds(5));

        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> ProcessHandle.of(grandchild)
                        .filter(ProcessHandle::isAlive)
                        .isEmpty());
    }

    private ProcessSpec shell(String script) {
        return ProcessSpec.disposable("shell", List.of("/bin/sh", "-c", script), folder);
    }
}

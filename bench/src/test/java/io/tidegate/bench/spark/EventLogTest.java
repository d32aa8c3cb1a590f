package io.tidegate.bench.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
    @TempDir
    private Path folder = Path.of("");

    private static String taskEnd(int stage, int index, String reason) {
        return """
                {"Event":"SparkListenerTaskEnd","Stage ID":%d,"Task End Reason":{"Reason":"%s"},"Task Info":{"Index":%d}}""".formatted(stage, reason, index);
    }

    private static String submitted(int attempt) {
        return """
                {"Event":"SparkListenerStageSubmitted","Stage Info":{"Stage ID":1,"Stage Attempt ID":%d}}""".formatted(attempt);
    }

    private Path log(String... lines) throws IOException {
        return Files.write(folder.resolve("spark-1"), List.of(lines));
    }

    @Test
    void countsWhatWasLostAndWhatWasDoneAgain() throws IOException {
        Path log = log(
                "{\"Event\":\"SparkListenerApplicationStart\",\"Timestamp\":1000}",
                submitted(0),
                taskEnd(0, 0, "Success"),
                taskEnd(0, 1, "Success"),
                taskEnd(1, 0, "FetchFailed"),
                submitted(1),
                taskEnd(0, 1, "Success"),
                taskEnd(1, 0, "Success"),
                "{\"Event\":\"SparkListenerApplicationEnd\",\"Timestamp\":3500}");

        assertEquals(new EventLog(1_000, 3_500, 1, 1, 1), EventLog.read(log));
    }

    @Test
    void refusesAnApplicationThatHasNotEnded() throws IOException {
        Path log = log("{\"Event\":\"SparkListenerApplicationStart\",\"Timestamp\":1000}");

        assertThrows(TestbedException.class, () -> EventLog.read(log));
    }
}

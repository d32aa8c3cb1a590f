package io.tidegate.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.replay.Rerun;
import io.tidegate.replay.RerunReport;
import io.tidegate.testbed.Testbed;
import io.tidegate.testbed.TestbedOptions;
import io.tidegate.testbed.demo.DemoStage;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.services.TidegateServices;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same facts lead a fresh engine to the same decisions, byte for byte, however it takes them. */
class RepeatIT {

    private static final Duration LONG = Duration.ofSeconds(Integer.getInteger("tidegate.repeat.seconds", 600));
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final long SEED = Long.getLong("tidegate.repeat.seed", 5);

    private final Progress progress = Progress.console();

    @TempDir
    Path folder;

    @Test
    void decidesHalfAMinuteTheSameAgain() throws Exception {
        Path recording = folder.resolve("short.rec");
        try (Testbed testbed = Testbed.start(TestbedOptions.defaults(), progress);
                TidegateServices services = TidegateServices.start(testbed, progress);
                Commotion commotion = new Commotion(testbed, services, SEED)) {
            commotion.add(2);
            commotion.record(SHORT, recording);
        }
        RerunReport report = new Rerun(recording, 1, 0, progress).run();
        assertEqual(report, 10);
    }

    @Test
    @Tag("repeat")
    @SuppressWarnings("try") // The load only has to end.
    void decidesTenMinutesOfTheDemoTheSameAgain() throws Exception {
        Path recording = folder.resolve("long.rec");
        StringBuilder load = new StringBuilder("seconds,replicas\n");
        for (int second = 0; second < LONG.toSeconds(); second += 120) {
            load.append("10,0\n30,3.5\n10,8\n30,1.2\n20,5\n20,0.5\n");
        }
        try (DemoStage stage = DemoStage.prepare(1, progress);
                AutoCloseable ignored = stage.startLoad(load.toString());
                Commotion commotion = new Commotion(stage.parts(), stage.services(), SEED)) {
            commotion.add(4);
            commotion.record(LONG, recording);
        }
        assertEqual(new Rerun(recording, 1, 1, progress).run(), 500);
        assertEqual(new Rerun(recording, 2, 5000, progress).run(), 500);
    }

    private static void assertEqual(RerunReport report, int decisions) {
        System.out.println(report);
        assertTrue(report.equal(), report::toString);
        assertTrue(report.recordedDecisions() >= decisions, report::toString);
        assertEquals(report.recordedDecisions(), report.rerunDecisions());
    }
}

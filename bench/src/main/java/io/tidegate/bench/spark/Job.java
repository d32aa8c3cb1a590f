package io.tidegate.bench.spark;

import io.tidegate.testbed.spark.SampleApp;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What runs: the jobs, their size, and what they must come to. An executor has one slot. */
enum Job {
    /** 20 jobs of two stages of 8 short tasks, each a second after the last. */
    SHORT(
            SampleApp.SHORT,
            "jobs=20 tasks=8 taskMillis=200 pauseMillis=1000",
            "jobs=20 sum=99000",
            Optional.empty(),
            0.8),
    /** Two stages of 16 tasks of half a second, but for two of the last ones that take 20 s. */
    SKEWED(
            SampleApp.SKEWED,
            "tasks=16 taskMillis=500 longTasks=2 longMillis=20000",
            "partitions=16 sum=120",
            Optional.empty(),
            0.8),
    /** 16 waves of tasks for each of two stages at the most executors, or 96 s; with the start there is little to spare. */
    SATURATED(
            SampleApp.SATURATED,
            "tasks=96 taskMillis=3000 rounds=1 rows=100",
            "rows=9600 bytes=9830400 keys=46075200",
            Optional.of(Duration.ofSeconds(130)),
            1.0);

    private final SampleApp app;
    private final String arguments;
    private final String result;
    private final Optional<Duration> objective;
    private final double share;

    Job(SampleApp app, String arguments, String result, Optional<Duration> objective, double share) {
        this.app = app;
        this.arguments = arguments;
        this.result = result;
        this.objective = objective;
        this.share = share;
    }

    SampleApp app() {
        return app;
    }

    List<String> arguments() {
        return List.of(arguments.split(" ", -1));
    }

    /** What the application must say at its end. */
    String result() {
        return result;
    }

    /** The longest time that it may take. Only Tidegate can be told of it; all ways are judged by it. */
    Optional<Duration> objective() {
        return objective;
    }

    /** The largest share of dynamic allocation's executor-seconds that Tidegate is to use. */
    double share() {
        return share;
    }

    /** Name of the application, of its policy and in reports. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Job labelled(String label) {
        return Arrays.stream(values())
                .filter(job -> job.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown job " + label));
    }
}

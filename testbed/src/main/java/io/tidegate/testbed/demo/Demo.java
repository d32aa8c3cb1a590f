package io.tidegate.testbed.demo;

import io.tidegate.contracts.wire.Excerpt;
import io.tidegate.testbed.audit.AuditFollower;
import io.tidegate.testbed.audit.ScaleWrite;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** One run of the load: sends it, shows what happens, and says how it went. */
final class Demo {

    /** Time after the load in which all must be consumed and the replicas be back at the minimum. */
    private static final Duration REST_WITHIN = Duration.ofSeconds(60);

    /** More time for Spark applications, whose last batches and whose end take a while on few processors. */
    private static final Duration SPARK_WITHIN = Duration.ofMinutes(3);

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration ROW_EVERY = Duration.ofSeconds(2);

    /** A row like the last one comes this seldom, so that those of Spark applications are not lost among them. */
    private static final Duration SAME_ROW_EVERY = Duration.ofSeconds(10);

    /** What limits a size is told last, so most sentences are shown whole. */
    private static final int SENTENCE_WIDTH = 300;

    private final DemoStage stage;
    private final DemoLoad load;
    private final Optional<DemoLoad> clicks;
    private final PrintStream out;
    private final WaitTracker waits = new WaitTracker();
    private final Timeline timeline = new Timeline();
    private final DecisionWatch decisions;
    private String shown = "";
    private String lastNumbers = "";
    private Instant lastRow = Instant.EPOCH;

    /** @param clicks the load of the streaming query; with it, Spark applications are part of the demo */
    Demo(DemoStage stage, DemoLoad load, Optional<DemoLoad> clicks, PrintStream out) {
        this.stage = stage;
        this.load = load;
        this.clicks = clicks;
        this.out = out;
        this.decisions = new DecisionWatch(stage.bootstrapServers(), stage.workload());
    }

    /** Runs the load to its end and until all is at rest again. */
    DemoReport run() throws InterruptedException {
        AuditFollower audit = AuditFollower.follow(stage.auditLog(), this::written);
        ReadyWatch readiness = stage.watchReady(ready -> timeline.ready(Instant.now(), ready));
        try (Admin admin = stage.admin();
                LoadRun running =
                        new LoadRun(stage.bootstrapServers(), DemoStage.TOPIC, DemoStage.PARTITIONS, load, waits);
                @Nullable SparkPlay spark = clicks.isPresent() ? SparkPlay.start(stage, clicks.get()) : null) {
            CommitWatch commits = new CommitWatch(admin, DemoStage.GROUP, waits);
            try {
                show(running, spark);
            } finally {
                commits.close();
            }
            return report(running, spark == null ? List.of() : spark.reports());
        } finally {
            readiness.close();
            audit.close();
            decisions.close();
        }
    }

    private void written(ScaleWrite write) {
        if (write.accepted() && write.name().equals(DemoStage.NAME)) {
            timeline.asked(write.completedAt(), write.replicas());
            decisions.written(write);
        }
    }

    private void show(LoadRun running, @Nullable SparkPlay spark) throws InterruptedException {
        out.printf("%n  %5s %6s %7s %6s %11s  %s%n", "time", "in/s", "lag", "waits", "ready/size", "why");
        if (spark != null) {
            out.printf("  %5s %-34s %s%n", "", "executors: asked, granted, run", "why");
        }
        Instant nextRow = Instant.now();
        Instant end = running.startedAt()
                .plusSeconds(load.seconds())
                .plus(REST_WITHIN)
                .plus(spark == null ? Duration.ZERO : SPARK_WITHIN);
        long seen = 0;
        while (Instant.now().isBefore(end)
                && !(running.finished() && atRest(running) && (spark == null || spark.ended()))) {
            running.requireHealthy();
            stage.requireAlive();
            Thread.sleep(LOOK_EVERY);
            Instant now = Instant.now();
            if (spark != null) {
                spark.look(running.startedAt(), now);
            }
            if (!now.isBefore(nextRow)) {
                long acknowledged = running.acknowledged();
                row(running, now, (acknowledged - seen) / (double) ROW_EVERY.toSeconds());
                sparkRows(running, now, spark);
                seen = acknowledged;
                nextRow = nextRow.plus(ROW_EVERY);
            }
        }
        row(running, Instant.now(), 0);
        sparkRows(running, Instant.now(), spark);
    }

    private void sparkRows(LoadRun running, Instant now, @Nullable SparkPlay spark) {
        if (spark == null) {
            return;
        }
        for (SparkTrack track : spark.tracks()) {
            track.news()
                    .ifPresent(row -> out.printf(
                            Locale.ROOT,
                            "  %4ds %-34s %s%n",
                            Duration.between(running.startedAt(), now).toSeconds(),
                            row.executors(),
                            Excerpt.within(row.why(), SENTENCE_WIDTH)));
        }
    }

    /** A decision is shown once, in the first row after it was made. */
    private void row(LoadRun running, Instant now, double arrivalRate) {
        String newest = decisions.sentence();
        String sentence = newest.equals(shown) ? "" : newest;
        shown = newest;
        String numbers = String.format(
                Locale.ROOT,
                "%6.0f %7d %5.1fs %6d/%-4d",
                arrivalRate,
                waits.lag(),
                waits.oldestWait(now.toEpochMilli()) / 1000.0,
                timeline.ready(),
                timeline.size());
        if (sentence.isEmpty() && numbers.equals(lastNumbers) && now.isBefore(lastRow.plus(SAME_ROW_EVERY))) {
            return;
        }
        lastNumbers = numbers;
        lastRow = now;
        out.printf(
                Locale.ROOT,
                "  %4ds %s  %s%n",
                Duration.between(running.startedAt(), now).toSeconds(),
                numbers,
                Excerpt.within(sentence, SENTENCE_WIDTH));
    }

    private boolean atRest(LoadRun running) {
        return waits.consumed() == running.acknowledged() && timeline.size() == DemoStage.MIN_REPLICAS;
    }

    private DemoReport report(LoadRun running, List<SparkReport> spark) {
        double readyMillis = timeline.readyMedian().orElse(0);
        long p99 = waits.percentile(99);
        List<String> failures = new ArrayList<>();
        if (p99 > DemoStage.OBJECTIVE.toMillis()) {
            failures.add("The objective did not hold: 99 % of the records waited up to " + p99 + " ms.");
        }
        if (waits.consumed() != running.acknowledged()) {
            failures.add(running.acknowledged() - waits.consumed() + " records were not consumed.");
        }
        if (timeline.size() != DemoStage.MIN_REPLICAS) {
            failures.add("The replicas did not come back to " + DemoStage.MIN_REPLICAS + ": there are "
                    + timeline.size() + ".");
        }
        for (SparkReport application : spark) {
            if (!application.pass()) {
                failures.add("The Spark application %s did not give %s: %s"
                        .formatted(application.name(), application.expected(), application.failure()));
            }
        }
        return new DemoReport(
                failures.isEmpty(),
                failures,
                running.acknowledged(),
                waits.consumed(),
                DemoStage.OBJECTIVE.toMillis(),
                p99,
                waits.percentile(100),
                timeline.since(running.startedAt()),
                timeline.replicaSeconds(Instant.now()),
                LeastReplicaSeconds.of(
                        running.arrivals(),
                        DemoStage.RATE_PER_REPLICA,
                        readyMillis / 1000,
                        (int) DemoStage.OBJECTIVE.toSeconds(),
                        DemoStage.MAX_REPLICAS),
                readyMillis / 1000,
                decisions.latency(readyMillis),
                spark);
    }
}

package io.tidegate.testbed.demo;

import java.util.ArrayList;
import java.util.List;

/** The executors of an application over time, by looks at it in turn. */
final class ExecutorTimeline {
    private static final SparkReport.Change NOTHING = new SparkReport.Change(0, 0, 0, 0);

    private final List<SparkReport.Change> changes = new ArrayList<>();
    private double lookedAt;
    private double executorSeconds;

    /** What there is at a time in seconds, not before the last one. */
    void seen(double at, int asked, int granted, int running) {
        SparkReport.Change last = last();
        executorSeconds += last.running() * (at - lookedAt);
        lookedAt = at;
        if (last.asked() != asked || last.granted() != granted || last.running() != running) {
            changes.add(new SparkReport.Change(at, asked, granted, running));
        }
    }

    SparkReport.Change last() {
        return changes.isEmpty() ? NOTHING : changes.getLast();
    }

    List<SparkReport.Change> changes() {
        return List.copyOf(changes);
    }

    /** Executors that ran, integrated from the first look to the last. */
    double executorSeconds() {
        return Math.round(executorSeconds * 10) / 10.0;
    }
}

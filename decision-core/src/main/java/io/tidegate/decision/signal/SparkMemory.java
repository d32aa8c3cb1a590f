package io.tidegate.decision.signal;

import java.util.List;
import java.util.Objects;

/**
 * What has been seen of a Spark application, from run to run. Times are ms since the epoch, -1 if there is none.
 *
 * @param application Spark's id of the run that was seen last; empty before the first
 * @param run its number, as far as they were seen
 * @param startedAt when it began
 * @param slots tasks at a time of one executor
 * @param startMillis learned time from asking for an executor to its registration, -1 while unknown
 * @param lastStartMillis the last such time that was told, -1 if none was
 * @param workMillis run time of tasks in this run, those that failed included
 * @param pastWorkMillis run time of tasks in earlier runs: of the last, or half of what the one before had; 0 before
 * @param restMillis time of this run, since it first had a task, in which no task waited and slots were free
 * @param pastRestMillis that of the run that {@code pastWorkMillis} is of
 * @param idleMillis since its last job had ended when it was last seen; 0 if one was active
 * @param gapMillis learned time from the end of a job to the next one's begin, -1 while unknown
 * @param running attempts that ran when it was last seen
 * @param spareSince since when there have been slots that no pending task needs
 * @param stages the last one that was over and the heaviest of this run that are, then of earlier ones; at most
 *     {@link SparkMeter#MOST_STAGES}
 * @param active stages that were active when it was last seen; at most {@link SparkMeter#MOST_ACTIVE}
 * @param batches the last batches of its streaming queries, oldest first; at most {@link SparkMeter#MOST_BATCHES}
 */
public record SparkMemory(
        String application,
        int run,
        long startedAt,
        int slots,
        long startMillis,
        long lastStartMillis,
        double workMillis,
        double pastWorkMillis,
        double restMillis,
        double pastRestMillis,
        long idleMillis,
        long gapMillis,
        long running,
        long spareSince,
        List<StageProfile> stages,
        List<StageProfile> active,
        List<BatchMark> batches) {
    static final SparkMemory EMPTY =
            new SparkMemory("", 0, -1, 1, -1, -1, 0, 0, 0, 0, 0, -1, 0, -1, List.of(), List.of(), List.of());

    public SparkMemory {
        Objects.requireNonNull(application, "application");
        stages = List.copyOf(stages);
        active = List.copyOf(active);
        batches = List.copyOf(batches);
    }
}

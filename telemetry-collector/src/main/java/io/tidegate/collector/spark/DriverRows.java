package io.tidegate.collector.spark;

import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SparkExecutors;
import io.tidegate.contracts.fact.SparkStage;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the REST API of a driver says of an application, as far as it is read.
 *
 * @param application the application itself
 * @param executors the live executors, with a row for the driver among them
 * @param jobs jobs that run
 * @param active stages that run
 * @param pending stages that wait for others
 */
record DriverRows(
        ApplicationRow application,
        List<ExecutorRow> executors,
        List<JobRow> jobs,
        List<StageRow> active,
        List<StageRow> pending) {

    private static final String DRIVER = "driver";
    private static final Pattern TIME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,12}GMT");
    private static final int MEDIAN = 0;
    private static final int P95 = 1;
    private static final int LARGEST = 2;

    /** An application that runs has one attempt. */
    record ApplicationRow(@Nullable List<@Nullable Attempt> attempts) {

        private @Nullable Long upMillis(Instant now) {
            Attempt attempt = attempts == null || attempts.isEmpty() ? null : attempts.getFirst();
            return attempt == null || attempt.startTimeEpoch() <= 0
                    ? null
                    : (Long) Math.max(0, now.toEpochMilli() - attempt.startTimeEpoch());
        }
    }

    /**
     * @param startTimeEpoch when it began, in milliseconds
     */
    record Attempt(long startTimeEpoch) {}

    /** The row of the driver, which takes no tasks, has the id {@code driver}. */
    record ExecutorRow(@Nullable String id, boolean isActive, int maxTasks, int activeTasks) {

        private boolean isExecutor() {
            return isActive && id != null && !id.equals(DRIVER);
        }
    }

    record JobRow(int jobId, @Nullable List<@Nullable Integer> stageIds) {}

    /**
     * One attempt of a stage.
     *
     * @param numActiveTasks attempts of tasks that run, speculative ones included
     * @param numCompletedIndices tasks that succeeded, each counted once
     * @param executorRunTime run times in milliseconds, summed up, of attempts that failed or run as well
     */
    record StageRow(
            int stageId,
            int attemptId,
            int numTasks,
            int numActiveTasks,
            int numFailedTasks,
            int numCompletedIndices,
            @Nullable String submissionTime,
            long executorRunTime,
            long shuffleReadBytes,
            @Nullable Distributions taskMetricsDistributions) {}

    /** Durations of the tasks that succeeded, at the quantiles that were asked for. */
    record Distributions(@Nullable List<@Nullable Double> duration) {

        private @Nullable Long at(int index) {
            Double value = duration == null || duration.size() <= index ? null : duration.get(index);
            return value == null || !(value >= 0 && value < Long.MAX_VALUE) ? null : (Long) Math.round(value);
        }
    }

    /** The same as a reading; empty while no executor says how many tasks it runs at a time. */
    Optional<Reading.Spark> reading(String appId, Instant now) {
        List<ExecutorRow> running =
                executors.stream().filter(ExecutorRow::isExecutor).toList();
        int slots = running.stream()
                .mapToInt(ExecutorRow::maxTasks)
                .filter(tasks -> tasks > 0)
                .min()
                .orElse(0);
        if (slots == 0) {
            return Optional.empty();
        }
        int busy = (int)
                running.stream().filter(executor -> executor.activeTasks() > 0).count();
        List<SparkStage> stages = stages(now);
        int told = Math.min(stages.size(), Reading.Spark.MAX_STAGES);
        return Optional.of(new Reading.Spark(
                appId,
                false,
                slots,
                application.upMillis(now),
                new SparkExecutors(null, null, running.size(), busy, 0, null),
                jobs.size(),
                null,
                stages.subList(0, told),
                stages.size() - told,
                List.of()));
    }

    private List<SparkStage> stages(Instant now) {
        Map<Integer, Integer> jobOfStage = jobOfStage();
        return Stream.concat(
                        newest(active).map(row -> stage(row, SparkStage.State.Active, jobOfStage, now)),
                        newest(pending).map(row -> stage(row, SparkStage.State.Waiting, jobOfStage, now)))
                .toList();
    }

    /** A stage that is tried again has a row for each attempt. */
    private static Stream<StageRow> newest(List<StageRow> rows) {
        Map<Integer, StageRow> newest = new HashMap<>();
        rows.forEach(row ->
                newest.merge(row.stageId(), row, (one, other) -> one.attemptId() >= other.attemptId() ? one : other));
        return newest.values().stream().sorted(Comparator.comparingInt(StageRow::stageId));
    }

    private Map<Integer, Integer> jobOfStage() {
        Map<Integer, Integer> jobOfStage = new HashMap<>();
        for (JobRow job : jobs) {
            if (job.stageIds() != null) {
                job.stageIds().forEach(stage -> {
                    if (stage != null) {
                        jobOfStage.merge(stage, job.jobId(), Math::min);
                    }
                });
            }
        }
        return jobOfStage;
    }

    private static SparkStage stage(
            StageRow row, SparkStage.State state, Map<Integer, Integer> jobOfStage, Instant now) {
        Distributions times = row.taskMetricsDistributions();
        @Nullable Distributions done = row.numCompletedIndices() > 0 ? times : null;
        return new SparkStage(
                natural(row.stageId()),
                natural(row.attemptId()),
                natural(jobOfStage.getOrDefault(row.stageId(), 0)),
                state,
                natural(row.numTasks()),
                natural(row.numActiveTasks()),
                natural(row.numCompletedIndices()),
                natural(row.numFailedTasks()),
                done == null ? null : sum(row, done),
                done == null ? null : done.at(MEDIAN),
                done == null ? null : done.at(P95),
                done == null ? null : done.at(LARGEST),
                null,
                age(row.submissionTime(), now),
                List.of(),
                row.shuffleReadBytes() > 0);
    }

    /** What all tasks that succeeded took: as Spark sums it up, but no less and no more than their median and longest allow. */
    private static @Nullable Long sum(StageRow row, Distributions done) {
        Long median = done.at(MEDIAN);
        Long longest = done.at(LARGEST);
        if (median == null || longest == null) {
            return null;
        }
        double tasks = row.numCompletedIndices();
        return (Long)
                Math.round(Math.min(tasks * longest, Math.max(tasks * median / 2, (double) row.executorRunTime())));
    }

    private static int natural(int number) {
        return Math.max(0, number);
    }

    private static @Nullable Long age(@Nullable String time, Instant now) {
        if (time == null || !TIME.matcher(time).matches()) {
            return null;
        }
        try {
            return Math.max(
                    0,
                    Duration.between(Instant.parse(time.replace("GMT", "Z")), now)
                            .toMillis());
        } catch (DateTimeException e) {
            return null;
        }
    }
}

package io.tidegate.bench.spark;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What the bench measured.
 *
 * @param configurationHash SHA-256 of the services' default configuration and JVM options
 * @param runs how many are complete; in those after the first, Tidegate knows what it saw of a job before
 * @param most executors that a job may have, whatever the way
 * @param jobs arguments of each job
 * @param results medians of each job and way
 * @param comparisons Tidegate's medians over those of dynamic allocation
 * @param trials all samples
 */
record SparkReport(
        @JsonProperty("configuration_hash") String configurationHash,
        int runs,
        @JsonProperty("max_executors") int most,
        Map<String, String> jobs,
        List<Result> results,
        List<Comparison> comparisons,
        List<Trial> trials) {

    /** At most this much longer than dynamic allocation. */
    static final double LONGEST = 1.05;

    /** Medians of a job under a way; what was lost, missed or wrong is summed. */
    record Result(
            Job job,
            Way way,
            @JsonProperty("makespan_s") double makespan,
            @JsonProperty("executor_s") double executorSeconds,
            @JsonProperty("lost_tasks") int lostTasks,
            @JsonProperty("stage_retries") int stageRetries,
            @JsonProperty("missed_deadlines") int missed,
            int inexact) {}

    /**
     * Tidegate beside dynamic allocation.
     *
     * @param makespan ratio of the medians
     * @param executorSeconds ratio of the medians
     * @param most the largest ratio of executor-seconds that is aimed at
     * @param reached whether both ratios are as low as is aimed at
     */
    record Comparison(
            Job job,
            Way against,
            double makespan,
            @JsonProperty("executor_s") double executorSeconds,
            @JsonProperty("executor_s_target") double most,
            boolean reached) {}

    static SparkReport of(String configurationHash, int most, List<Trial> trials) {
        List<Job> jobs = trials.stream().map(Trial::job).distinct().sorted().toList();
        List<Result> results = jobs.stream()
                .flatMap(job -> Arrays.stream(Way.values()).map(way -> result(job, way, trials)))
                .toList();
        Map<String, String> arguments = new LinkedHashMap<>();
        jobs.forEach(job -> arguments.put(
                job.label(),
                String.join(" ", job.arguments())
                        + job.objective()
                                .map(limit -> ", objective " + limit.toSeconds() + " s")
                                .orElse("")));
        return new SparkReport(
                configurationHash,
                trials.stream().mapToInt(Trial::run).max().orElse(0),
                most,
                arguments,
                results,
                jobs.stream()
                        .flatMap(job -> Arrays.stream(Way.values())
                                .filter(Way::isDynamicAllocation)
                                .map(way -> compare(job, way, results)))
                        .toList(),
                List.copyOf(trials));
    }

    private static Result result(Job job, Way way, List<Trial> trials) {
        List<Trial> own = trials.stream()
                .filter(trial -> trial.job() == job && trial.way() == way)
                .toList();
        return new Result(
                job,
                way,
                median(own, Trial::makespanSeconds),
                median(own, Trial::executorSeconds),
                own.stream().mapToInt(Trial::lostTasks).sum(),
                own.stream().mapToInt(Trial::stageRetries).sum(),
                (int) own.stream().filter(Trial::missed).count(),
                (int) own.stream().filter(trial -> !trial.exact()).count());
    }

    /** The middle one, or the mean of the two that are; 0 of nothing. */
    static double median(List<Trial> trials, ToDoubleFunction<Trial> value) {
        double[] sorted = trials.stream().mapToDouble(value).sorted().toArray();
        if (sorted.length == 0) {
            return 0;
        }
        return rounded((sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2);
    }

    private static Comparison compare(Job job, Way against, List<Result> results) {
        Result own = find(job, Way.TIDEGATE, results);
        Result other = find(job, against, results);
        double makespan = rounded(own.makespan() / other.makespan());
        double cost = rounded(own.executorSeconds() / other.executorSeconds());
        return new Comparison(job, against, makespan, cost, job.share(), makespan <= LONGEST && cost <= job.share());
    }

    private static Result find(Job job, Way way, List<Result> results) {
        return results.stream()
                .filter(result -> result.job() == job && result.way() == way)
                .findFirst()
                .orElseThrow();
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    /** Whether each job came to what it must. */
    boolean exact() {
        return results.stream().allMatch(result -> result.inexact() == 0);
    }
}

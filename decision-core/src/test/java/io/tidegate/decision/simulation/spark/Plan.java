package io.tidegate.decision.simulation.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What an application runs: jobs, one after the other.
 *
 * @param gapMillis time that the driver takes before the first job, and after each
 */
record Plan(String name, List<Job> jobs, long gapMillis) {
    /** Stages whose ids are their places in the whole plan. */
    record Job(List<Stage> stages) {}

    /**
     * Tasks that are started in this order.
     *
     * @param parents ids of stages that must be over before
     */
    record Stage(int id, List<Integer> parents, List<Long> taskMillis) {
        Stage {
            taskMillis = List.copyOf(taskMillis);
        }

        long workMillis() {
            return taskMillis.stream().mapToLong(Long::longValue).sum();
        }
    }

    long workMillis() {
        return jobs.stream()
                .flatMap(job -> job.stages().stream())
                .mapToLong(Stage::workMillis)
                .sum();
    }

    /** Makes plans. */
    static final class Builder {
        private final String name;
        private final Random random;
        private final List<Job> jobs = new ArrayList<>();
        private List<Stage> stages = new ArrayList<>();
        private int ids;

        Builder(String name, long seed) {
            this.name = name;
            this.random = new Random(seed);
        }

        /** A stage after the last one of this job: task times are lognormal with this median. */
        Builder stage(int tasks, double medianSeconds, double sigma) {
            return stage(tasks, medianSeconds, sigma, 0);
        }

        /** The same, but for one task in the middle that takes {@code straggler} seconds, unless that is 0. */
        Builder stage(int tasks, double medianSeconds, double sigma, double straggler) {
            List<Long> millis = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                double seconds = medianSeconds * StrictMath.exp(sigma * random.nextGaussian());
                boolean late = straggler > 0 && i == tasks / 2;
                millis.add(Math.max(1, Math.round(1_000 * (late ? straggler : seconds))));
            }
            List<Integer> parents =
                    stages.isEmpty() ? List.of() : List.of(stages.getLast().id());
            stages.add(new Stage(ids++, parents, millis));
            return this;
        }

        Builder job() {
            jobs.add(new Job(stages));
            stages = new ArrayList<>();
            return this;
        }

        Plan done(double gapSeconds) {
            if (!stages.isEmpty()) {
                job();
            }
            return new Plan(name, jobs, Math.round(gapSeconds * 1_000));
        }
    }
}

package io.tidegate.decision.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** The numbers that a recommendation rests on. */
public sealed interface Basis {
    /**
     * Lag against a threshold per replica.
     *
     * @param lag records that count
     * @param standing records that do not, since commits stand still where they wait
     * @param threshold records per replica
     * @param bound what made the size another one, or {@link Bound#NONE}
     * @param cap partitions that the bound speaks of, or 0 if there is none
     * @param complete whether all partitions were known; if not, {@code lag} is a lower bound
     */
    record LagPerReplica(long lag, long standing, long threshold, Bound bound, int cap, boolean complete)
            implements Basis {
        public LagPerReplica {
            Objects.requireNonNull(bound, "bound");
        }
    }

    /** How partitions bound the size of a group. */
    enum Bound {
        NONE,
        /** One replica for each. */
        PARTITIONS,
        /** One replica for each in which records wait. */
        PARTITIONS_WITH_LAG,
        /** As many for each replica as for any other. */
        EVEN_SHARES
    }

    /**
     * Arrivals and backlog against the rate of a replica.
     *
     * @param arrivalRate records/s
     * @param lag records
     * @param waited estimated age of the oldest waiting record
     * @param rate records/s of one replica
     * @param learned whether the rate was measured, else it was configured
     * @param kept wait that the size is to keep, within the objective
     * @param cap partitions that bound the size, or 0 if none did
     */
    record RateForObjective(
            double arrivalRate, long lag, Duration waited, double rate, boolean learned, Duration kept, int cap)
            implements Basis {
        public RateForObjective {
            Objects.requireNonNull(waited, "waited");
            Objects.requireNonNull(kept, "kept");
        }
    }

    /**
     * No replica has been measured yet.
     *
     * @param arrivalRate records/s
     * @param lag records
     */
    record RateUnknown(double arrivalRate, long lag) implements Basis {}

    /**
     * What the average pod uses against what it is meant to.
     *
     * @param what the resource in words, with the container if only one counts
     * @param unit of both numbers: {@code %} of the request, {@code m} (thousandths of a core), {@code bytes}
     * @param kept whether the current size stays though the target is missed: by the tolerance, or for pods that are not
     *     counted
     */
    record Usage(String what, String unit, long measured, long target, Pods pods, boolean kept) implements Basis {
        public Usage {
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(unit, "unit");
            Objects.requireNonNull(pods, "pods");
        }
    }

    /**
     * A number from outside against what it is meant to be, both in thousandths.
     *
     * @param average whether the target is the share of each replica, else it is the number itself
     * @param kept whether that is the current size
     */
    record ValueAgainstTarget(long milli, long target, boolean average, boolean kept) implements Basis {}

    /**
     * Pods by what is known of their use.
     *
     * @param counted pods whose use counts
     * @param missing pods without a metric
     * @param unready pods that are pending or still starting
     */
    record Pods(int counted, int missing, int unready) {}

    /**
     * A schedule.
     *
     * @param open whether it is within a window
     * @param changesAt when the window closes, or the next one opens
     */
    record Scheduled(boolean open, Instant changesAt) implements Basis {
        public Scheduled {
            Objects.requireNonNull(changesAt, "changesAt");
        }
    }

    /**
     * A formula over what the signals ask for.
     *
     * @param operands the signals that it uses
     */
    record Combined(String formula, List<Operand> operands) implements Basis {
        public Combined {
            Objects.requireNonNull(formula, "formula");
            operands = List.copyOf(operands);
        }
    }

    /** A signal of a formula, and the size that it asks for; empty while that is unknown. */
    record Operand(String signal, OptionalInt size) {
        public Operand {
            Objects.requireNonNull(signal, "signal");
            Objects.requireNonNull(size, "size");
        }
    }

    /** The target has no replica that could use anything. */
    record NothingRuns() implements Basis {}

    /**
     * What the jobs of a Spark application have left to do.
     *
     * @param pending tasks that could run, and do not
     * @param running attempts that run
     * @param taskTime mean of what is left; zero if not known
     * @param executors those that run
     * @param end until all that is known is over, at the proposed size
     * @param start from asking for an executor to its registration
     * @param left until it has to be over; empty without an objective
     */
    record SparkJobs(
            SparkPlan plan,
            long pending,
            long running,
            Duration taskTime,
            int executors,
            Duration end,
            Duration start,
            Optional<Duration> left)
            implements Basis {
        public SparkJobs {
            Objects.requireNonNull(plan, "plan");
            Objects.requireNonNull(taskTime, "taskTime");
            Objects.requireNonNull(end, "end");
            Objects.requireNonNull(start, "start");
            Objects.requireNonNull(left, "left");
        }
    }

    /** What a number of executors is for. */
    enum SparkPlan {
        /** To show how long tasks take. */
        LEARNING,
        /** All is over before others could start. */
        ENOUGH,
        /** More would not end it sooner by enough. */
        KNEE,
        /** It ends in time. */
        OBJECTIVE,
        /** It ends in time if Spark asks for them one after the other, in its own way. */
        RAMP,
        /** It ends as soon as it can, but late. */
        HOPELESS,
        /** Some have nothing to do for longer than others take to start. */
        TAIL,
        /** Some have nothing to do, but not for long. */
        KEPT,
        /** For a stage that begins soon. */
        NEXT_STAGE
    }

    /**
     * A Spark application without an active job.
     *
     * @param hold how long its executors are kept
     * @param kept whether they are
     */
    record SparkIdle(Duration hold, boolean kept) implements Basis {
        public SparkIdle {
            Objects.requireNonNull(hold, "hold");
        }
    }

    /**
     * Streaming queries against what a slot can process.
     *
     * @param inputRate rows/s
     * @param backlog rows that wait for a batch; 0 if not known
     * @param rate rows/s of one slot; 0 if not known
     * @param slots tasks at a time of one executor
     * @param batch how long the last batch took
     * @param allowed how long it may take; empty if it may take any time
     * @param needed executors that its rate asks for
     * @param most executors that its partitions can use
     */
    record SparkBatches(
            double inputRate,
            long backlog,
            double rate,
            int slots,
            Duration batch,
            Optional<Duration> allowed,
            int needed,
            int most)
            implements Basis {
        public SparkBatches {
            Objects.requireNonNull(batch, "batch");
            Objects.requireNonNull(allowed, "allowed");
        }
    }

    /**
     * What the next run of a recurring Spark application is expected to be like: the last one.
     *
     * @param plan {@code LEARNING} if none has been seen, else {@code KNEE}, {@code OBJECTIVE} or {@code HOPELESS}
     * @param work run time of all its tasks
     * @param end from its begin to its end, at the proposed size
     * @param left how long it may take; empty without an objective
     */
    record SparkNextRun(SparkPlan plan, Duration work, Duration end, Optional<Duration> left) implements Basis {
        public SparkNextRun {
            Objects.requireNonNull(plan, "plan");
            Objects.requireNonNull(work, "work");
            Objects.requireNonNull(end, "end");
            Objects.requireNonNull(left, "left");
        }
    }

    /** No streaming query has finished a batch, or its last batches tell nothing. */
    record SparkUnseen() implements Basis {}
}

package io.tidegate.decision.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
}

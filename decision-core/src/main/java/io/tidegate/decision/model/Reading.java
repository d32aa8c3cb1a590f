package io.tidegate.decision.model;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The raw content of a sample. */
public sealed interface Reading {
    /** Ids are remembered; Spark's own have 38. */
    int MOST_ID_CHARACTERS = 128;

    /** Offsets of a consumer group; an empty list means that no partition is known, which is not a lag of 0. */
    record Offsets(List<PartitionOffsets> partitions) implements Reading {
        public Offsets {
            partitions = List.copyOf(partitions);
        }
    }

    /** The target's pods with what they request and use; an empty list means that there is none. */
    record Pods(List<PodReading> pods) implements Reading {
        public Pods {
            pods = List.copyOf(pods);
        }
    }

    /**
     * A Spark application as a whole. What is over is not in it: no stage, job or task that has ended.
     *
     * @param application Spark's id of this run, at most {@value #MOST_ID_CHARACTERS} characters
     * @param dynamic whether Spark's dynamic allocation says what is wanted
     * @param slots tasks at a time of one executor; at least 1
     * @param upMillis since the run began; empty if not known
     * @param idleMillis since the last job ended; 0 while one is active
     * @param stages active ones first
     * @param omittedStages how many are left out
     * @param queries streaming queries that have finished a batch
     */
    record Spark(
            String application,
            boolean dynamic,
            int slots,
            OptionalLong upMillis,
            ExecutorCounts executors,
            int activeJobs,
            long idleMillis,
            List<StageReading> stages,
            int omittedStages,
            List<QueryReading> queries)
            implements Reading {
        public Spark {
            if (application.length() > MOST_ID_CHARACTERS) {
                throw new IllegalArgumentException("an application's id may have " + MOST_ID_CHARACTERS
                        + " characters, not " + application.length());
            }
            slots = Math.max(1, Amounts.count("slots", slots));
            upMillis = Amounts.millis("upMillis", upMillis);
            Objects.requireNonNull(executors, "executors");
            activeJobs = Amounts.count("activeJobs", activeJobs);
            idleMillis = Amounts.millis("idleMillis", idleMillis);
            stages = List.copyOf(stages);
            omittedStages = Amounts.count("omittedStages", omittedStages);
            queries = List.copyOf(queries);
        }
    }

    /**
     * What a query gave.
     *
     * @param value the number; empty if it gave none
     * @param gap why it gave none; empty if it gave one
     */
    record Value(OptionalDouble value, String gap) implements Reading {
        public Value {
            if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
                throw new IllegalArgumentException("a value must be finite: " + value.getAsDouble());
            }
            Objects.requireNonNull(gap, "gap");
        }
    }

    /** The source answered with an error. */
    record Failed(String error) implements Reading {
        public Failed {
            Objects.requireNonNull(error, "error");
        }
    }
}

package io.tidegate.policyengine.topology;

import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.policyengine.EngineMetrics.Refused;
import io.tidegate.policyengine.state.EngineStore;
import io.tidegate.policyengine.state.ObservedSample;
import io.tidegate.policyengine.state.WorkloadState;
import io.tidegate.policyengine.state.WorkloadState.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which samples are taken. A sample that isn't costs its own workload a reason, and nobody else anything. */
final class SampleRules {

    /** How far a collector's clock may be ahead of the broker's. */
    static final Duration AHEAD = Duration.ofSeconds(5);

    /** Partitions of one reading: at most about 70 bytes each, well below what a changelog record holds. */
    static final int MAX_PARTITIONS = 4096;

    /** Pods of one reading: at most about 400 bytes each, well below what a changelog record holds. */
    static final int MAX_PODS = 2000;

    /** Signals that are kept before a policy has named them. */
    static final int UNNAMED_SIGNALS = 16;

    private static final int MAX_TOPIC_NAME = 249;
    /** Longest name of a signal, an application or a query. */
    private static final int MAX_NAME = 253;

    private SampleRules() {}

    /**
     * Why a sample is not taken; empty if it is.
     *
     * @param policies where the policies are that may name its signal
     */
    static Optional<Rejection> check(SampleFact sample, WorkloadState state, EngineStore policies, Times times) {
        if (sample.signal().length() > MAX_NAME || !isKept(sample.signal(), state, policies)) {
            return Optional.of(new Rejection(Refused.UNKNOWN_SIGNAL, Optional.empty()));
        }
        if (times.observedAt() > times.logTime() + AHEAD.toMillis()) {
            return rejected(
                    Refused.FROM_FUTURE,
                    sample,
                    "SampleFromFuture",
                    "is dated "
                            + Duration.ofMillis(times.observedAt() - times.logTime())
                                    .toSeconds() + " s after its arrival; check the clock of the collector's node");
        }
        if (!isSmall(sample.reading())) {
            return rejected(
                    Refused.TOO_LARGE,
                    sample,
                    "SampleTooLarge",
                    "has more than " + MAX_PARTITIONS + " partitions or " + MAX_PODS
                            + " pods, a topic name of more than " + MAX_TOPIC_NAME
                            + " characters, or another of more than " + MAX_NAME);
        }
        ObservedSample last = state.sample(sample.signal());
        return last != null && last.observedAt() > times.bounded()
                ? Optional.of(new Rejection(Refused.OLDER, Optional.empty()))
                : Optional.empty();
    }

    private static Optional<Rejection> rejected(Refused counted, SampleFact sample, String reason, String why) {
        String message = "The last sample of signal " + sample.signal() + " was not taken: it " + why + ".";
        return Optional.of(new Rejection(counted, Optional.of(new Refusal(sample.signal(), reason, message))));
    }

    private static boolean isKept(String signal, WorkloadState state, EngineStore policies) {
        return state.sample(signal) != null
                || state.samples().size() + state.refusals().size() < UNNAMED_SIGNALS
                || state.policies().stream()
                        .flatMap(policy -> policies.policy(policy).stream())
                        .anyMatch(policy -> names(policy.fact(), signal));
    }

    private static boolean names(PolicyFact policy, String signal) {
        return (policy.spec().scalesSpark() && signal.equals(SampleFact.SPARK))
                || policy.spec().signals().stream()
                        .anyMatch(named -> named.name().equals(signal)
                                || (named.resource() != null && signal.equals(SampleFact.USAGE)));
    }

    private static boolean isSmall(Reading reading) {
        return switch (reading) {
            case Reading.Offsets offsets ->
                offsets.partitions().size() <= MAX_PARTITIONS && haveShortTopics(offsets.partitions());
            case Reading.Usage usage -> true;
            case Reading.Spark spark ->
                spark.appId().length() <= MAX_NAME
                        && spark.queries().stream()
                                .allMatch(query -> query.name().length() <= MAX_NAME);
            case Reading.Pods pods -> pods.pods().size() <= MAX_PODS;
            case Reading.Failed failed -> true;
            case Reading.Value value -> true;
        };
    }

    private static boolean haveShortTopics(List<Reading.PartitionOffsets> partitions) {
        for (Reading.PartitionOffsets partition : partitions) {
            if (partition.topic().length() > MAX_TOPIC_NAME) {
                return false;
            }
        }
        return true;
    }

    /**
     * Why a sample is not taken.
     *
     * @param counted what is counted
     * @param told what the workload is told; empty if nothing
     */
    record Rejection(Refused counted, Optional<Refusal> told) {}

    /**
     * Times of a fact, in milliseconds.
     *
     * @param observedAt when it was observed, by the collector's clock
     * @param logTime the log's time at it
     */
    record Times(long observedAt, long logTime) {

        /** When it was observed, at the latest at the log's time: nothing is younger than just arrived. */
        long bounded() {
            return Math.min(observedAt, logTime);
        }
    }
}

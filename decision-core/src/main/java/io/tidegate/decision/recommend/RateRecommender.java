package io.tidegate.decision.recommend;

import io.tidegate.decision.model.Basis;
import io.tidegate.decision.model.LearnedRate;
import io.tidegate.decision.model.Recommendation;
import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.policy.KafkaSignal;
import io.tidegate.decision.policy.Objective;
import io.tidegate.decision.signal.CrewMemory;
import io.tidegate.decision.signal.CrewMeter;
import io.tidegate.decision.signal.LagObservation;
import io.tidegate.decision.signal.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The smallest size that holds a latency objective, from what a replica is known to process.
 *
 * <p>The newest of B records, served in order by capacity K, waits B / K. So K holds a wait w over the next T seconds if
 * {@code K >= (B + arrival x T) / (T + w)}: for T towards infinity that is the arrival rate, for T = 0 the backlog over
 * the wait. A standing backlog within w costs nothing, while draining it would: replicas that always have work are the
 * cheapest ones.
 */
public final class RateRecommender {
    /** Share of the objective that is used on purpose; the rest is for what a prediction cannot know. */
    private static final double USED_SHARE = 0.6;
    /** A smaller size must begin well below that, or the two would alternate. */
    private static final double BEGIN_SHARE = 0.75;
    /** Arrivals that have begun to rise rise further: on top of them when growing. */
    private static final double HEADROOM = 0.1;
    /** A larger size must do for one and a half times the objective, to grow in few steps. */
    private static final double GROWN_FOR_OBJECTIVES = 1.5;
    /** A smaller size must do for three times of what it costs to come back: a start and a rebalance. */
    private static final double SHRUNK_FOR_RETURNS = 3;
    /** What a change of members costs the whole group, in seconds: pauses of 0.3 s to 3 s are usual. */
    private static final double REBALANCE_SECONDS = 1;
    /** Part of the catch-up time that is planned with. */
    private static final double CATCH_UP_SHARE = 0.9;
    /** Below it a configured rate is believed rather than a learned one: about 3 s of full work. */
    private static final double LEAST_CONFIDENCE = 0.3;
    /** Without a known rate a quarter may go at a time, while hardly a record waits. */
    private static final int PROBED_PART = 4;

    private static final double HARDLY_WAITING_SECONDS = 1;
    private static final Duration PROBE_PERIOD = Duration.ofSeconds(5);

    private RateRecommender() {}

    /** Proposes a size for what is {@code seen} of a signal, whose offsets sum up to {@code totals}. */
    public static Recommendation recommend(
            LagObservation seen,
            Totals totals,
            Objective.Latency objective,
            CrewMemory crew,
            TargetState.Known target,
            Instant now) {
        KafkaSignal signal = seen.signal();
        boolean active = totals.waiting() > signal.activation();
        Optional<LearnedRate> learned = seen.learnedRate()
                .filter(rate -> signal.ratePerReplica().isEmpty() || rate.confidence() > LEAST_CONFIDENCE);
        double rate = learned.isPresent()
                ? learned.get().recordsPerSecondPerReplica()
                : signal.ratePerReplica().orElse(0);
        if (rate == 0) {
            int size = active ? shared(signal, withoutRate(seen, totals, crew, target, now), totals) : 0;
            Basis basis = new Basis.RateUnknown(seen.arrivalRate().orElse(0), totals.lag());
            return new Recommendation("rate", signal.name(), size, active, OptionalDouble.empty(), basis);
        }
        Outlook ahead = Outlook.of(seen, totals, rate, objective, crew, target, now);
        double kept = USED_SHARE * ahead.objective();
        int size =
                active ? shared(signal, size(ahead, kept, target.replicas(), signal.allowIdleConsumers()), totals) : 0;
        Basis basis = new Basis.RateForObjective(
                ahead.arrival(),
                totals.lag(),
                seen.waited(),
                rate,
                learned.isPresent(),
                Duration.ofMillis((long) (kept * 1_000)),
                size >= totals.partitions() ? totals.partitions() : 0);
        return new Recommendation("rate", signal.name(), size, active, OptionalDouble.empty(), basis);
    }

    private static int shared(KafkaSignal signal, int size, Totals totals) {
        return signal.options().evenDistribution() ? LagRecommender.evenly(size, totals.partitions()) : size;
    }

    private static int size(Outlook ahead, double kept, int current, boolean allowIdleConsumers) {
        double backlog = ahead.backlogWhenReady();
        if (backlog > kept * ahead.asked()) {
            int most = allowIdleConsumers ? Integer.MAX_VALUE : Math.max(current, ahead.partitions());
            int grown = ahead.replicasFor(grown(ahead, backlog, kept), allowIdleConsumers);
            return Math.min(Math.max(grown, current == Integer.MAX_VALUE ? current : current + 1), most);
        }
        return Math.min(current, ahead.replicasFor(shrunk(ahead, kept), allowIdleConsumers));
    }

    /** Records/s that a larger size must be able to process. */
    private static double grown(Outlook ahead, double backlogWhenReady, double kept) {
        double horizon = GROWN_FOR_OBJECTIVES * ahead.objective();
        double backlog = backlogWhenReady + ahead.arrival() * REBALANCE_SECONDS;
        double sustained = (backlog + ahead.arrival() * (1 + HEADROOM) * horizon) / (horizon + kept);
        // The newest record of this moment waits for the start, then has the catch-up time left.
        double newest = (ahead.backlog() - ahead.ready() * ahead.start()) / (CATCH_UP_SHARE * ahead.catchUp());
        return Math.max(Math.max(sustained, newest), backlog / kept);
    }

    /** Records/s that a smaller size must be able to process, so that it is not left again at once. */
    private static double shrunk(Outlook ahead, double kept) {
        double horizon = SHRUNK_FOR_RETURNS * (ahead.start() + REBALANCE_SECONDS);
        double backlog = ahead.backlog() + ahead.arrival() * REBALANCE_SECONDS;
        return Math.max(backlog / (BEGIN_SHARE * kept), (backlog + ahead.arrival() * horizon) / (horizon + kept));
    }

    /**
     * One replica shows what a replica can do, and the second commit says it. A group that was found larger keeps its size
     * until then; if it never has enough to do to show it, a quarter goes at a time.
     */
    private static int withoutRate(
            LagObservation seen, Totals totals, CrewMemory crew, TargetState.Known target, Instant now) {
        int current = target.replicas();
        Duration patience = CrewMeter.startTime(crew, target).multipliedBy(2);
        long settled = crew.readyAt() + Math.max(PROBE_PERIOD.toMillis(), patience.toMillis());
        boolean relaxed = crew.askedAt() < 0
                && now.toEpochMilli() >= settled
                && totals.lag() < seen.processedRate().orElse(0) * HARDLY_WAITING_SECONDS;
        return Math.max(1, relaxed ? current - Math.max(1, current / PROBED_PART) : current);
    }
}

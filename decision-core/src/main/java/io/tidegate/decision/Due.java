package io.tidegate.decision;

import io.tidegate.decision.guard.Situation;
import io.tidegate.decision.model.Reason;
import io.tidegate.decision.model.Verdict;
import io.tidegate.decision.policy.Fallback;
import io.tidegate.decision.signal.Observation;
import io.tidegate.decision.signal.Observer;
import io.tidegate.decision.signal.ScheduleObservation;
import io.tidegate.decision.signal.UsageMeasure;
import io.tidegate.decision.signal.UsageObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When time alone could change a decision. */
final class Due {
    private static final Duration LONGEST_REST = Duration.ofHours(1);
    /** Ages are compared strictly, at ms precision. */
    private static final Duration TICK = Duration.ofMillis(1);
    /**
     * The guards' windows count from the last decision that saw a schedule open, so there must be one shortly before it
     * closes. Time is moved on at least once a second.
     */
    private static final Duration LAST_LOOK = Duration.ofSeconds(2);

    private Due() {}

    static Instant never(Instant now) {
        return now.plus(LONGEST_REST);
    }

    static Instant after(Situation situation, List<Verdict> verdicts) {
        Instant now = situation.now();
        Instant due = never(now);
        for (Verdict verdict : verdicts) {
            if (verdict.until().isPresent()) {
                due = earlier(due, verdict.until().get(), now);
            }
        }
        Optional<Fallback> fallback = situation.policy().fallback();
        for (Observation seen : situation.observations()) {
            if (seen instanceof ScheduleObservation schedule) {
                if (schedule.open()) {
                    due = earlier(due, schedule.changesAt().minus(LAST_LOOK), now);
                }
                due = earlier(due, schedule.changesAt(), now);
                continue;
            }
            if (fallback.isPresent()) {
                due = earlier(due, seen.usableAt().plus(fallback.get().after()).plus(TICK), now);
            }
            if (seen.gap() == Reason.SIGNAL_UNSEEN) {
                continue;
            }
            if (seen instanceof UsageObservation usage
                    && usage.usage() instanceof UsageMeasure.Known known
                    && known.totals().regroupedAt() < Long.MAX_VALUE) {
                due = earlier(due, Instant.ofEpochMilli(known.totals().regroupedAt()), now);
            }
            Instant observedAt = now.minus(seen.age());
            due = earlier(due, observedAt.plus(seen.overdueAfter()).plus(TICK), now);
            due = earlier(due, observedAt.plus(Observer.STALE_AFTER).plus(TICK), now);
        }
        return due;
    }

    private static Instant earlier(Instant due, Instant candidate, Instant now) {
        return candidate.isAfter(now) && candidate.isBefore(due) ? candidate : due;
    }
}

package io.tidegate.decision.guard;

import io.tidegate.decision.model.Reason;
import io.tidegate.decision.model.Verdict;
import io.tidegate.decision.policy.Pace;
import io.tidegate.decision.policy.RateLimit;
import io.tidegate.decision.policy.SelectPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * autoscaling/v2's rate limits, counted from the size at the start of each period and over this controller's own
 * changes. Percentages are exact here (up rounds up, down rounds down); in doubles, 80 % down from 10 allows 1.
 * From zero a percentage counts as from one, or it could never wake a workload.
 */
public record RateLimits() implements Guard {
    public static final String NAME = "rateLimit";

    @Override
    public Verdict judge(Situation situation, int size) {
        int current = situation.current();
        if (size == current) {
            return Verdict.pass(NAME, size);
        }
        boolean up = size > current;
        Pace pace = up ? situation.up() : situation.down();
        if (pace.select() == SelectPolicy.DISABLED) {
            Reason reason = up ? Reason.SCALE_UP_LIMIT : Reason.SCALE_DOWN_LIMIT;
            return Guard.limit(NAME, situation, size, current, reason, Optional.empty());
        }
        if (pace.limits().isEmpty()) {
            return Verdict.pass(NAME, size);
        }
        long limit = limit(situation, pace, up);
        if (up ? size <= limit : size >= limit) {
            return Verdict.pass(NAME, size);
        }
        Reason reason = up ? Reason.SCALE_UP_LIMIT : Reason.SCALE_DOWN_LIMIT;
        return Guard.limit(NAME, situation, size, (int) limit, reason, until(situation, pace));
    }

    /** The farthest size that the limits of one direction allow, never on the other side of the current one. */
    private static long limit(Situation situation, Pace pace, boolean up) {
        boolean farthest = pace.select() == SelectPolicy.MAX;
        boolean largest = farthest == up;
        long limit = largest ? 0 : Long.MAX_VALUE;
        for (RateLimit one : pace.limits()) {
            long start = (long) situation.current() - changed(situation, one);
            long allowed = Math.max(0, up ? up(one, start) : down(one, start));
            limit = largest ? Math.max(limit, allowed) : Math.min(limit, allowed);
        }
        return up
                ? Math.max(Math.max(limit, pace.unlimited()), situation.current())
                : Math.min(limit, situation.current());
    }

    private static long up(RateLimit limit, long start) {
        return switch (limit.type()) {
            case PODS -> start + limit.value();
            case PERCENT -> Math.ceilDiv(Math.max(1, start) * (100L + limit.value()), 100L);
        };
    }

    private static long down(RateLimit limit, long start) {
        return switch (limit.type()) {
            case PODS -> start - limit.value();
            case PERCENT -> Math.floorDiv(start * (100L - limit.value()), 100L);
        };
    }

    /** By how many replicas the size has grown, by own changes, within the limit's period. */
    private static long changed(Situation situation, RateLimit limit) {
        long sum = 0;
        List<SizedAt> changes = situation.memory().changes();
        for (int i = changes.size() - 1; i >= 0; i--) {
            if (changes.get(i).at() <= situation.at() - limit.period().toMillis()) {
                break;
            }
            sum += changes.get(i).replicas();
        }
        return sum;
    }

    /** When the first change leaves the period of a limit. */
    private static Optional<Instant> until(Situation situation, Pace pace) {
        long first = Long.MAX_VALUE;
        for (RateLimit limit : pace.limits()) {
            long period = limit.period().toMillis();
            for (SizedAt change : situation.memory().changes()) {
                if (change.at() > situation.at() - period) {
                    first = Math.min(first, change.at() + period);
                    break;
                }
            }
        }
        return first == Long.MAX_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(first));
    }
}

package io.tidegate.decision.guard;

import io.tidegate.decision.model.Reason;
import io.tidegate.decision.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * autoscaling/v2's stabilization windows: up only to the smallest, down only to the largest recommendation of the
 * window. The last step, from one replica to none, is {@link Cooldown}'s, by the same window.
 */
public record Stabilization() implements Guard {
    public static final String NAME = "stabilization";

    @Override
    public Verdict judge(Situation situation, int size) {
        int current = situation.current();
        if (size > current) {
            return judgeUp(situation, size);
        }
        if (size < current) {
            return judgeDown(situation, size);
        }
        return Verdict.pass(NAME, size);
    }

    private static Verdict judgeUp(Situation situation, int size) {
        Duration window = situation.up().window();
        List<SizedAt> low = situation.memory().low();
        int from = Window.firstWithin(low, situation.at(), window.toMillis());
        if (from == low.size() || low.get(from).replicas() >= size) {
            return Verdict.pass(NAME, size);
        }
        int after = Math.max(situation.current(), low.get(from).replicas());
        return Guard.limit(
                NAME,
                situation,
                size,
                after,
                Reason.SCALE_UP_STABILIZED,
                Optional.of(end(low, from, after, window, -1)));
    }

    private static Verdict judgeDown(Situation situation, int size) {
        Duration window = situation.down().window();
        List<SizedAt> high = situation.memory().high();
        int from = Window.firstWithin(high, situation.at(), window.toMillis());
        // One replica is as low as a window keeps it: whether that one goes is up to the cooldown.
        if (from == high.size() || high.get(from).replicas() <= Math.max(1, size)) {
            return Verdict.pass(NAME, size);
        }
        int after = Math.min(situation.current(), high.get(from).replicas());
        return Guard.limit(
                NAME,
                situation,
                size,
                after,
                Reason.SCALE_DOWN_STABILIZED,
                Optional.of(end(high, from, after, window, 1)));
    }

    /** When the last entry that keeps the size at {@code kept} or beyond leaves the window. */
    private static Instant end(List<SizedAt> entries, int from, int kept, Duration window, int sign) {
        int last = from;
        while (last + 1 < entries.size() && sign * entries.get(last + 1).replicas() >= sign * kept) {
            last++;
        }
        return Instant.ofEpochMilli(entries.get(last).at()).plus(window);
    }
}

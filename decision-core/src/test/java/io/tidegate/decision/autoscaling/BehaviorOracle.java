package io.tidegate.decision.autoscaling;

import java.util.ArrayList;
import java.util.List;

/** stabilizeRecommendationWithBehaviors and convertDesiredReplicasWithBehaviorRate, with exact percentages. */
public final class BehaviorOracle {
    /** A rate limit: replicas, or percent if so; ms. */
    public record Limit(boolean percent, int value, long period) {}

    /** One direction. {@code select}: 1 Max, -1 Min, 0 Disabled. */
    public record Rules(long window, int select, List<Limit> limits) {
        public Rules {
            limits = List.copyOf(limits);
        }
    }

    private record Entry(long at, int replicas) {}

    private final int min;
    private final int max;
    private final Rules up;
    private final Rules down;
    private final List<Entry> recommendations = new ArrayList<>();
    private final List<Entry> gaps = new ArrayList<>();
    private final List<Entry> added = new ArrayList<>();
    private final List<Entry> removed = new ArrayList<>();

    public BehaviorOracle(int min, int max, Rules up, Rules down) {
        this.min = min;
        this.max = max;
        this.up = up;
        this.down = down;
    }

    /** The first thing that happens. */
    public void initialize(int current, long now) {
        recommendations.add(new Entry(now, current));
    }

    /**
     * A time in which nothing is recommended for want of data. Not so in the original: here the downward window begins
     * anew, since missing data never shrinks.
     */
    public void rest(int current, long now) {
        gaps.add(new Entry(now, current));
    }

    public int normalize(int current, int desired, long now) {
        int upwards = desired;
        int downwards = desired;
        for (Entry entry : recommendations) {
            upwards = entry.at() > now - up.window() ? Math.min(upwards, entry.replicas()) : upwards;
            downwards = entry.at() > now - down.window() ? Math.max(downwards, entry.replicas()) : downwards;
        }
        for (Entry entry : gaps) {
            downwards = entry.at() > now - down.window() ? Math.max(downwards, entry.replicas()) : downwards;
        }
        recommendations.add(new Entry(now, desired));
        int stabilized = Math.min(Math.max(current, upwards), downwards);
        return limited(current, stabilized, now);
    }

    public void scaled(int before, int after, long now) {
        if (after > before) {
            added.add(new Entry(now, after - before));
        } else if (after < before) {
            removed.add(new Entry(now, before - after));
        }
    }

    private int limited(int current, int desired, long now) {
        if (desired > current) {
            int limit = Math.max(current, limit(up, current, true, now));
            return Math.min(desired, Math.min(limit, max));
        }
        if (desired < current) {
            int limit = Math.min(current, limit(down, current, false, now));
            return Math.max(desired, Math.max(limit, min));
        }
        return desired;
    }

    private int limit(Rules rules, int current, boolean upwards, long now) {
        if (rules.select() == 0) {
            return current;
        }
        boolean largest = (rules.select() > 0) == upwards;
        int result = largest ? Integer.MIN_VALUE : Integer.MAX_VALUE;
        for (Limit limit : rules.limits()) {
            int start = current - sum(added, limit, now) + sum(removed, limit, now);
            int proposed;
            if (!limit.percent()) {
                proposed = upwards ? start + limit.value() : start - limit.value();
            } else if (upwards) {
                proposed = Math.ceilDiv(start * (100 + limit.value()), 100);
            } else {
                proposed = start * (100 - limit.value()) / 100;
            }
            result = largest ? Math.max(result, proposed) : Math.min(result, proposed);
        }
        return result;
    }

    private static int sum(List<Entry> events, Limit limit, long now) {
        return events.stream()
                .filter(event -> event.at() > now - limit.period())
                .mapToInt(Entry::replicas)
                .sum();
    }
}

package io.tidegate.it.differential;

import io.tidegate.it.differential.TwinSpec.Direction;
import io.tidegate.it.differential.TwinSpec.Limit;
import io.tidegate.it.differential.TwinSpec.Select;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Where a workload settles by {@link HpaRules}, its windows and rate limits, and what a ReplicaSet does to the pods. */
final class ExpectedSize {

    private static final int SECONDS = 120;
    private static final int QUIET_SECONDS = 20;

    /** Whom a ReplicaSet removes first: pending, then unready, then the youngest. */
    private static final Comparator<Ranked> VICTIMS_FIRST = Comparator.comparing(
                    (Ranked pod) -> pod.play.life() != Life.PENDING)
            .thenComparing(pod -> pod.play.life().ready().orElse(false))
            .thenComparingInt(pod -> -pod.rank);

    private record Ranked(PodPlay play, int rank) {}

    private record Recommendation(int second, int size) {}

    private record Event(int second, int change) {}

    private final TwinSpec spec;
    private final HpaRules rules;
    private final List<Ranked> pods = new ArrayList<>();
    private final List<Recommendation> recommendations = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private int nextRank;
    private int size;

    private ExpectedSize(HpaFlags flags, TwinSpec spec, List<PodPlay> plays, int size) {
        this.spec = spec;
        this.rules = new HpaRules(flags, spec);
        this.size = size;
        plays.forEach(play -> pods.add(new Ranked(play, nextRank++)));
    }

    /** The size that does not change any more; empty where there is none. */
    static Optional<Integer> settled(HpaFlags flags, TwinSpec spec, List<PodPlay> pods, int current) {
        return new ExpectedSize(flags, spec, pods, current).settle();
    }

    private Optional<Integer> settle() {
        int changed = 0;
        followSize();
        for (int second = 0; second < SECONDS; second++) {
            int next = next(second);
            if (next != size) {
                events.add(new Event(second, next - size));
                size = next;
                changed = second;
                followSize();
            }
            if (second - changed > QUIET_SECONDS) {
                return Optional.of(size);
            }
        }
        return Optional.empty();
    }

    private int next(int second) {
        if (size > spec.max()) {
            return spec.max();
        }
        if (size < spec.min()) {
            return spec.min();
        }
        Optional<Integer> proposal =
                rules.proposal(pods.stream().map(Ranked::play).toList(), size);
        return proposal.isEmpty() ? size : limited(stabilized(proposal.get(), second), second);
    }

    private int stabilized(int desired, int second) {
        List<Integer> recent = recommendations.stream()
                .filter(old -> old.second > second - TwinSpec.WINDOW_SECONDS)
                .map(Recommendation::size)
                .toList();
        recommendations.add(new Recommendation(second, desired));
        int least = Math.min(desired, recent.stream().min(Integer::compare).orElse(desired));
        int most = Math.max(desired, recent.stream().max(Integer::compare).orElse(desired));
        return Math.min(Math.max(size, least), most);
    }

    private int limited(int desired, int second) {
        if (desired > size) {
            int limit = limit(spec.up(), second, true);
            return Math.min(desired, Math.min(spec.max(), Math.max(limit, size)));
        }
        if (desired < size) {
            int limit = limit(spec.down(), second, false);
            return Math.max(desired, Math.max(spec.min(), Math.min(limit, size)));
        }
        return size;
    }

    private int limit(Direction direction, int second, boolean up) {
        if (direction.select() == Select.DISABLED) {
            return size;
        }
        // Max is the policy that changes most, so the smallest size where it goes down.
        boolean largest = up == (direction.select() == Select.MAX);
        return direction.limits().stream()
                .map(limit -> limit(limit, second, up))
                .reduce((one, other) -> largest ? Math.max(one, other) : Math.min(one, other))
                .orElse(size);
    }

    private int limit(Limit limit, int second, boolean up) {
        int start = size
                - events.stream()
                        .filter(event -> event.second > second - limit.periodSeconds())
                        .mapToInt(Event::change)
                        .sum();
        if (limit.pods()) {
            return up ? start + limit.value() : start - limit.value();
        }
        return up ? (int) Math.ceil(start * (1 + limit.value() / 100.0)) : (int) (start * (1 - limit.value() / 100.0));
    }

    private void followSize() {
        List<Ranked> active = pods.stream()
                .filter(pod -> pod.play.life().active())
                .sorted(VICTIMS_FIRST)
                .toList();
        int surplus = active.size() - size;
        if (surplus > 0) {
            pods.removeAll(active.subList(0, surplus));
        }
        IntStream.range(surplus, 0).forEach(i -> pods.add(new Ranked(PodPlay.fresh(), nextRank++)));
    }
}

package io.tidegate.decision.guard;

import io.tidegate.decision.policy.Pace;
import io.tidegate.decision.policy.RateLimit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Notices that the world has followed a decision. */
public final class Changes {
    static final int MOST = 32;

    private Changes() {}

    /**
     * Takes in the size of the target as it is observed. A change counts as own as far as the last decision asked for it;
     * what others change is not held against the rate limits, as in autoscaling/v2. At first sight the present size counts
     * as recommended, and the workload as active.
     */
    public static GuardMemory notice(GuardMemory memory, int current, Pace up, Pace down, Instant now) {
        long at = now.toEpochMilli();
        if (memory.replicas() < 0) {
            return new GuardMemory(
                    current,
                    current,
                    at,
                    Window.add(List.of(), at, current, up.window(), -1),
                    Window.add(List.of(), at, current, down.window(), 1),
                    List.of());
        }
        int changed = current - memory.replicas();
        int asked = memory.desired() - memory.replicas();
        int own = Integer.signum(changed) == Integer.signum(asked)
                ? Integer.signum(asked) * Math.min(Math.abs(changed), Math.abs(asked))
                : 0;
        long longest = Math.max(longest(up), longest(down));
        if (longest == 0) {
            return memory.changes().isEmpty() ? memory : withChanges(memory, List.of());
        }
        int from = Window.firstWithin(memory.changes(), at, longest);
        if (own == 0 && from == 0) {
            return memory;
        }
        List<SizedAt> changes =
                new ArrayList<>(memory.changes().subList(from, memory.changes().size()));
        if (own != 0) {
            if (changes.size() == MOST) {
                SizedAt last = changes.removeLast();
                own = Math.clamp((long) own + last.replicas(), -Integer.MAX_VALUE, Integer.MAX_VALUE);
            }
            changes.add(new SizedAt(at, own));
        }
        return withChanges(memory, changes);
    }

    private static GuardMemory withChanges(GuardMemory memory, List<SizedAt> changes) {
        return new GuardMemory(
                memory.replicas(), memory.desired(), memory.activeAt(), memory.low(), memory.high(), changes);
    }

    private static long longest(Pace pace) {
        long longest = 0;
        for (RateLimit limit : pace.limits()) {
            longest = Math.max(longest, limit.period().toMillis());
        }
        return longest;
    }
}

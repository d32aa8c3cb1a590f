package io.tidegate.decision.guard;

import io.tidegate.decision.model.Outcome;
import io.tidegate.decision.model.Verdict;
import java.util.ArrayList;
import java.util.List;

/** All guards, in their fixed order, and what they remember. */
public final class GuardChain {
    private static final List<Guard> GUARDS = List.of(
            new Freshness(),
            new Tolerance(),
            new Stabilization(),
            new RateLimits(),
            new Cooldown(),
            new DisruptionBudget(),
            new Bounds());
    private static final int FRESHNESS = 0;
    /** Stabilization is the third. */
    private static final int STABILIZATION = 2;

    private GuardChain() {}

    /** One verdict per guard, in order; the last one's {@code after} is what is left of {@code size}. */
    public static List<Verdict> judge(Situation situation, int size) {
        List<Verdict> verdicts = new ArrayList<>(GUARDS.size());
        int left = size;
        for (Guard guard : GUARDS) {
            Verdict verdict = guard.judge(situation, left);
            verdicts.add(verdict);
            left = verdict.after();
        }
        return verdicts;
    }

    /** What to remember once {@code verdicts} are in. */
    public static GuardMemory remember(Situation situation, List<Verdict> verdicts) {
        // As in autoscaling/v2 the windows hold what was wanted before they were applied.
        int wanted = verdicts.get(STABILIZATION).before();
        // A size that stays for want of data was recommended by nothing: it must not delay a growth later on, but a
        // shrink.
        boolean known = verdicts.get(FRESHNESS).outcome() == Outcome.PASS;
        return remember(situation, wanted, verdicts.getLast().after(), known);
    }

    /** What to remember of a time in which nothing is decided: the present size is as good as recommended. */
    public static GuardMemory rest(Situation situation) {
        return remember(situation, situation.current(), situation.current(), true);
    }

    private static GuardMemory remember(Situation situation, int wanted, int desired, boolean known) {
        GuardMemory memory = situation.memory();
        long at = situation.at();
        return new GuardMemory(
                situation.current(),
                desired,
                situation.active() ? at : memory.activeAt(),
                known ? Window.add(memory.low(), at, wanted, situation.up().window(), -1) : memory.low(),
                Window.add(memory.high(), at, wanted, situation.down().window(), 1),
                memory.changes());
    }
}

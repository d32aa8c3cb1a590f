package io.tidegate.decision.guard;

import io.tidegate.decision.model.Outcome;
import io.tidegate.decision.model.Reason;
import io.tidegate.decision.model.Verdict;
import io.tidegate.decision.policy.Fallback;
import io.tidegate.decision.signal.Observation;
import java.time.Duration;
import java.util.Optional;

/**
 * Missing data never shrinks: while any signal is not fully known, or its heartbeat is overdue, the size does not fall.
 * Signals that stay away for longer than {@code fallback.after} raise it to the fallback size. A formula that gives no
 * size leaves the current one.
 */
public record Freshness() implements Guard {
    public static final String NAME = "freshness";

    @Override
    public Verdict judge(Situation situation, int size) {
        int current = situation.current();
        Optional<Fallback> fallback = situation.policy().fallback();
        Verdict verdict = situation
                .combined()
                .gap()
                .map(why -> new Verdict(NAME, Outcome.VETO, size, size, Reason.FORMULA_UNKNOWN, why, Optional.empty()))
                .orElse(Verdict.pass(NAME, size));
        int floor = size;
        for (Observation seen : situation.observations()) {
            Reason reason = weakness(seen);
            if (reason == Reason.PASSED) {
                continue;
            }
            boolean lost = reason != Reason.AWAITING_SAMPLE
                    && fallback.isPresent()
                    && fallback.get().after().compareTo(Duration.between(seen.usableAt(), situation.now())) < 0;
            int least = Math.max(current, lost ? fallback.get().replicas() : 0);
            if (least > floor) {
                floor = least;
                verdict = new Verdict(
                        NAME,
                        floor == current ? Outcome.VETO : Outcome.CAP,
                        size,
                        floor,
                        floor > current ? Reason.FALLBACK : reason,
                        detail(seen),
                        lost || fallback.isEmpty()
                                ? Optional.empty()
                                : Optional.of(
                                        seen.usableAt().plus(fallback.get().after())));
            }
        }
        return verdict;
    }

    /** What is wrong with a signal, or {@link Reason#PASSED}. */
    public static Reason weakness(Observation seen) {
        Reason gap = seen.gap();
        return gap == Reason.PASSED && seen.age().compareTo(seen.overdueAfter()) > 0 ? Reason.AWAITING_SAMPLE : gap;
    }

    private static String detail(Observation seen) {
        String detail = seen.gap() == Reason.PASSED
                ? "the last sample is " + seen.age().toSeconds() + " s old"
                : seen.gapDetail();
        return seen.signal().name() + (detail.isEmpty() ? "" : ": " + detail);
    }
}

package io.tidegate.policyengine.decide;

import io.tidegate.contracts.decision.DecisionRecord.LearnedRate;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.target.Target.Condition;
import io.tidegate.decision.model.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells which changes of a target are worth telling, so that a quiet workload is quiet on the topic too. */
public final class TargetChanges {

    private TargetChanges() {}

    /** What is missing is said by the sentence alone; it has no numbers that move with each sample. */
    private static final String MISSING = Reason.TARGET_MISSING.code();

    /** Why a source gave nothing, and what a driver says of itself, is said by the message alone, which has no such numbers either. */
    private static final Set<String> IN_WORDS =
            Set.of(Reason.SIGNAL_FAILED.code(), Reason.SIGNAL_UNKNOWN.code(), TargetRecords.DRIVER_PROBLEM);

    /** Whether a target tells more than the last one of its key: more than numbers in sentences. */
    public static boolean differs(Target last, Target next) {
        return !last.policy().equals(next.policy())
                || !last.policyUid().equals(next.policyUid())
                || last.generation() != next.generation()
                || !same(last.specHash(), next.specHash())
                || last.mode() != next.mode()
                || last.ruling() != next.ruling()
                || !same(last.scale(), next.scale())
                || !same(last.driver(), next.driver())
                || !same(last.template(), next.template())
                || !same(last.current(), next.current())
                || !same(last.replicas(), next.replicas())
                || !last.reason().equals(next.reason())
                || (next.reason().equals(MISSING) && !last.sentence().equals(next.sentence()))
                || !same(last.limitedBy(), next.limitedBy())
                || !same(last.objectiveHeld(), next.objectiveHeld())
                || !same(last.fallback(), next.fallback())
                || !same(last.effective(), next.effective())
                || differs(last.learnedRate(), next.learnedRate())
                || nextChangeDiffers(last, next)
                || conditionsDiffer(last.conditions(), next.conditions());
    }

    /** A rate that is worth telling: it has appeared or gone, or moved by more than a quarter. */
    private static boolean differs(@Nullable LearnedRate last, @Nullable LearnedRate next) {
        if (last == null || next == null) {
            return !same(last, next);
        }
        return Math.abs(next.recordsPerSecond() - last.recordsPerSecond()) > last.recordsPerSecond() / 4
                || Math.abs(next.confidence() - last.confidence()) > 0.25;
    }

    /** A time that is put off with each sample is told again only once the one that was told has passed. */
    private static boolean nextChangeDiffers(Target last, Target next) {
        Instant told = last.nextPossibleChange();
        Instant known = next.nextPossibleChange();
        if (told == null || known == null) {
            return !same(told, known);
        }
        return known.isBefore(told.minusSeconds(1)) || (!told.isAfter(next.decidedAt()) && !told.equals(known));
    }

    private static boolean conditionsDiffer(List<Condition> last, List<Condition> next) {
        if (last.size() != next.size()) {
            return true;
        }
        for (int i = 0; i < last.size(); i++) {
            Condition before = last.get(i);
            Condition after = next.get(i);
            if (!before.type().equals(after.type())
                    || !before.status().equals(after.status())
                    || !before.reason().equals(after.reason())
                    || (IN_WORDS.contains(after.reason()) && !before.message().equals(after.message()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(@Nullable Object last, @Nullable Object next) {
        return Objects.equals(last, next);
    }
}

package io.tidegate.autoscaler.act;

import io.tidegate.autoscaler.targets.HeldTarget;
import io.tidegate.contracts.spark.DesiredExecutors;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.target.Target.SparkDriver;
import java.util.Objects;
import java.util.OptionalInt;

/** One target on its way to the cluster: what has been tried and seen so far. Confined to one thread at a time. */
final class Pursuit {

    private final HeldTarget held;
    private final int desired;
    private OptionalInt observed = OptionalInt.empty();
    private boolean mustRead;
    private OptionalInt lostFrom = OptionalInt.empty();
    private int attempt;
    private int unclear;
    private int refusals;
    private int quickAttempts;
    private boolean expiryReported;

    Pursuit(HeldTarget held, int desired) {
        this.held = held;
        this.desired = desired;
    }

    HeldTarget held() {
        return held;
    }

    /** What the target says of how many executors; fails for a target of another kind. */
    DesiredExecutors executors() {
        Target target = held.target();
        SparkDriver driver = Objects.requireNonNull(target.driver(), "driver");
        return new DesiredExecutors(
                target.sequence(), target.decisionId(), driver.floor(), desired, driver.allowStageRetry());
    }

    int desired() {
        return desired;
    }

    OptionalInt observed() {
        return observed;
    }

    boolean mustRead() {
        return mustRead;
    }

    /** The size before the last write, if the answer to it was lost, so that it may have happened. */
    OptionalInt lostFrom() {
        return lostFrom;
    }

    int attempt() {
        return attempt;
    }

    int unclear() {
        return unclear;
    }

    int refusals() {
        return refusals;
    }

    int quickAttempts() {
        return quickAttempts;
    }

    /** The next attempt. */
    Attempt beginAttempt() {
        attempt++;
        quickAttempts++;
        return Attempt.of(held.target(), attempt);
    }

    void read(int replicas) {
        observed = OptionalInt.of(replicas);
        mustRead = false;
        unclear = 0;
    }

    void readAgain() {
        observed = OptionalInt.empty();
        mustRead = true;
    }

    void lostAnswer(int from) {
        lostFrom = OptionalInt.of(from);
        unclear++;
        readAgain();
    }

    void foundAnswer() {
        lostFrom = OptionalInt.empty();
    }

    void unreadable() {
        unclear++;
    }

    void refused() {
        refusals++;
        quickAttempts = 0;
        readAgain();
    }

    void restQuickAttempts() {
        quickAttempts = 0;
        refusals++;
    }

    /** Whether the expiry has not been told yet; it is then. */
    boolean tellExpiry() {
        boolean first = !expiryReported;
        expiryReported = true;
        return first;
    }
}

package io.tidegate.decision.guard;

import io.tidegate.decision.model.Reason;
import io.tidegate.decision.model.Verdict;
import java.time.Instant;
import java.util.Optional;

/**
 * The last replica goes when there has been no work, and that was known, for the downward window. So one chain leads
 * from any size to none, and a window of 0 s lets all of it happen at once.
 */
public record Cooldown() implements Guard {
    public static final String NAME = "cooldown";

    @Override
    public Verdict judge(Situation situation, int size) {
        if (size > 0 || situation.current() == 0) {
            return Verdict.pass(NAME, size);
        }
        Instant until = Instant.ofEpochMilli(situation.memory().activeAt())
                .plus(situation.down().window());
        return situation.now().isBefore(until)
                ? Guard.limit(NAME, situation, size, 1, Reason.COOLING_DOWN, Optional.of(until))
                : Verdict.pass(NAME, size);
    }
}

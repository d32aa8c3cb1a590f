package io.tidegate.decision.policy;

import static io.tidegate.decision.Facts.byLag;
import static io.tidegate.decision.Facts.byLatency;
import static io.tidegate.decision.Facts.percent;
import static io.tidegate.decision.Facts.pods;
import static io.tidegate.decision.Facts.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.decision.Row;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Pace AT_ONCE = pace(0, SelectPolicy.MAX, OptionalDouble.empty());

    @Test
    void growsAtOnceAndShrinksAfterAMinuteWithAnObjectiveAndNoBehavior() {
        assertEquals(AT_ONCE, Pace.up(byLatency(0, 5, 10)));
        assertEquals(pace(60, SelectPolicy.MAX, OptionalDouble.empty()), Pace.down(byLatency(0, 5, 10)));
    }

    @Test
    void growsAtOnceAndShrinksAfterFiveMinutesWithoutAnObjectiveAndWithoutBehavior() {
        assertEquals(AT_ONCE, Pace.up(byLag(0, 5)));
        assertEquals(pace(300, SelectPolicy.MAX, OptionalDouble.empty()), Pace.down(byLag(0, 5)));
    }

    @Test
    @Row("behavior/defaults")
    void fillsWhatBehaviorLeavesOutFieldByField() {
        Policy policy = with(byLatency(0, 5, 10), ScalingRules.unset(), ScalingRules.unset());
        assertEquals(pace(0, SelectPolicy.MAX, OptionalDouble.empty(), pods(4, 15), percent(100, 15)), Pace.up(policy));
        assertEquals(pace(300, SelectPolicy.MAX, OptionalDouble.empty(), percent(100, 15)), Pace.down(policy));
    }

    @Test
    void takesWhatBehaviorSays() {
        ScalingRules rules = new ScalingRules(
                Optional.of(Duration.ofSeconds(7)),
                Optional.of(SelectPolicy.MIN),
                List.of(pods(1, 60)),
                OptionalDouble.of(0.2));
        Policy policy = with(byLag(0, 5), rules, rules);
        Pace expected = pace(7, SelectPolicy.MIN, OptionalDouble.of(0.2), pods(1, 60));
        assertEquals(expected, Pace.up(policy));
        assertEquals(expected, Pace.down(policy));
    }

    private static Pace pace(int window, SelectPolicy select, OptionalDouble tolerance, RateLimit... limits) {
        return new Pace(Duration.ofSeconds(window), select, List.of(limits), tolerance, 0);
    }
}

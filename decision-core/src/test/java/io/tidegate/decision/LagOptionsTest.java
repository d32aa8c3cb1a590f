package io.tidegate.decision;

import static io.tidegate.decision.Facts.lag;
import static io.tidegate.decision.Facts.offsets;
import static io.tidegate.decision.Facts.partition;
import static io.tidegate.decision.Facts.running;
import static io.tidegate.decision.Facts.seen;
import static io.tidegate.decision.Facts.starting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.decision.model.Decision;
import io.tidegate.decision.model.PartitionOffsets;
import io.tidegate.decision.model.Snapshot;
import io.tidegate.decision.policy.KafkaSignal;
import io.tidegate.decision.policy.LagOptions;
import io.tidegate.decision.policy.NoCommittedOffset;
import io.tidegate.decision.policy.PartitionRange;
import io.tidegate.decision.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What users of lag scaling can ask for; 10 records per replica. */
class LagOptionsTest {
    private static final LagOptions LIMITED = new LagOptions(true, false, false, List.of());
    private static final LagOptions EVEN = new LagOptions(false, false, true, List.of());
    private static final LagOptions WITHOUT_PERSISTENT = new LagOptions(false, true, false, List.of());

    /** What {@code options} recommend for a lag in each partition. */
    record Case(String name, int size, LagOptions options, int activation, List<Long> lags) {
        static Case of(String name, int size, LagOptions options, long... lags) {
            return new Case(name, size, options, 0, Stream.of(box(lags)).toList());
        }

        private static Long[] box(long... lags) {
            Long[] boxed = new Long[lags.length];
            for (int i = 0; i < lags.length; i++) {
                boxed[i] = lags[i];
            }
            return boxed;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        LagOptions none = LagOptions.none();
        return Stream.of(
                Case.of("roundsUp", 3, none, 21, 0, 0),
                Case.of("neverGivesOneMoreThanThePartitions", 2, none, 29, 0),
                Case.of("limitsToPartitionsWithLag", 1, LIMITED, 90, 0, 0, 0),
                Case.of("staysBelowThePartitionsWithLag", 2, LIMITED, 10, 5, 5, 0),
                Case.of("roundsUpToASizeThatSharesEvenly", 6, EVEN, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                Case.of("keepsASizeThatSharesEvenly", 4, EVEN, 40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                Case.of("takesAllPartitionsIfNoSizeSharesThemEvenly", 7, EVEN, 20, 0, 0, 0, 0, 0, 0),
                Case.of("sharesNothingWithoutLag", 0, EVEN, 0, 0, 0, 0),
                Case.of("countsOnlyThePartitionsThatAreNamed", 1, ranges("0", "2-3"), 5, 900, 0, 0, 900),
                Case.of("capsAtThePartitionsThatAreNamed", 2, ranges("1-2"), 900, 900, 900, 900),
                new Case("isActiveOnlyAboveTheActivation", 0, none, 30, List.of(30L, 0L)),
                new Case("takesAtLeastOneAboveTheActivation", 1, none, 3, List.of(4L, 0L)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    @Row(
            value = "lag/threshold",
            cases = {"roundsUp"})
    @Row(
            value = "lag/partitions-cap",
            cases = {"neverGivesOneMoreThanThePartitions"})
    @Row(
            value = "lag/limit-to-partitions-with-lag",
            cases = {"limitsToPartitionsWithLag", "staysBelowThePartitionsWithLag"})
    @Row(
            value = "lag/even-distribution",
            cases = {
                "roundsUpToASizeThatSharesEvenly",
                "keepsASizeThatSharesEvenly",
                "takesAllPartitionsIfNoSizeSharesThemEvenly",
                "sharesNothingWithoutLag"
            })
    @Row(
            value = "lag/partitions",
            cases = {"countsOnlyThePartitionsThatAreNamed", "capsAtThePartitionsThatAreNamed"})
    @Row(
            value = "lag/activation",
            cases = {"isActiveOnlyAboveTheActivation", "takesAtLeastOneAboveTheActivation"})
    void boundTheSize(Case that) {
        KafkaSignal signal = new KafkaSignal(
                "lag",
                10,
                that.activation(),
                NoCommittedOffset.EARLIEST,
                OptionalDouble.empty(),
                false,
                that.options());
        long[] lags = that.lags().stream().mapToLong(Long::longValue).toArray();
        Decision decision = decide(policy(signal), 0, Memory.empty(), seen(running(1), lag(0, lags)))
                .decision();
        assertEquals(that.size(), decision.recommended(), decision.sentence());
    }

    @Test
    @Row("lag/exclude-persistent")
    void leaveOutLagWhereCommitsStandStill() {
        Step step = null;
        for (int second = 0; second <= 40; second += 5) {
            // Partition 0 is stuck with ever more records behind it, the others move on.
            Snapshot snapshot = seen(
                    running(4),
                    offsets(
                            "lag",
                            second,
                            List.of(
                                    partition(0, 100, 0, 150 + second),
                                    partition(1, 1_000 + second, 0, 1_010 + second),
                                    partition(2, 500, 0, 500))));
            step = decide(persistent(), second, step == null ? Memory.empty() : step.memory(), snapshot);
            assertEquals(
                    second < 30 ? 3 : 1,
                    step.decision().recommended(),
                    step.decision().sentence());
            assertTrue(step.decision().active());
        }
    }

    @Test
    @Row("lag/exclude-persistent")
    void doNotTakeARestForStandingStill() {
        // Nothing waits for a minute, then records arrive: they are no persistent lag, though the commits have not
        // moved.
        Step step = decide(persistent(), 0, Memory.empty(), seen(running(2), lag(0, 0, 0, 0)));
        step = decide(persistent(), 60, step.memory(), seen(running(2), lag(60, 0, 0, 0)));
        step = decide(persistent(), 61, step.memory(), seen(running(2), lag(61, 30, 0, 0)));
        assertEquals(3, step.decision().recommended(), step.decision().sentence());
    }

    @Test
    @Row("lag/exclude-persistent")
    void countAllLagWhileNobodyCouldCommit() {
        Step step = decide(persistent(), 0, Memory.empty(), seen(running(0), lag(0, 30, 0, 0)));
        step = decide(persistent(), 60, step.memory(), seen(starting(1, 0), lag(60, 30, 0, 0)));
        assertEquals(3, step.decision().recommended(), step.decision().sentence());
    }

    @Test
    @Row("lag/exclude-persistent")
    void wakeByLagThatDoesNotCount() {
        Step step = decide(persistent(), 0, Memory.empty(), seen(running(2), lag(0, 30, 0, 0)));
        step = decide(persistent(), 31, step.memory(), seen(running(2), lag(31, 30, 0, 0)));
        assertEquals(1, step.decision().recommended(), step.decision().sentence());
        assertTrue(step.decision().active());
    }

    @Test
    @Row("lag/exclude-persistent")
    void followAFewPartitionsOfMany() {
        List<PartitionOffsets> partitions = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            partitions.add(partition(i, 0, 0, 1 + (i * 37) % 1_000));
        }
        Policy policy = persistent();
        Step step = decide(policy, 0, Memory.empty(), seen(running(9), offsets("lag", 0, partitions)));
        assertEquals(
                16, step.memory().signals().getFirst().standing().standing().size());
        long before = waiting(step);
        step = decide(policy, 31, step.memory(), seen(running(9), offsets("lag", 31, partitions)));
        // The 16 in which most waits: 1,000 down to 985 records.
        assertEquals(before - (1_000 + 985) * 8, waiting(step), step.decision().sentence());
    }

    @Test
    void forgetWhatStoodStillWhenPartitionsAreAdded() {
        Step step = decide(persistent(), 0, Memory.empty(), seen(running(2), lag(0, 30, 0)));
        step = decide(persistent(), 31, step.memory(), seen(running(2), lag(31, 30, 0, 0)));
        assertEquals(3, step.decision().recommended(), step.decision().sentence());
    }

    @Test
    void takeWhatIsNotKnownForStandingStill() {
        Step step = decide(persistent(), 0, Memory.empty(), seen(running(2), lag(0, 30, 0, 0)));
        step = decide(
                persistent(),
                15,
                step.memory(),
                seen(
                        running(2),
                        offsets(
                                "lag",
                                15,
                                List.of(
                                        partition(0, 1_000, 0, -1),
                                        partition(1, 1_000, 0, 1_000),
                                        partition(2, 1_000, 0, 1_000)))));
        step = decide(persistent(), 31, step.memory(), seen(running(2), lag(31, 30, 0, 0)));
        assertEquals(1, step.decision().recommended(), step.decision().sentence());
    }

    @Test
    @Row("lag/even-distribution")
    void shareEvenlyUnderAnObjective() {
        KafkaSignal signal =
                new KafkaSignal("lag", 10, 0, NoCommittedOffset.EARLIEST, OptionalDouble.of(200), false, EVEN);
        Policy policy = Facts.with(Facts.byLatency(0, 40, 10), signal);
        Decision decision = decide(policy, 0, Memory.empty(), seen(running(0), Facts.even(0, 24, 0, 480)))
                .decision();
        assertEquals(0, 24 % decision.recommended(), decision.sentence());
    }

    @Test
    @Row("lag/partitions")
    void sayWhenNoPartitionCounts() {
        KafkaSignal signal = signal(ranges("7"));
        Decision decision = decide(policy(signal), 0, Memory.empty(), seen(running(2), lag(0, 30, 30)))
                .decision();
        assertEquals(
                "Stays at 2: what is needed is not known. Nothing shrinks while a signal is not fully known (lag: no partition"
                        + " is one of those that count).",
                decision.sentence());
    }

    private static long waiting(Step step) {
        return Math.round(step.decision().inputs().getFirst().value());
    }

    private static Step decide(Policy policy, double second, Memory memory, Snapshot snapshot) {
        return DecisionEngine.decide(policy, snapshot, memory, Facts.second(second));
    }

    private static Policy persistent() {
        return policy(signal(WITHOUT_PERSISTENT));
    }

    private static Policy policy(KafkaSignal signal) {
        return Facts.with(Facts.byLag(0, 100_000), signal);
    }

    private static KafkaSignal signal(LagOptions options) {
        return new KafkaSignal("lag", 10, 0, NoCommittedOffset.EARLIEST, OptionalDouble.empty(), false, options);
    }

    private static LagOptions ranges(String... texts) {
        List<PartitionRange> ranges = Stream.of(texts)
                .map(text -> text.split("-", -1))
                .map(ends -> new PartitionRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])))
                .toList();
        return new LagOptions(false, false, false, ranges);
    }
}

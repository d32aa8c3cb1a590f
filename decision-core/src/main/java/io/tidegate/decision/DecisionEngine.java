package io.tidegate.decision;

import io.tidegate.decision.guard.Changes;
import io.tidegate.decision.guard.GuardChain;
import io.tidegate.decision.guard.Situation;
import io.tidegate.decision.model.Reason;
import io.tidegate.decision.model.Recommendation;
import io.tidegate.decision.model.SignalSample;
import io.tidegate.decision.model.Snapshot;
import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.model.Verdict;
import io.tidegate.decision.policy.Mode;
import io.tidegate.decision.policy.Pace;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.Signal;
import io.tidegate.decision.recommend.Circumstances;
import io.tidegate.decision.recommend.Combination;
import io.tidegate.decision.recommend.Recommenders;
import io.tidegate.decision.signal.CrewMemory;
import io.tidegate.decision.signal.CrewMeter;
import io.tidegate.decision.signal.Observation;
import io.tidegate.decision.signal.Observer;
import io.tidegate.decision.signal.SignalMemory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides the size of a workload. Pure: the same arguments give the same result. */
public final class DecisionEngine {
    private DecisionEngine() {}

    /**
     * Decides, for an arriving fact or because time has passed.
     *
     * @param memory what the last decision of this workload returned, or {@link Memory#empty()}
     * @param now the log's time, never earlier than in the last call
     */
    public static Step decide(Policy policy, Snapshot snapshot, Memory memory, Instant now) {
        return switch (snapshot.target()) {
            case TargetState.Missing missing ->
                new Step(
                        Decisions.undecided(Reason.TARGET_MISSING, missing.message()),
                        RunsSeen.of(policy, snapshot.samples(), memory, now)
                                .map(RunsSeen::memory)
                                .orElse(memory),
                        Due.never(now));
            case TargetState.BetweenRuns template ->
                RunsSeen.of(policy, snapshot.samples(), memory, now)
                        .map(seen -> new Step(NextRun.decide(policy, template, seen), seen.memory(), Due.never(now)))
                        .orElseGet(() -> new Step(
                                Decisions.undecided(Reason.TARGET_MISSING, "only a Spark application has runs"),
                                memory,
                                Due.never(now)));
            case TargetState.Unseen ignored ->
                new Step(
                        Decisions.undecided(Reason.TARGET_UNSEEN, "nothing is known about the target yet"),
                        memory,
                        Due.never(now));
            case TargetState.Known target ->
                decide(policy, snapshot.samples(), Observer.atWork(policy, target, snapshot.samples()), memory, now);
        };
    }

    private static Step decide(
            Policy policy, List<SignalSample> samples, TargetState.Known target, Memory memory, Instant now) {
        CrewMemory crew = CrewMeter.update(memory.crew(), target, now);
        Pace up = Pace.up(policy);
        Pace down = Pace.down(policy);
        Circumstances all = new Circumstances(policy, up, down, crew, target, now);
        int count = policy.signals().size();
        List<Observation> observations = new ArrayList<>(count);
        List<SignalMemory> remembered = new ArrayList<>(count);
        List<Recommendation> recommendations = new ArrayList<>(count);
        for (Signal signal : policy.signals()) {
            Observer.Seen seen = Observer.observe(
                    signal,
                    sampleOf(samples, Observer.sampleOf(signal)),
                    memoryOf(memory.signals(), signal.name()),
                    crew,
                    target,
                    now);
            observations.add(seen.observation());
            if (seen.memory() != null) {
                remembered.add(seen.memory());
            }
            Recommenders.recommend(seen.observation(), all).ifPresent(recommendations::add);
        }
        Combination combined = Combination.of(policy, recommendations, target.replicas());
        Situation situation = new Situation(
                policy,
                up,
                down,
                target,
                crew,
                CrewMeter.startTime(crew, target),
                observations,
                recommendations,
                combined,
                Changes.notice(memory.guards(), target.replicas(), up, down, now),
                now);
        if (policy.mode() == Mode.PAUSED) {
            return new Step(
                    Decisions.paused(situation),
                    new Memory(crew, remembered, GuardChain.rest(situation)),
                    Due.never(now));
        }
        List<Verdict> verdicts = GuardChain.judge(situation, combined.size());
        return new Step(
                Decisions.decided(situation, combined.size(), verdicts),
                new Memory(crew, remembered, GuardChain.remember(situation, verdicts)),
                Due.after(situation, verdicts));
    }

    static @Nullable SignalSample sampleOf(List<SignalSample> samples, String signal) {
        for (SignalSample sample : samples) {
            if (sample.signal().equals(signal)) {
                return sample;
            }
        }
        return null;
    }

    static @Nullable SignalMemory memoryOf(List<SignalMemory> memories, String signal) {
        for (SignalMemory memory : memories) {
            if (memory.signal().equals(signal)) {
                return memory;
            }
        }
        return null;
    }
}

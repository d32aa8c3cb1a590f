package io.tidegate.policyengine.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.contracts.fact.Fact;
import io.tidegate.contracts.fact.OutcomeFact;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.PolicyTombstone;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.policy.Objective;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.decision.DecisionEngine;
import io.tidegate.policyengine.state.Emitted;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** With the real core: wherever the engine is killed, it tells the same, byte for byte. */
class KilledAnywhereTest {

    private static final int FACTS = 60;

    /** More than the decisions that are kept in any case. */
    private static final int COMMIT_EVERY = 3 * Emitted.KEPT_DECISIONS;

    private static final List<WorkloadId> WORKLOADS = List.of(
            new WorkloadId("eu", "sales", "Deployment", "orders"),
            new WorkloadId("eu", "sales", "Deployment", "clicks"),
            new WorkloadId("eu", "sales", "StatefulSet", "mail"));

    @Test
    void tellsTheSameWhereverItIsKilled() {
        for (long seed = 1; seed <= 2; seed++) {
            List<Step> log = log(new Random(seed));
            List<String> whole;
            SortedMap<String, byte[]> stateOfWhole;
            try (EngineDriver engine = engine()) {
                write(engine, log);
                whole = engine.raw();
                stateOfWhole = engine.state();
            }
            for (int cut = 25; cut < log.size(); cut += 30) {
                SortedMap<String, byte[]> state;
                Set<String> told;
                try (EngineDriver killed = engine()) {
                    write(killed, log.subList(0, cut));
                    told = new LinkedHashSet<>(killed.raw());
                    state = killed.state();
                }
                try (EngineDriver again = engine()) {
                    again.restore(state);
                    write(again, log);
                    told.addAll(again.raw());
                    String where = "seed " + seed + ", killed after fact " + cut;
                    assertEquals(sorted(whole), sorted(told), where);
                    assertEquals(text(stateOfWhole), text(again.state()), where);
                }
            }
        }
    }

    @Test
    void tellsTheSameWhicheverWriteWasItsLast() {
        for (long seed = 3; seed <= 4; seed++) {
            List<Step> log = log(new Random(seed));
            List<String> whole = new ArrayList<>();
            List<EngineDriver.Change> changes = new ArrayList<>();
            List<Integer> toldAt = new ArrayList<>();
            SortedMap<String, byte[]> stateOfWhole;
            try (EngineDriver engine = engine()) {
                for (Step step : log) {
                    int toldBefore = whole.size();
                    write(engine, List.of(step));
                    whole.addAll(engine.raw());
                    for (EngineDriver.Change change : engine.changes()) {
                        changes.add(change);
                        toldAt.add(toldBefore);
                    }
                }
                stateOfWhole = engine.state();
            }
            for (int cut = 1 + (int) seed; cut < changes.size(); cut += 13) {
                String where = "seed " + seed + ", killed before write " + cut + " of " + changes.size();
                Set<String> told = new LinkedHashSet<>(whole.subList(0, toldAt.get(cut)));
                try (EngineDriver again = engine()) {
                    again.restore(stateAfter(changes.subList(0, cut)));
                    write(again, log);
                    told.addAll(again.raw());
                    assertEquals(sorted(whole), sorted(told), where);
                    assertEquals(text(stateOfWhole), text(again.state()), where);
                }
            }
        }
    }

    /** The changelog may be ahead of the topic of decisions by all that was written since the last commit. */
    @Test
    void losesNoDecisionThatTheBrokerHadNotTaken() {
        List<Step> log = restless();
        List<String> whole = new ArrayList<>();
        List<EngineDriver.Change> changes = new ArrayList<>();
        List<Integer> committedAt = new ArrayList<>();
        SortedMap<String, byte[]> stateOfWhole;
        try (EngineDriver engine = committingSeldom()) {
            int committed = 0;
            for (int fact = 0; fact < log.size(); fact++) {
                committed = fact % COMMIT_EVERY == 0 ? whole.size() : committed;
                write(engine, List.of(log.get(fact)));
                whole.addAll(engine.rawDecisions());
                for (EngineDriver.Change change : engine.changes()) {
                    changes.add(change);
                    committedAt.add(committed);
                }
            }
            stateOfWhole = engine.state();
        }
        assertTrue(whole.size() > log.size() - 5, "a decision with nearly each fact, not " + whole.size());
        for (int cut = 1; cut < changes.size(); cut += 7) {
            String where = "killed before write " + cut + " of " + changes.size();
            Set<String> told = new LinkedHashSet<>(whole.subList(0, committedAt.get(cut)));
            try (EngineDriver again = committingSeldom()) {
                again.restore(stateAfter(changes.subList(0, cut)));
                write(again, log);
                told.addAll(again.rawDecisions());
                assertEquals(sorted(whole), sorted(told), where);
                assertEquals(text(stateOfWhole), text(again.state()), where);
            }
        }
    }

    private EngineDriver committingSeldom() {
        EngineDriver engine = engine();
        engine.commitEvery(COMMIT_EVERY);
        return engine;
    }

    /** A workload that is decided about anew with each fact. */
    private static List<Step> restless() {
        List<Step> log = new ArrayList<>();
        log.add(new Step(Duration.ZERO, policy(0, 1)));
        while (log.size() < 2 * COMMIT_EVERY + FACTS / 2) {
            log.add(new Step(Duration.ofMillis(50), Facts.replicas(WORKLOADS.getFirst(), log.size() % 7)));
        }
        return log;
    }

    private static SortedMap<String, byte[]> stateAfter(List<EngineDriver.Change> changes) {
        SortedMap<String, byte[]> state = new TreeMap<>();
        for (EngineDriver.Change change : changes) {
            if (change.value() == null) {
                state.remove(change.key());
            } else {
                state.put(change.key(), change.value());
            }
        }
        return state;
    }

    private EngineDriver engine() {
        return EngineDriver.inMemory(DecisionEngine::decide);
    }

    private static void write(EngineDriver engine, List<Step> log) {
        for (Step step : log) {
            engine.advance(step.after);
            engine.fact(step.fact);
        }
    }

    private static List<Step> log(Random random) {
        List<Step> log = new ArrayList<>();
        long[] lag = new long[WORKLOADS.size()];
        int[] replicas = new int[WORKLOADS.size()];
        for (int i = 0; i < WORKLOADS.size(); i++) {
            log.add(new Step(Duration.ofMillis(3), policy(i, 1)));
            log.add(new Step(Duration.ofMillis(3), Facts.replicas(WORKLOADS.get(i), 0)));
        }
        while (log.size() < FACTS) {
            int i = random.nextInt(WORKLOADS.size());
            Duration after = Duration.ofMillis(random.nextInt(4) == 0 ? random.nextInt(20_000) : random.nextInt(200));
            switch (random.nextInt(12)) {
                case 0 -> {
                    replicas[i] = random.nextInt(6);
                    log.add(new Step(after, Facts.replicas(WORKLOADS.get(i), replicas[i])));
                }
                case 1, 2 -> log.add(new Step(after, Facts.tick()));
                case 3 -> log.add(new Step(after, policy(i, 1 + random.nextInt(3))));
                case 4 -> log.add(new Step(after, outcome(i, random)));
                case 5 -> {
                    if (random.nextInt(4) == 0) {
                        log.add(new Step(after, new PolicyTombstone(Facts.policyId("p" + i))));
                    }
                }
                default -> {
                    lag[i] = Math.max(0, lag[i] + random.nextInt(400) - 180);
                    log.add(new Step(after, Facts.lag(WORKLOADS.get(i), lag[i])));
                }
            }
        }
        return log;
    }

    private static PolicyFact policy(int i, long generation) {
        PolicyFact plain = Facts.policy("p" + i, WORKLOADS.get(i), generation, Facts.CREATED, Mode.Enforce);
        PolicySpec spec = plain.spec();
        return new PolicyFact(
                plain.policy(),
                plain.uid(),
                plain.generation(),
                plain.createdAt(),
                plain.workload(),
                new PolicySpec(
                        spec.scaleTargetRef(),
                        spec.mode(),
                        spec.replicas(),
                        i == 0 ? new Objective(Duration.ofSeconds(30), 99) : null,
                        spec.signals(),
                        null,
                        null));
    }

    private static Fact outcome(int i, Random random) {
        OutcomeFact.Result result = random.nextBoolean() ? OutcomeFact.Result.Applied : OutcomeFact.Result.Refused;
        return new OutcomeFact(
                WORKLOADS.get(i), Facts.policyId("p" + i), "d", random.nextInt(1000), result, 0, 1, 1, "words", 9);
    }

    private static List<String> sorted(Iterable<String> records) {
        List<String> all = new ArrayList<>(new LinkedHashSet<>(list(records)));
        all.sort(null);
        return all;
    }

    private static List<String> list(Iterable<String> records) {
        List<String> all = new ArrayList<>();
        records.forEach(all::add);
        return all;
    }

    private static List<String> text(SortedMap<String, byte[]> state) {
        return state.entrySet().stream()
                .map(entry -> entry.getKey() + " " + new String(entry.getValue(), StandardCharsets.UTF_8))
                .toList();
    }

    private record Step(Duration after, Fact fact) {}
}

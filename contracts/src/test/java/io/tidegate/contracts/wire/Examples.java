package io.tidegate.contracts.wire;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.fact.Fact;
import io.tidegate.contracts.fact.OutcomeFact;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.PolicyTombstone;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.fact.TickFact;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.fact.WorkloadFact.PodCounts;
import io.tidegate.contracts.fact.WorkloadFact.ScaleResource;
import io.tidegate.contracts.fact.WorkloadTombstone;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.Behavior;
import io.tidegate.contracts.policy.EffectiveSpec;
import io.tidegate.contracts.policy.Fallback;
import io.tidegate.contracts.policy.Inherited;
import io.tidegate.contracts.policy.KafkaSignal;
import io.tidegate.contracts.policy.KafkaSignal.NoCommittedOffset;
import io.tidegate.contracts.policy.KafkaSignal.Wake;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.policy.Objective;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.contracts.policy.PrometheusSignal;
import io.tidegate.contracts.policy.ReplicaBounds;
import io.tidegate.contracts.policy.ResourceSignal;
import io.tidegate.contracts.policy.ResourceSignal.ResourceName;
import io.tidegate.contracts.policy.ScaleTargetRef;
import io.tidegate.contracts.policy.ScalingRules;
import io.tidegate.contracts.policy.ScalingRules.RateLimit;
import io.tidegate.contracts.policy.ScheduleSignal;
import io.tidegate.contracts.policy.SignalSpec;
import io.tidegate.contracts.policy.SpecProblem;
import io.tidegate.contracts.target.Heartbeat;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.target.TargetMessage;
import io.tidegate.contracts.target.TargetTombstone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** One record of each type and variant, with all that may be absent present, and with all of it absent. */
final class Examples {

    static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");
    static final Envelope ENVELOPE = new Envelope("e-1", "tidegate/test", TIME);

    private static final WorkloadId WORKLOAD = new WorkloadId("eu", "sales", "Deployment", "orders-ingest");
    private static final PolicyId POLICY = new PolicyId("eu", "sales", "orders");
    private static final ScaleTargetRef REF = new ScaleTargetRef("apps/v1", "Deployment", "orders-ingest");
    private static final DecisionRecord.LearnedRate RATE = new DecisionRecord.LearnedRate(228.5, 0.9, 14);
    private static final Inherited INHERITED = new Inherited("batch", List.of("mode", "replicas.max"));
    private static final TraceParent TRACE =
            new TraceParent(0x4bf92f3577b34da6L, 0xa3ce929d0e0e4736L, 0xf067aa0ba902b7L, 1);
    static final Fallback FALLBACK = new Fallback(Duration.ofMinutes(3), 6);

    private static final PrometheusSignal QUEUED = new PrometheusSignal(
            "prom", "sum(trino_queued{domain=\"sales\"})", 4_000L, null, 500, Duration.ofSeconds(90));
    private static final PrometheusSignal BUSY =
            new PrometheusSignal("prom", "avg(trino_busy_ratio)", null, 700L, 0, Duration.ofMinutes(2));

    private static final KafkaSignal ALL_OPTIONS = new KafkaSignal(
            "sales-kafka",
            "orders-ingest",
            List.of("orders", "returns"),
            100,
            5,
            NoCommittedOffset.Earliest,
            250.0,
            true,
            Wake.Poll,
            false,
            true,
            false,
            List.of(new KafkaSignal.PartitionRange(0, 0), new KafkaSignal.PartitionRange(5, 9)));

    private Examples() {}

    /** A record, and its name, which begins with its type's. */
    record Example(String name, WireRecord record) {
        EventType type() {
            String shortName = name.substring(0, name.indexOf('.'));
            return Stream.of(EventType.values())
                    .filter(type -> type.shortName().equals(shortName))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Example> all() {
        return Stream.of(policies(), workloads(), samples(), others(), decisions(), targets(), SparkExamples.all())
                .flatMap(List::stream)
                .toList();
    }

    /** Those that have a body. */
    static List<Example> withBody() {
        return all().stream().filter(example -> example.record().hasBody()).toList();
    }

    private static List<Example> policies() {
        PolicySpec full = new PolicySpec(
                REF,
                Mode.Shadow,
                new ReplicaBounds(0, 40),
                new Objective(Duration.ofSeconds(90), 95),
                List.of(
                        new SignalSpec("lag", ALL_OPTIONS),
                        new SignalSpec(
                                "cpu",
                                null,
                                new ResourceSignal(
                                        ResourceName.cpu, "app", 70, null, Duration.ZERO, Duration.ofSeconds(10)),
                                null),
                        new SignalSpec(
                                "memory",
                                null,
                                new ResourceSignal(
                                        ResourceName.memory,
                                        null,
                                        null,
                                        536_870_912_000L,
                                        Duration.ofMinutes(5),
                                        Duration.ofSeconds(30)),
                                null),
                        new SignalSpec(
                                "night",
                                null,
                                null,
                                new ScheduleSignal("Europe/Amsterdam", "0 22 * * *", "0 6 * * *", 20)),
                        SignalSpec.of("queued", QUEUED),
                        SignalSpec.of("busy", BUSY)),
                new Behavior(
                        new ScalingRules(0, ScalingRules.SelectPolicy.Max, List.of(), 0.0),
                        new ScalingRules(
                                300,
                                ScalingRules.SelectPolicy.Min,
                                List.of(
                                        new RateLimit(RateLimit.Type.Percent, 50, 60),
                                        new RateLimit(RateLimit.Type.Pods, 4, 60)),
                                0.1)),
                FALLBACK,
                "max(lag, cpu, memory) + night");
        PolicySpec least = new PolicySpec(REF, null, null, null, null, null, null);
        PolicySpec emptyParts = new PolicySpec(
                REF,
                null,
                null,
                null,
                List.of(new SignalSpec("cpu", null)),
                new Behavior(new ScalingRules(null, null, null, null), null),
                null);
        return List.of(
                fact("policy.full", new PolicyFact(POLICY, "7d0d1c5e", 3, TIME, WORKLOAD, full)),
                fact("policy.least", new PolicyFact(POLICY, "7d0d1c5e", 1, TIME, WORKLOAD, least)),
                fact("policy.empty-parts", new PolicyFact(POLICY, "7d0d1c5e", 2, TIME, WORKLOAD, emptyParts)),
                fact("policy.inherited", new PolicyFact(POLICY, "7d0d1c5e", 2, TIME, WORKLOAD, least, INHERITED, null)),
                fact(
                        "policy.problem",
                        new PolicyFact(
                                POLICY,
                                "7d0d1c5e",
                                2,
                                TIME,
                                WORKLOAD,
                                least,
                                null,
                                new SpecProblem(
                                        SpecProblem.PROFILE_NOT_FOUND,
                                        "spec.profileRef names the ScalingProfile batch, which does not exist"))),
                fact("policy.gone", new PolicyTombstone(POLICY)));
    }

    private static List<Example> workloads() {
        return List.of(
                fact(
                        "workload.scalable",
                        new WorkloadFact(
                                WORKLOAD,
                                new ScaleResource("apps/v1", "deployments"),
                                9,
                                8,
                                new PodCounts(1, 0, 7, 1, 1),
                                4_321L,
                                null)),
                fact(
                        "workload.missing",
                        new WorkloadFact(
                                WORKLOAD, null, null, 0, PodCounts.NONE, null, "there is no Deployment orders-ingest")),
                fact("workload.gone", new WorkloadTombstone(WORKLOAD)));
    }

    private static List<Example> samples() {
        return List.of(
                fact(
                        "sample.offsets",
                        new SampleFact(
                                WORKLOAD,
                                "lag",
                                new Reading.Offsets(List.of(
                                        new Reading.PartitionOffsets("orders", 0, 1_024L, 0L, 4_096L),
                                        new Reading.PartitionOffsets("orders", 1, null, null, null),
                                        new Reading.PartitionOffsets("orders", 2, Long.MAX_VALUE, 0L, 17L))))),
                fact("sample.no-offsets", new SampleFact(WORKLOAD, "lag", new Reading.Offsets(List.of()))),
                fact(
                        "sample.usage",
                        new SampleFact(
                                WORKLOAD,
                                "usage",
                                new Reading.Usage(
                                        List.of(new Reading.PodUsage("orders-ingest-5d8f-x7x2k", 412, 314_572_800))))),
                fact("sample.pods", new SampleFact(WORKLOAD, SampleFact.USAGE, new Reading.Pods(pods()))),
                fact("sample.value", new SampleFact(WORKLOAD, "queued", Reading.Value.of(12.25))),
                fact(
                        "sample.no-value",
                        new SampleFact(WORKLOAD, "queued", Reading.Value.unknown("the query gives no series"))),
                fact("sample.no-pods", new SampleFact(WORKLOAD, SampleFact.USAGE, new Reading.Pods(List.of()))),
                fact(
                        "sample.failed",
                        new SampleFact(WORKLOAD, "lag", new Reading.Failed("the group is not authorized: é € 😀"))));
    }

    private static List<Reading.PodReading> pods() {
        return List.of(
                new Reading.PodReading(
                        "orders-ingest-5d8f-x7x2k",
                        Reading.PodReading.Phase.Running,
                        false,
                        true,
                        TIME,
                        TIME.minusSeconds(30),
                        TIME.minusMillis(678),
                        15_000L,
                        1_000L,
                        1_073_741_824L,
                        List.of(
                                new Reading.ContainerReading("app", 500L, 536_870_912L, 412L, 314_572_800L),
                                new Reading.ContainerReading("proxy", null, null, null, null))),
                new Reading.PodReading(
                        "orders-ingest-5d8f-q9d4m",
                        Reading.PodReading.Phase.Pending,
                        true,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of()));
    }

    private static List<Example> others() {
        return List.of(
                fact("tick.one", new TickFact(7, "collector-0")),
                fact(
                        "outcome.applied",
                        new OutcomeFact(
                                WORKLOAD,
                                POLICY,
                                "d-1",
                                1_767_323_045_678L,
                                OutcomeFact.Result.Applied,
                                9,
                                4,
                                1,
                                "scaled",
                                12)),
                fact(
                        "outcome.shadowed",
                        new OutcomeFact(
                                WORKLOAD,
                                POLICY,
                                "d-3",
                                1_767_323_045_680L,
                                OutcomeFact.Result.Shadowed,
                                0,
                                2,
                                0,
                                "the policy's mode is Shadow",
                                0)),
                fact(
                        "outcome.refused",
                        new OutcomeFact(
                                WORKLOAD,
                                POLICY,
                                "d-2",
                                1_767_323_045_679L,
                                OutcomeFact.Result.Refused,
                                4,
                                40,
                                3,
                                "exceeded quota: compute",
                                8)),
                new Example(
                        "outcome.traced",
                        WireRecord.of(
                                new OutcomeFact(
                                        WORKLOAD,
                                        POLICY,
                                        "d-5",
                                        1_767_323_045_681L,
                                        OutcomeFact.Result.AlreadyThere,
                                        4,
                                        4,
                                        1,
                                        "the size was there already",
                                        0),
                                ENVELOPE,
                                TRACE)));
    }

    private static List<Example> decisions() {
        String sentence =
                "9 -> 4: 812 records/s arrive and 1930 wait; 4 replicas at 228 records/s clear them within 7 s.";
        DecisionRecord full = new DecisionRecord(
                "d-1",
                1_767_323_045_678L,
                WORKLOAD,
                POLICY,
                "7d0d1c5e",
                3,
                TIME,
                123_456,
                DecisionRecord.Action.ScaleDown,
                9,
                3,
                4,
                "RateHoldsObjective",
                sentence,
                List.of(
                        new DecisionRecord.Input("lag", "arrivalRate", 812.25, "records/s", 140),
                        new DecisionRecord.Input("lag", "lag", 1930, "records", -3)),
                List.of(
                        new DecisionRecord.SignalRecommendation("lag", "rate", 3, "RateHoldsObjective", "3 are enough"),
                        new DecisionRecord.SignalRecommendation("cpu", "utilization", null, "NoData", "unknown")),
                List.of(
                        new DecisionRecord.Verdict(
                                "freshness", DecisionRecord.Verdict.Outcome.Pass, 3, 3, "Fresh", "140 ms old"),
                        new DecisionRecord.Verdict(
                                "rateLimit",
                                DecisionRecord.Verdict.Outcome.Cap,
                                3,
                                4,
                                "RateLimited",
                                "at most 5 fewer")),
                "rateLimit",
                TIME.plusSeconds(60),
                RATE,
                true);
        DecisionRecord hold = new DecisionRecord(
                "d-2",
                1_767_323_045_679L,
                WORKLOAD,
                POLICY,
                "7d0d1c5e",
                3,
                TIME,
                0,
                DecisionRecord.Action.Hold,
                0,
                0,
                0,
                "NoSample",
                "Holds at 0: nothing was read yet.",
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                null);
        return List.of(
                decision("decision.scale-down", full),
                decision("decision.hold", hold),
                decision("decision.traced", hold.withTraceparent(TRACE.toString())));
    }

    private static List<Example> targets() {
        Target ruling = new Target(
                WORKLOAD,
                POLICY,
                "7d0d1c5e",
                3,
                Mode.Enforce,
                "d-1",
                1_767_323_045_678L,
                new ScaleResource("apps/v1", "deployments"),
                9,
                4,
                "RateHoldsObjective",
                "9 -> 4: 4 replicas are enough.",
                "rateLimit",
                TIME,
                TIME.plusSeconds(60),
                RATE,
                false,
                List.of(new Target.Condition("Able", "True", "Scalable", "the target can be scaled")),
                FALLBACK,
                true);
        Target notRuling = new Target(
                WORKLOAD,
                POLICY,
                "7d0d1c5e",
                3,
                Mode.Paused,
                "d-3",
                1,
                null,
                null,
                null,
                "Conflicted",
                "The older policy first has the target.",
                null,
                TIME,
                null,
                null,
                null,
                List.of(),
                null,
                false);
        return List.of(
                target("target.ruling", ruling),
                target("target.not-ruling", notRuling),
                target("target.traced", notRuling.withTraceparent(TRACE.toString())),
                target(
                        "target.inherited",
                        new Target(
                                WORKLOAD,
                                POLICY,
                                "7d0d1c5e",
                                3,
                                Mode.Shadow,
                                "d-4",
                                2,
                                null,
                                null,
                                null,
                                "NoSample",
                                "Nothing was read yet.",
                                null,
                                TIME,
                                null,
                                null,
                                null,
                                List.of(),
                                FALLBACK,
                                true,
                                new EffectiveSpec(
                                        INHERITED,
                                        Mode.Shadow,
                                        new ReplicaBounds(0, 40),
                                        new Objective(Duration.ofSeconds(90), 95),
                                        new Behavior(new ScalingRules(0, null, null, 0.1), null),
                                        FALLBACK),
                                null,
                                null,
                                null)),
                target("target.gone", new TargetTombstone(WORKLOAD.toString())),
                target("heartbeat.one", new Heartbeat(7, TIME)));
    }

    static Example fact(String name, Fact fact) {
        return new Example(name, WireRecord.of(fact, ENVELOPE));
    }

    private static Example decision(String name, DecisionRecord decision) {
        return new Example(name, WireRecord.of(decision, ENVELOPE));
    }

    static Example target(String name, TargetMessage message) {
        return new Example(name, WireRecord.of(message, ENVELOPE));
    }
}

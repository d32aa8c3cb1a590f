package io.tidegate.policyengine.topology;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.fact.Fact;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.KafkaSignal;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.policy.Objective;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.contracts.policy.ReplicaBounds;
import io.tidegate.contracts.policy.ScaleTargetRef;
import io.tidegate.contracts.policy.SignalSpec;
import io.tidegate.contracts.wire.Envelope;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.TraceParent;
import io.tidegate.contracts.wire.UnreadableRecordException;
import io.tidegate.decision.Step;
import io.tidegate.policyengine.decide.CorePolicies;
import io.tidegate.policyengine.decide.CoreSamples;
import io.tidegate.policyengine.decide.CoreSnapshots;
import io.tidegate.policyengine.decide.DecisionFunction;
import io.tidegate.policyengine.decide.DecisionRecords;
import io.tidegate.policyengine.decide.Moment;
import io.tidegate.policyengine.decide.TargetRecords;
import io.tidegate.policyengine.state.ObservedSample;
import io.tidegate.policyengine.state.WorkloadState;
import io.tidegate.policyengine.state.WorkloadState.ObservedTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes the way of a sample some hundred times while the partitions are being assigned: classes are loaded and compiled then
 * when the first sample comes, be it after a start or when a standby takes over. Nothing of it leaves this class.
 */
public final class WarmUp {

    private static final int ROUNDS = 400;
    private static final int PARTITIONS = 12;
    private static final Duration PERIOD = Duration.ofMillis(200);
    private static final WorkloadId WORKLOAD = new WorkloadId("warm", "up", "Deployment", "warm-up");
    private static final String SIGNAL = "lag";
    private static final TraceParent TRACE = TraceParent.derived("warm-up");

    private WarmUp() {}

    /** Takes about half a second of one core. */
    public static void run(DecisionFunction decide) {
        try {
            decideAll(decide, policy(null));
            decideAll(decide, policy(new Objective(Duration.ofSeconds(30), 99)));
        } catch (UnreadableRecordException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void decideAll(DecisionFunction decide, PolicyFact policy) throws UnreadableRecordException {
        WorkloadState state = WorkloadState.EMPTY;
        for (int round = 1; round <= ROUNDS; round++) {
            Instant now = Instant.EPOCH.plus(PERIOD.multipliedBy(round));
            Moment moment = new Moment(round, now);
            WorkloadFact workload = read(workload(round / 40), now);
            SampleFact sample = read(sample(round), now);
            state = state.withTarget(new ObservedTarget(workload, now.toEpochMilli()))
                    .withSample(new ObservedSample(
                            CoreSamples.of(sample, now.toEpochMilli()).orElseThrow()));
            Step step = decide.decide(CorePolicies.of(policy.spec()), CoreSnapshots.of(state), state.memory(), now);
            state = state.withMemory(step.memory(), 0).appliedAt(round, now.toEpochMilli());
            String place = TRACE.withSpan("warm-up/" + round).toString();
            DecisionRecord decision =
                    DecisionRecords.of(step.decision(), policy, moment, round).withTraceparent(place);
            TargetRecords.Stamp stamp = new TargetRecords.Stamp(moment, round, decision.id(), null);
            int ignored = EventCodec.body(decision).length + state.encodedBytes(WORKLOAD);
            EventCodec.body(TargetRecords.decided(policy, state, step.decision(), decision.sentence() + ignored, stamp)
                    .withTraceparent(place));
        }
    }

    private static <T extends Fact> T read(T fact, Instant now) throws UnreadableRecordException {
        Envelope envelope = new Envelope("warm-up", "tidegate/policy-engine", now);
        Fact read = EventCodec.fact(
                        fact.key(), EventCodec.body(fact), EventCodec.headers(EventCodec.typeOf(fact), envelope))
                .body();
        @SuppressWarnings("unchecked")
        T same = (T) read;
        return same;
    }

    private static WorkloadFact workload(int replicas) {
        return new WorkloadFact(
                WORKLOAD,
                new WorkloadFact.ScaleResource("apps/v1", "deployments"),
                replicas,
                replicas,
                new WorkloadFact.PodCounts(0, 0, replicas, 0, 0),
                null,
                null);
    }

    private static SampleFact sample(int round) {
        return new SampleFact(
                WORKLOAD,
                SIGNAL,
                new Reading.Offsets(IntStream.range(0, PARTITIONS)
                        .mapToObj(partition -> new Reading.PartitionOffsets(
                                "topic", partition, round * 10L, 0L, round * 10L + round % 40))
                        .toList()));
    }

    private static PolicyFact policy(@Nullable Objective objective) {
        KafkaSignal kafka = new KafkaSignal(
                "kafka",
                "group",
                List.of("topic"),
                10,
                0,
                KafkaSignal.NoCommittedOffset.Latest,
                null,
                false,
                KafkaSignal.Wake.Poll);
        return new PolicyFact(
                new PolicyId("warm", "up", "warm-up"),
                "uid",
                1,
                Instant.EPOCH,
                WORKLOAD,
                new PolicySpec(
                        new ScaleTargetRef("apps/v1", "Deployment", "warm-up"),
                        Mode.Enforce,
                        new ReplicaBounds(0, 20),
                        objective,
                        List.of(new SignalSpec(SIGNAL, kafka)),
                        null,
                        null));
    }
}

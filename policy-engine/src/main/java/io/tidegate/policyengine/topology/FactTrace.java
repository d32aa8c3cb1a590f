package io.tidegate.policyengine.topology;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.fact.Fact;
import io.tidegate.contracts.fact.OutcomeFact;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.wire.Event;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.TraceParent;
import io.tidegate.policyengine.trace.Span;
import io.tidegate.policyengine.trace.Span.Step;
import io.tidegate.policyengine.trace.Spans;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The trace of the fact that is being applied, in which all is told that the fact leads to. It is only looked at when something is told, so
 * that the many facts that change nothing cost nothing. Ids follow from what is told and from the fact, so that they are the same when it is
 * told again.
 */
final class FactTrace {

    private final Spans spans;
    private final InstantSource wallClock;
    private @Nullable Event<Fact> event;
    private @Nullable Headers headers;
    private long appendedAt;
    private @Nullable TraceParent told;
    private boolean observed;

    FactTrace(Spans spans, InstantSource wallClock) {
        this.spans = spans;
        this.wallClock = wallClock;
    }

    /** Another fact is applied from now on. */
    void begin(Event<Fact> fact, Headers itsHeaders, long itsAppendTime) {
        event = fact;
        headers = itsHeaders;
        appendedAt = itsAppendTime;
        told = null;
        observed = false;
    }

    /** Where a decision is told. */
    DecisionRecord placed(DecisionRecord decision) {
        return decision.withTraceparent(
                place(decision.workload(), decision.sequence()).toString());
    }

    /** Where a target is told; one that comes with a decision has its sequence, and is in the same place. */
    Target placed(Target target) {
        return target.withTraceparent(
                place(target.workload(), target.sequence()).toString());
    }

    /** Where the last decision or target was told; null if the fact has led to none. */
    @Nullable
    TraceParent told() {
        return told;
    }

    /** Gives the spans of a target that was told, and of the fact that led to it. */
    void give(Target target) {
        TraceParent place = told;
        if (!spans.areWanted() || place == null || !place.isSampled()) {
            return;
        }
        TraceParent fact = fact();
        if (fact != null) {
            giveObservation(fact);
        }
        spans.add(new Span(
                place,
                fact == null ? 0 : fact.span(),
                "tidegate/policy-engine",
                Step.DECIDE,
                appendedAt,
                wallClock.millis(),
                false,
                attributes(target)));
    }

    /** Gives the span of what became of a target. */
    void give(OutcomeFact outcome) {
        Event<Fact> seen = event;
        TraceParent place = spans.areWanted() ? fact() : null;
        if (seen == null || place == null || !place.isSampled()) {
            return;
        }
        long end = seen.envelope().time().toEpochMilli();
        spans.add(new Span(
                place,
                TraceParent.span(name(outcome.workload(), outcome.sequence())),
                seen.envelope().source(),
                Step.WRITE,
                end - outcome.writeMillis(),
                end,
                hasFailed(outcome.result()),
                attributes(outcome)));
    }

    private void giveObservation(TraceParent fact) {
        Event<Fact> seen = event;
        // An outcome has given its own span.
        if (seen == null || observed || seen.body() instanceof OutcomeFact) {
            return;
        }
        observed = true;
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("tidegate.fact", EventCodec.typeOf(seen.body()).shortName());
        attributes.put("tidegate.key", seen.body().key());
        if (seen.body() instanceof SampleFact sample) {
            attributes.put("tidegate.signal", sample.signal());
        }
        spans.add(new Span(
                fact,
                0,
                seen.envelope().source(),
                Step.OBSERVE,
                seen.envelope().time().toEpochMilli(),
                appendedAt,
                false,
                attributes));
    }

    private TraceParent place(WorkloadId workload, long sequence) {
        TraceParent fact = fact();
        String name = name(workload, sequence);
        TraceParent place = fact == null ? TraceParent.derived(name) : fact.withSpan(name);
        told = place;
        return place;
    }

    private @Nullable TraceParent fact() {
        return headers == null ? null : EventCodec.trace(headers);
    }

    private static String name(WorkloadId workload, long sequence) {
        return workload + "/" + sequence;
    }

    private static boolean hasFailed(OutcomeFact.Result result) {
        return switch (result) {
            case Applied, AlreadyThere, Shadowed, Expired, FellBack -> false;
            case Refused, Conflicted, Failed -> true;
        };
    }

    private static Map<String, String> attributes(Target target) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("tidegate.workload", target.workload().toString());
        attributes.put("tidegate.policy", target.policy().toString());
        attributes.put("tidegate.decision.id", target.decisionId());
        attributes.put("tidegate.mode", target.mode().name());
        attributes.put("tidegate.reason", target.reason());
        attributes.put("tidegate.sentence", target.sentence());
        put(attributes, "tidegate.current", target.current());
        put(attributes, "tidegate.desired", target.replicas());
        return attributes;
    }

    private static Map<String, String> attributes(OutcomeFact outcome) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("tidegate.workload", outcome.workload().toString());
        attributes.put("tidegate.decision.id", outcome.decisionId());
        attributes.put("tidegate.result", outcome.result().name());
        attributes.put("tidegate.message", outcome.message());
        put(attributes, "tidegate.current", outcome.from());
        put(attributes, "tidegate.desired", outcome.to());
        put(attributes, "tidegate.attempt", outcome.attempt());
        return attributes;
    }

    private static void put(Map<String, String> attributes, String key, @Nullable Integer value) {
        if (value != null) {
            attributes.put(key, value.toString());
        }
    }
}

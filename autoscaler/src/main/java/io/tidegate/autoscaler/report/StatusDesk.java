package io.tidegate.autoscaler.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.autoscaler.act.TokenBucket;
import io.tidegate.autoscaler.metrics.Meters;
import io.tidegate.autoscaler.metrics.Meters.Written;
import io.tidegate.autoscaler.time.MonotonicClock;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.wire.Json;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes the status of policies, behind the scale writes and within a budget. */
public final class StatusDesk {

    private static final Logger LOG = Logger.getLogger(StatusDesk.class);

    /** Pauses after a failure: from this, doubled each time, to the longest. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private static final int MOST_DOUBLINGS = 5;

    private final StatusApi api;
    private final RunLinks links;
    private final Meters meters;
    private final MonotonicClock clock;
    private final InstantSource wall;
    private final StatusCoalescer<PolicyId, PolicyStatus> coalescer;
    private final Map<PolicyId, JsonNode> known = new ConcurrentHashMap<>();
    private final Map<PolicyId, Integer> failures = new ConcurrentHashMap<>();
    private @Nullable Thread thread;

    public StatusDesk(StatusApi api, StatusRules rules, Meters meters, MonotonicClock clock, InstantSource wall) {
        this.api = api;
        this.links = rules.links();
        this.meters = meters;
        this.clock = clock;
        this.wall = wall;
        this.coalescer = new StatusCoalescer<>(
                rules.perPolicy(), new TokenBucket(rules.perSecond(), rules.perSecond(), clock.nanos()));
    }

    /** Begins to write. */
    public void start() {
        Thread writer = Thread.ofPlatform().daemon().name("autoscaler-status").unstarted(this::run);
        thread = writer;
        writer.start();
    }

    /** Stops writing. */
    public void stop() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Has a status written soon, but not before a while has passed. */
    void submit(PolicyStatus status, Duration notBefore) {
        coalescer.submit(status.target().policy(), status, clock.nanos() + notBefore.toNanos());
    }

    void forget(PolicyId policy) {
        coalescer.forget(policy);
        known.remove(policy);
        failures.remove(policy);
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                StatusCoalescer.Due<PolicyId, PolicyStatus> due = coalescer.take(clock);
                Thread.ofVirtual().name("autoscaler-status").start(() -> attempt(due.key(), due.value()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A defect must not end a policy's status: until it is written or put back, nothing more is written of it. */
    private void attempt(PolicyId policy, PolicyStatus status) {
        try {
            write(policy, status);
        } catch (RuntimeException e) {
            LOG.errorf(e, "The status of a policy could not be made: policy=%s", policy);
            failed(policy, status, e.toString());
        }
    }

    /** Writes one status, unless it is there already. */
    private void write(PolicyId policy, PolicyStatus status) {
        JsonNode before = known.get(policy);
        if (before == null) {
            switch (api.read(policy)) {
                case StatusApi.Answer.Present present -> {
                    before = present.uid().equals(status.target().policyUid())
                            ? present.status()
                            : Json.mapper().missingNode();
                }
                case StatusApi.Answer.Absent absent -> {
                    gone(policy);
                    return;
                }
                case StatusApi.Answer.Failed failed -> {
                    failed(policy, status, failed.message());
                    return;
                }
            }
        }
        ObjectNode wanted = StatusDocument.render(status, before, wall.instant());
        links.addTo(wanted, status.target());
        if (wanted.equals(before)) {
            done(policy, wanted, Written.UNCHANGED);
            return;
        }
        switch (api.apply(policy, status.target().policyUid(), wanted)) {
            case StatusApi.Answer.Present present -> done(policy, present.status(), Written.DONE);
            case StatusApi.Answer.Absent absent -> gone(policy);
            case StatusApi.Answer.Failed failed -> failed(policy, status, failed.message());
        }
    }

    private void done(PolicyId policy, JsonNode status, Written result) {
        known.put(policy, status);
        failures.remove(policy);
        meters.statusWrite(result);
        coalescer.written(policy, clock.nanos());
    }

    private void gone(PolicyId policy) {
        known.remove(policy);
        failures.remove(policy);
        meters.statusWrite(Written.DROPPED);
        coalescer.written(policy, clock.nanos());
    }

    private void failed(PolicyId policy, PolicyStatus status, String message) {
        int times = failures.merge(policy, 1, Integer::sum);
        if (times == 1) {
            LOG.warnf(
                    "The status of a policy could not be written, and is tried again: policy=%s reason=%s",
                    policy, message);
        }
        meters.statusWrite(Written.FAILED);
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(times - 1, MOST_DOUBLINGS));
        coalescer.retry(policy, status, clock.nanos() + pause.toNanos());
    }

    /**
     * How often status may be written, and what is added to it.
     *
     * @param perPolicy least time between two writes of one policy
     * @param perSecond writes a second in all
     * @param links to the runs of Spark applications
     */
    public record StatusRules(Duration perPolicy, int perSecond, RunLinks links) {}
}

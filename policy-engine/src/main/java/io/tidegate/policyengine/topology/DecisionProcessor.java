package io.tidegate.policyengine.topology;

import io.tidegate.contracts.fact.Fact;
import io.tidegate.contracts.fact.OutcomeFact;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.fact.TickFact;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.target.Heartbeat;
import io.tidegate.contracts.topic.DomainPartitions;
import io.tidegate.contracts.wire.Event;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.UnreadableRecordException;
import io.tidegate.policyengine.EngineMetrics;
import io.tidegate.policyengine.EngineMetrics.PartitionProgress;
import io.tidegate.policyengine.EngineMetrics.Refused;
import io.tidegate.policyengine.decide.Moment;
import io.tidegate.policyengine.state.DueIndex;
import io.tidegate.policyengine.state.EngineStore;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads the facts of one partition in their order. A record that can't be used is passed on as a dead letter. */
final class DecisionProcessor implements Processor<String, byte[], String, byte[]> {

    /** Bodies of policies are kept as state; a policy of any sane size is far below. */
    static final int MAX_POLICY_BYTES = 64 * 1024;

    private static final Logger LOG = Logger.getLogger(DecisionProcessor.class);

    /** Ticks come once a second; one that comes early still counts. */
    private static final long HEARTBEAT_AFTER = 500;

    /** A flood of bad records is no flood of log lines. */
    private static final long LOG_AFTER = Duration.ofSeconds(10).toMillis();

    private final EngineParts parts;
    private final CommittedOffsets committed;
    private @Nullable Running running;

    DecisionProcessor(EngineParts parts, CommittedOffsets committed) {
        this.parts = parts;
        this.committed = committed;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        running = new Running(parts, committed, context);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (running == null) {
            throw new IllegalStateException("not initialised");
        }
        running.process(record);
    }

    @Override
    public void close() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    /** All that lives from taking over the partition to giving it away. */
    private static final class Running {
        private final EngineParts parts;
        private final ProcessorContext<String, byte[]> context;
        private final int partition;
        private final EngineMetrics metrics;
        private final PartitionProgress progress;
        private final EngineStore store;
        private final DueIndex due = new DueIndex();
        private final LogTime logTime;
        private final Outbox outbox;
        private final FactTrace trace;
        private final Telling telling;
        private final Recovery recovery;
        private final FactApplication facts;
        private boolean recovered;
        private long lastHeartbeat;
        private long behindLogged;
        private long deadLetterLogged;
        private long deadLettersUnlogged;
        private long stateLostLogged;
        private long stateLostUnlogged;

        Running(EngineParts parts, CommittedOffsets committed, ProcessorContext<String, byte[]> context) {
            this.parts = parts;
            this.context = context;
            partition = context.taskId().partition();
            metrics = parts.metrics();
            progress = metrics.opened(partition);
            store = new EngineStore(context.getStateStore(EngineStore.NAME), this::lost);
            logTime = new LogTime(store);
            outbox = new Outbox(context, parts.identity().source());
            trace = new FactTrace(parts.spans(), parts.wallClock());
            telling =
                    new Telling(store, outbox, metrics, trace, parts.identity().shadow());
            recovery = new Recovery(store, due, telling);
            KeptDecisions kept = new KeptDecisions(store, context, committed);
            WorkloadDecisions decisions = new WorkloadDecisions(parts, store, due, telling, kept);
            facts = new FactApplication(store, due, telling, decisions, metrics);
            behindLogged = parts.wallClock().millis();
        }

        void process(Record<String, byte[]> record) {
            RecordMetadata position = context.recordMetadata().orElseThrow();
            long now = logTime.at(position.offset(), record.timestamp());
            follow(record);
            if (!recovered) {
                recovery.recover(position.offset());
                recovered = true;
            }
            try {
                Event<Fact> event = read(record, position);
                metrics.fact(EventCodec.typeOf(event.body()).shortName());
                trace.begin(event, record.headers(), record.timestamp());
                apply(event, new Moment(position.offset(), Instant.ofEpochMilli(now)));
            } catch (UnreadableRecordException e) {
                deadLetter(record, position, String.valueOf(e.getMessage()));
            } catch (KafkaException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.errorf(e, "fact could not be applied partition=%d offset=%d", partition, position.offset());
                metrics.refused(Refused.FAILED);
                deadLetter(record, position, "applying it failed: " + e);
            }
            progress.reached(now, due.size());
        }

        void close() {
            metrics.closed(
                    partition, progress, workload -> DomainPartitions.of(workload, parts.partitions()) == partition);
        }

        private void apply(Event<Fact> event, Moment moment) {
            long observedAt = event.envelope().time().toEpochMilli();
            if (event.body() instanceof OutcomeFact outcome
                    && telling.isLive()
                    && !parts.identity().shadow()) {
                trace.give(outcome);
            }
            facts.apply(event.body(), new SampleRules.Times(observedAt, moment.millis()), moment);
            if (!telling.isLive()) {
                return;
            }
            if (event.body() instanceof SampleFact) {
                metrics.decisionLatency(
                        Duration.ofMillis(Math.max(0, parts.wallClock().millis() - observedAt)), trace.told());
            } else if (event.body() instanceof TickFact && moment.millis() - lastHeartbeat >= HEARTBEAT_AFTER) {
                lastHeartbeat = moment.millis();
                outbox.heartbeat(new Heartbeat(partition, moment.now()));
            }
        }

        private Event<Fact> read(Record<String, byte[]> record, RecordMetadata position)
                throws UnreadableRecordException {
            byte @Nullable [] value = record.value();
            Event<Fact> event = EventCodec.fact(record.key(), value, record.headers());
            int belongs = event.body() instanceof TickFact tick
                    ? tick.partition()
                    : DomainPartitions.of(record.key(), parts.partitions());
            if (belongs != position.partition()) {
                throw new UnreadableRecordException("it lies in partition " + position.partition()
                        + ", but belongs in partition " + belongs + "; check the producer's partitioner");
            }
            if (event.body() instanceof PolicyFact policy) {
                checkPolicy(policy, value);
            }
            return event;
        }

        private static void checkPolicy(PolicyFact policy, byte @Nullable [] value) throws UnreadableRecordException {
            if (value != null && value.length > MAX_POLICY_BYTES) {
                throw new UnreadableRecordException(
                        "the policy has " + value.length + " bytes, more than " + MAX_POLICY_BYTES + " are not kept");
            }
            WorkloadId workload = policy.workload();
            if (!workload.namespace().equals(policy.policy().namespace())
                    || !workload.cluster().equals(policy.policy().cluster())) {
                throw new UnreadableRecordException("a policy can only name a target in its own namespace");
            }
        }

        private void deadLetter(Record<String, byte[]> record, RecordMetadata position, String reason) {
            metrics.deadLetter();
            outbox.deadLetter(record, position, reason);
            deadLettersUnlogged++;
            long wall = parts.wallClock().millis();
            if (wall - deadLetterLogged >= LOG_AFTER) {
                LOG.warnf(
                        "records could not be used, passed on as dead letters count=%d partition=%d offset=%d"
                                + " reason=%s",
                        deadLettersUnlogged, position.partition(), position.offset(), reason);
                deadLetterLogged = wall;
                deadLettersUnlogged = 0;
            }
        }

        private void lost(String what, String why) {
            metrics.stateLost();
            stateLostUnlogged++;
            long wall = parts.wallClock().millis();
            if (wall - stateLostLogged >= LOG_AFTER) {
                LOG.errorf(
                        "state could not be read and counts as lost count=%d partition=%d key=%s reason=%s",
                        stateLostUnlogged, partition, what, why);
                stateLostLogged = wall;
                stateLostUnlogged = 0;
            }
        }

        private void follow(Record<String, byte[]> record) {
            long wall = parts.wallClock().millis();
            long behind = wall - record.timestamp();
            telling.follow(behind <= parts.catchUpAfter().toMillis());
            if (telling.isLive()) {
                behindLogged = wall;
            } else if (wall - behindLogged >= LOG_AFTER) {
                behindLogged = wall;
                LOG.warnf(
                        "engine is behind the log and tells no targets meanwhile partition=%d behind=%s; if it stays"
                                + " so, the clocks of broker and engine differ or the engine is too slow",
                        partition, Duration.ofMillis(behind));
            }
        }
    }
}

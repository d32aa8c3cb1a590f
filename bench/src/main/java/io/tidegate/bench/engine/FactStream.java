package io.tidegate.bench.engine;

import io.tidegate.contracts.fact.Fact;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.fact.TickFact;
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
import io.tidegate.contracts.topic.DomainPartitions;
import io.tidegate.contracts.topic.Topics;
import io.tidegate.contracts.wire.Envelope;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.TraceParent;
import io.tidegate.testbed.process.TestbedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Facts of many workloads, as a collector would write them: policies, sizes, then samples in turn. */
final class FactStream implements AutoCloseable {

    private static final int NAMESPACES = 120;
    private static final String SIGNAL = "lag";
    private static final String COLLECTOR = "tidegate/bench";

    /** Records a second that arrive at each partition of a workload. */
    private static final int ARRIVALS = 40;

    private final List<Course> courses;
    private final int topicPartitions;
    private final KafkaProducer<String, byte[]> producer;
    private final SplittableRandom traces = new SplittableRandom(2);
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private long written;
    private long samples;

    FactStream(String bootstrapServers, int workloads, int partitionsOfEach, int topicPartitions) {
        this.topicPartitions = topicPartitions;
        Random random = new Random(1);
        courses = new ArrayList<>(workloads);
        for (int i = 0; i < workloads; i++) {
            courses.add(new Course(
                    new WorkloadId("bench", "team-" + i % NAMESPACES, "Deployment", "consumer-" + i),
                    partitionsOfEach,
                    new Random(random.nextLong())));
        }
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "1",
                        "linger.ms",
                        5,
                        "batch.size",
                        1 << 17,
                        "buffer.memory",
                        64L << 20,
                        "compression.type",
                        "zstd"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Facts written so far. */
    long written() {
        return written;
    }

    /** Samples written so far. */
    long samples() {
        return samples;
    }

    /** Writes policy and size of each workload. */
    void begin() {
        for (Course course : courses) {
            write(policy(course.workload));
            write(size(course.workload));
        }
        flush();
    }

    /** Writes the next sample of as many workloads, in turn. */
    void samples(int count) {
        for (int i = 0; i < count; i++) {
            write(courses.get((int) (samples % courses.size())).next());
            samples++;
        }
    }

    /** Writes a tick for each partition. */
    void ticks() {
        for (int partition = 0; partition < topicPartitions; partition++) {
            write(new TickFact(partition, "bench"));
        }
    }

    void flush() {
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new TestbedException("A fact could not be written: " + failed.getMessage(), failed);
        }
    }

    private void write(Fact fact) {
        int partition =
                fact instanceof TickFact tick ? tick.partition() : DomainPartitions.of(fact.key(), topicPartitions);
        Envelope envelope = new Envelope("f-" + written, COLLECTOR, Instant.now());
        var unused = producer.send(
                new ProducerRecord<>(
                        Topics.FACTS,
                        partition,
                        fact.key(),
                        EventCodec.body(fact),
                        EventCodec.headers(EventCodec.typeOf(fact), envelope, TraceParent.started(traces))),
                (metadata, problem) -> {
                    if (problem != null) {
                        failure.compareAndSet(null, problem);
                    }
                });
        written++;
    }

    private static PolicyFact policy(WorkloadId workload) {
        KafkaSignal kafka = new KafkaSignal(
                "kafka",
                workload.name(),
                List.of(workload.name()),
                100,
                0,
                KafkaSignal.NoCommittedOffset.Latest,
                null,
                false,
                KafkaSignal.Wake.Poll);
        return new PolicyFact(
                new PolicyId(workload.cluster(), workload.namespace(), workload.name()),
                "uid-" + workload.name(),
                1,
                Instant.EPOCH,
                workload,
                new PolicySpec(
                        new ScaleTargetRef("apps/v1", workload.kind(), workload.name()),
                        Mode.Enforce,
                        new ReplicaBounds(0, 20),
                        new Objective(Duration.ofSeconds(30), 99),
                        List.of(new SignalSpec(SIGNAL, kafka)),
                        null,
                        null));
    }

    private static WorkloadFact size(WorkloadId workload) {
        return new WorkloadFact(
                workload,
                new WorkloadFact.ScaleResource("apps/v1", "deployments"),
                3,
                3,
                new WorkloadFact.PodCounts(0, 0, 3, 0, 0),
                null,
                null);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }

    /** One workload that keeps up, but for a wobble. */
    private static final class Course {
        private final WorkloadId workload;
        private final Random random;
        private final long[] ends;
        private final long[] committed;

        Course(WorkloadId workload, int partitions, Random random) {
            this.workload = workload;
            this.random = random;
            ends = random.longs(partitions, 1_000_000, 1_000_000_000).toArray();
            committed = ends.clone();
        }

        SampleFact next() {
            List<Reading.PartitionOffsets> partitions = new ArrayList<>(ends.length);
            for (int i = 0; i < ends.length; i++) {
                ends[i] += ARRIVALS + random.nextInt(ARRIVALS);
                committed[i] = Math.max(committed[i], ends[i] - random.nextInt(3 * ARRIVALS));
                partitions.add(new Reading.PartitionOffsets(workload.name(), i, committed[i], 0L, ends[i]));
            }
            return new SampleFact(workload, SIGNAL, new Reading.Offsets(partitions));
        }
    }
}

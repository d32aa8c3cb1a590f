package io.tidegate.policyengine.topology;

import static io.tidegate.policyengine.topology.Facts.ORDERS;
import static io.tidegate.policyengine.topology.Facts.lag;
import static io.tidegate.policyengine.topology.Facts.policy;
import static io.tidegate.policyengine.topology.Facts.replicas;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.fact.TickFact;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.wire.Envelope;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.EventType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

    private EngineDriver engine;

    @BeforeEach
    void start() {
        engine = EngineDriver.inMemory(new ScriptedDecisions());
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void passesOnWhatItCannotRead() {
        byte[] broken = "{\"workload\":".getBytes(StandardCharsets.UTF_8);
        engine.record(ORDERS.toString(), broken, headers(EventType.SAMPLE));
        TestRecord<String, byte[]> letter = engine.deadLetters().getFirst();
        assertArrayEquals(broken, letter.value());
        assertEquals(ORDERS.toString(), letter.key());
        assertTrue(header(letter, "dead-letter-reason").startsWith("the body is not"), letter.toString());
        assertEquals("0", header(letter, "dead-letter-offset"));
        assertEquals("0", header(letter, "dead-letter-partition"));
        assertEquals("tidegate.facts", header(letter, "dead-letter-topic"));
        assertEquals("io.tidegate.sample.v1", header(letter, "ce_type"));
        assertEquals(1, engine.count("tidegate.dead.letters"));
    }

    @Test
    void passesOnRecordsWithoutKeyHeadersOrBody() {
        engine.record(null, null, new RecordHeaders());
        engine.record(null, new byte[0], headers(EventType.POLICY));
        engine.record("x", null, headers(EventType.SAMPLE));
        engine.record("x", null, headers(EventType.POLICY));
        engine.record("x", null, headers(EventType.TARGET));
        assertEquals(5, engine.deadLetters().size());
    }

    @Test
    void cutsWhatIsTooLargeToPassOn() {
        engine.record("k", new byte[1_048_000], headers(EventType.SAMPLE));
        TestRecord<String, byte[]> letter = engine.deadLetters().getFirst();
        assertEquals(900_000, letter.value().length);
        assertEquals("1048000", header(letter, "dead-letter-truncated-from-bytes"));
    }

    @Test
    void passesOnATickOfAnotherPartition() {
        engine.fact(new TickFact(3, "collector-0"));
        assertEquals(
                "it lies in partition 0, but belongs in partition 3; check the producer's partitioner",
                header(engine.deadLetters().getFirst(), "dead-letter-reason"));
    }

    @Test
    void passesOnAPolicyForAnotherNamespace() {
        PolicyFact elsewhere =
                policy("a", new WorkloadId("eu", "finance", "Deployment", "books"), 1, Facts.CREATED, Mode.Enforce);
        engine.fact(elsewhere);
        assertEquals(
                "a policy can only name a target in its own namespace",
                header(engine.deadLetters().getFirst(), "dead-letter-reason"));
    }

    @Test
    void refusesASampleThatIsTooLargeAndGoesOn() {
        engine.fact(policy("a"));
        engine.fact(replicas(0));
        List<Reading.PartitionOffsets> many = IntStream.range(0, 5000)
                .mapToObj(partition -> new Reading.PartitionOffsets("orders", partition, 1L, 0L, 2L))
                .toList();
        engine.fact(new SampleFact(ORDERS, "lag", new Reading.Offsets(many)));
        assertEquals(1, engine.count("tidegate.facts.refused", "reason", "too_large"));
        engine.raw();
        engine.fact(lag(95));
        assertEquals(10, engine.onlyTarget().replicas());
    }

    @Test
    void keepsNoMoreSignalsThanItMust() {
        for (int i = 0; i < 40; i++) {
            engine.fact(new SampleFact(ORDERS, "signal-" + i, new Reading.Failed("no answer")));
        }
        assertEquals(24, engine.count("tidegate.facts.refused", "reason", "unknown_signal"));
    }

    @Test
    void keepsNoMorePoliciesThanItMust() {
        for (int i = 0; i < 20; i++) {
            engine.fact(policy("p" + i));
        }
        assertEquals(4, engine.count("tidegate.facts.refused", "reason", "too_many_policies"));
    }

    @Test
    void goesOnAfterAnythingAtAll() {
        long seed = 42;
        Random random = new Random(seed);
        List<EventType> types = List.of(EventType.values());
        byte[] valid = bodyOf(lag(3));
        for (int i = 0; i < 500; i++) {
            byte[] body = valid.clone();
            for (int flips = random.nextInt(6); flips > 0; flips--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            engine.record(ORDERS.toString(), body, headers(types.get(random.nextInt(types.size()))));
        }
        engine.deadLetters();
        engine.fact(policy("a"));
        engine.fact(replicas(0));
        engine.raw();
        engine.fact(lag(95));
        assertEquals(10, engine.onlyTarget().replicas(), "seed " + seed);
    }

    private static byte[] bodyOf(SampleFact sample) {
        byte[] body = EventCodec.body(sample);
        return body == null ? new byte[0] : body;
    }

    private static Headers headers(EventType type) {
        return EventCodec.headers(type, new Envelope("e-1", "tidegate/test", EngineDriver.START));
    }

    private static String header(TestRecord<String, byte[]> record, String name) {
        List<String> values = new ArrayList<>();
        record.headers()
                .headers(name)
                .forEach(header -> values.add(new String(header.value(), StandardCharsets.UTF_8)));
        return String.join(",", values);
    }
}

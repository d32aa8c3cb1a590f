package io.tidegate.collector.lag;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.collector.lag.RecordProbe.Finding;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.Reading.PartitionOffsets;
import io.tidegate.contracts.id.WorkloadId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What every {@link KafkaClusters} does, the one in memory and the real one. */
public abstract class KafkaClustersContract {

    private static final Duration SOON = Duration.ofSeconds(20);
    /** How many partitions a topic has is asked again each 30 s. */
    private static final Duration LATER = Duration.ofSeconds(60);

    private final Events events = new Events();

    /** The cluster under test. */
    protected abstract KafkaClusters clusters();

    /** Where it is. */
    protected abstract String servers();

    /** A name that no other test uses. */
    protected abstract String unique(String name);

    protected abstract void createTopic(String topic, int partitions) throws ExecutionException, InterruptedException;

    protected abstract void append(String topic, int partition, int records)
            throws ExecutionException, InterruptedException;

    /** How a transaction ends. */
    public enum Outcome {
        COMMITTED,
        ABORTED,
        OPEN
    }

    /** Appends records, counted by partition, in one transaction; each partition gets a control record at the end. */
    protected abstract void appendInTransaction(String topic, Map<Integer, Integer> records, Outcome outcome)
            throws ExecutionException, InterruptedException;

    protected abstract void commit(String group, String topic, int partition, long offset)
            throws ExecutionException, InterruptedException;

    @Test
    void readsCommitsEndsAndStartsWhereThereIsNoCommit()
            throws ExecutionException, InterruptedException, TimeoutException {
        String topic = unique("orders");
        createTopic(topic, 2);
        append(topic, 0, 5);
        append(topic, 1, 7);
        commit(unique("group"), topic, 0, 3);
        assertEquals(
                new Reading.Offsets(List.of(
                        new PartitionOffsets(topic, 0, 3L, null, 5L), new PartitionOffsets(topic, 1, null, 0L, 7L))),
                read(new OffsetQuery(unique("group"), List.of(topic))));
    }

    /** Makes the records before an offset go, as retention does. */
    protected abstract void expire(String topic, int partition, long before)
            throws ExecutionException, InterruptedException;

    protected abstract void deleteTopic(String topic) throws ExecutionException, InterruptedException;

    protected abstract void growTopic(String topic, int partitions) throws ExecutionException, InterruptedException;

    @Test
    void tellsTheStartWhereACommitPointsToRecordsThatAreGone()
            throws ExecutionException, InterruptedException, TimeoutException {
        String topic = unique("expired");
        createTopic(topic, 2);
        append(topic, 0, 10);
        append(topic, 1, 10);
        expire(topic, 0, 6);
        expire(topic, 1, 6);
        commit(unique("group"), topic, 0, 3);
        commit(unique("group"), topic, 1, 6);
        assertEquals(
                new Reading.Offsets(List.of(
                        new PartitionOffsets(topic, 0, 3L, 6L, 10L), new PartitionOffsets(topic, 1, 6L, null, 10L))),
                read(new OffsetQuery(unique("group"), List.of(topic))));
    }

    @Test
    void saysThatATopicWasDeletedUnderWay() throws ExecutionException, InterruptedException, TimeoutException {
        String topic = unique("deleted");
        createTopic(topic, 1);
        OffsetQuery query = new OffsetQuery(unique("group"), List.of(topic));
        try (OffsetReader reader = clusters().reader(servers())) {
            assertTrue(get(reader, query) instanceof Reading.Offsets);
            deleteTopic(topic);
            await().atMost(LATER)
                    .until(() -> get(reader, query)
                            .equals(new Reading.Failed("topic " + topic + " does not exist on the Kafka cluster")));
        }
    }

    @Test
    void seesPartitionsThatAreAddedUnderWay() throws ExecutionException, InterruptedException, TimeoutException {
        String topic = unique("grown");
        createTopic(topic, 1);
        OffsetQuery query = new OffsetQuery(unique("group"), List.of(topic));
        try (OffsetReader reader = clusters().reader(servers())) {
            assertTrue(get(reader, query) instanceof Reading.Offsets);
            growTopic(topic, 3);
            append(topic, 2, 4);
            await().atMost(LATER)
                    .until(() -> get(reader, query) instanceof Reading.Offsets offsets
                            && offsets.partitions().size() == 3
                            && Objects.equals(offsets.partitions().get(2).end(), 4L));
        }
    }

    @Test
    void readsAGroupThatNeverRan() throws ExecutionException, InterruptedException, TimeoutException {
        String topic = unique("fresh");
        createTopic(topic, 1);
        assertEquals(
                new Reading.Offsets(List.of(new PartitionOffsets(topic, 0, null, 0L, 0L))),
                read(new OffsetQuery(unique("never-ran"), List.of(topic))));
    }

    @Test
    void answersEachQueryOnItsOwn() throws ExecutionException, InterruptedException, TimeoutException {
        String topic = unique("good");
        createTopic(topic, 1);
        OffsetQuery good = new OffsetQuery(unique("group"), List.of(topic));
        OffsetQuery bad = new OffsetQuery(unique("group"), List.of(unique("missing")));
        try (OffsetReader reader = clusters().reader(servers())) {
            var answers = reader.read(List.of(good, bad));
            assertEquals(Set.of(good, bad), answers.keySet());
            assertTrue(get(reader, good) instanceof Reading.Offsets);
            assertEquals(
                    new Reading.Failed("topic " + unique("missing") + " does not exist on the Kafka cluster"),
                    get(reader, bad));
        }
    }

    @Test
    void seesATopicThatComesLater() throws ExecutionException, InterruptedException {
        String topic = unique("late");
        OffsetQuery query = new OffsetQuery(unique("group"), List.of(topic));
        try (OffsetReader reader = clusters().reader(servers())) {
            assertTrue(get(reader, query) instanceof Reading.Failed);
            createTopic(topic, 1);
            await().atMost(SOON).until(() -> get(reader, query) instanceof Reading.Offsets);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void wakesOnARecord() throws ExecutionException, InterruptedException {
        String topic = unique("wake");
        createTopic(topic, 2);
        append(topic, 1, 3);
        try (RecordWatch watch = clusters().watch(servers(), events)) {
            watch.arm(key("a"), 1, offsets(topic, 0, 3));
            append(topic, 1, 1);
            awaitWoken("a/1");
        }
    }

    @Test
    void wakesOnARecordThatCameBeforeItWasArmed() throws ExecutionException, InterruptedException {
        String topic = unique("before");
        createTopic(topic, 2);
        append(topic, 0, 4);
        try (RecordWatch watch = clusters().watch(servers(), events)) {
            watch.arm(key("a"), 7, offsets(topic, 3, 0));
            awaitWoken("a/7");
        }
    }

    @Test
    void wakesOnlyThoseWhoseOffsetIsReached() throws ExecutionException, InterruptedException {
        String topic = unique("shared");
        createTopic(topic, 2);
        append(topic, 0, 2);
        try (RecordWatch watch = clusters().watch(servers(), events)) {
            watch.arm(key("far"), 1, offsets(topic, 4, 0));
            watch.arm(key("near"), 2, offsets(topic, 2, 0));
            append(topic, 0, 1);
            awaitWoken("near/2");
            append(topic, 0, 2);
            awaitWoken("near/2", "far/1");
        }
    }

    @Test
    void wakesAgainOnceArmedAgain() throws ExecutionException, InterruptedException {
        String topic = unique("again");
        createTopic(topic, 2);
        try (RecordWatch watch = clusters().watch(servers(), events)) {
            watch.arm(key("a"), 1, offsets(topic, 0, 0));
            append(topic, 0, 1);
            awaitWoken("a/1");
            append(topic, 0, 5);
            watch.arm(key("a"), 2, offsets(topic, 6, 0));
            append(topic, 1, 1);
            awaitWoken("a/1", "a/2");
        }
    }

    @Test
    void wakesNoMoreOnceDisarmed() throws ExecutionException, InterruptedException {
        String topic = unique("disarmed");
        createTopic(topic, 2);
        try (RecordWatch watch = clusters().watch(servers(), events)) {
            watch.arm(key("gone"), 1, offsets(topic, 0, 0));
            watch.arm(key("stays"), 2, offsets(topic, 0, 0));
            watch.disarm(key("gone"));
            append(topic, 0, 1);
            awaitWoken("stays/2");
        }
    }

    @Test
    void findsNothingInWhatEndsATransaction() throws ExecutionException, InterruptedException, TimeoutException {
        String topic = unique("committed");
        createTopic(topic, 3);
        appendInTransaction(topic, Map.of(0, 3, 1, 1), Outcome.COMMITTED);
        append(topic, 2, 2);
        try (RecordProbe probe = clusters().probe(servers())) {
            Stretch first = stretch(topic, 0, 3, 4);
            Stretch second = stretch(topic, 1, 1, 2);
            Stretch plain = stretch(topic, 2, 1, 2);
            assertEquals(
                    Map.of(first, Finding.EMPTY, second, Finding.EMPTY, plain, Finding.HELD),
                    look(probe, first, second, plain));
            Stretch last = stretch(topic, 0, 2, 4);
            assertEquals(Map.of(last, Finding.HELD), look(probe, last));
        }
    }

    @Test
    void findsNothingInControlRecordsOfSeveralTransactions()
            throws ExecutionException, InterruptedException, TimeoutException {
        String topic = unique("several");
        createTopic(topic, 1);
        appendInTransaction(topic, Map.of(0, 2), Outcome.COMMITTED);
        appendInTransaction(topic, Map.of(0, 2), Outcome.ABORTED);
        try (RecordProbe probe = clusters().probe(servers())) {
            Stretch behind = stretch(topic, 0, 2, 3);
            assertEquals(Map.of(behind, Finding.EMPTY), look(probe, behind), "a record further on doesn't count");
        }
    }

    @Test
    void findsRecordsOfAnAbortedTransaction() throws ExecutionException, InterruptedException, TimeoutException {
        String topic = unique("aborted");
        createTopic(topic, 1);
        appendInTransaction(topic, Map.of(0, 3), Outcome.COMMITTED);
        appendInTransaction(topic, Map.of(0, 4), Outcome.ABORTED);
        try (RecordProbe probe = clusters().probe(servers())) {
            Stretch aborted = stretch(topic, 0, 3, 9);
            assertEquals(Map.of(aborted, Finding.HELD), look(probe, aborted));
            Stretch marker = stretch(topic, 0, 8, 9);
            assertEquals(Map.of(marker, Finding.EMPTY), look(probe, marker));
        }
    }

    @Test
    void findsRecordsOfAnOpenTransaction() throws ExecutionException, InterruptedException, TimeoutException {
        String topic = unique("open");
        createTopic(topic, 1);
        appendInTransaction(topic, Map.of(0, 3), Outcome.COMMITTED);
        appendInTransaction(topic, Map.of(0, 4), Outcome.OPEN);
        try (RecordProbe probe = clusters().probe(servers())) {
            Stretch open = stretch(topic, 0, 3, 8);
            assertEquals(Map.of(open, Finding.HELD), look(probe, open));
        }
    }

    @Test
    void saysThatItDoesNotKnowWhereRecordsAreGone() throws ExecutionException, InterruptedException, TimeoutException {
        String topic = unique("removed");
        createTopic(topic, 2);
        append(topic, 0, 10);
        append(topic, 1, 1);
        expire(topic, 0, 6);
        try (RecordProbe probe = clusters().probe(servers())) {
            Stretch gone = stretch(topic, 0, 3, 10);
            Stretch kept = stretch(topic, 1, 0, 1);
            Map<Stretch, Finding> found = look(probe, gone, kept);
            assertEquals(Finding.UNKNOWN, found.getOrDefault(gone, Finding.UNKNOWN));
            assertEquals(Finding.HELD, found.get(kept));
        }
    }

    @Test
    void sleepsOverControlRecordsAndWakesOnTheRecordBehind() throws ExecutionException, InterruptedException {
        String topic = unique("behind");
        createTopic(topic, 2);
        appendInTransaction(topic, Map.of(0, 3), Outcome.COMMITTED);
        try (RecordWatch watch = clusters().watch(servers(), events)) {
            watch.arm(key("behind"), 1, Map.of(new TopicPartition(topic, 0), 3L));
            watch.arm(key("other"), 2, Map.of(new TopicPartition(topic, 1), 0L));
            append(topic, 1, 1);
            awaitWoken("other/2");
            append(topic, 0, 1);
            awaitWoken("other/2", "behind/1");
        }
    }

    private static Map<Stretch, Finding> look(RecordProbe probe, Stretch... stretches)
            throws ExecutionException, InterruptedException, TimeoutException {
        return probe.look(List.of(stretches)).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static Stretch stretch(String topic, int partition, long from, long to) {
        return new Stretch(new TopicPartition(topic, partition), from, to);
    }

    private Reading read(OffsetQuery query) throws ExecutionException, InterruptedException, TimeoutException {
        try (OffsetReader reader = clusters().reader(servers())) {
            return get(reader, query);
        }
    }

    private static Reading get(OffsetReader reader, OffsetQuery query)
            throws ExecutionException, InterruptedException, TimeoutException {
        return reader.read(List.of(query))
                .values()
                .iterator()
                .next()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private void awaitWoken(String... expected) {
        await().atMost(SOON).untilAsserted(() -> assertEquals(List.of(expected), List.copyOf(events.woken)));
    }

    private static Map<TopicPartition, Long> offsets(String topic, long first, long second) {
        return Map.of(new TopicPartition(topic, 0), first, new TopicPartition(topic, 1), second);
    }

    private static SignalKey key(String name) {
        return new SignalKey(new WorkloadId("default", "sales", "Deployment", "orders"), name);
    }

    private static final class Events implements RecordWatch.Listener {
        private final ConcurrentLinkedQueue<String> woken = new ConcurrentLinkedQueue<>();

        @Override
        public void covered(RecordWatch.Arming arming) {}

        @Override
        public void woken(Collection<RecordWatch.Arming> armings) {
            armings.forEach(arming -> woken.add(arming.signal().signal() + "/" + arming.token()));
        }

        @Override
        public void lost(RecordWatch.Arming arming, boolean lasting) {}
    }
}

package io.tidegate.collector.lag;

import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.Reading.PartitionOffsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;

/** A Kafka cluster of offsets, and of which of them are control records, which answers at once unless told to be silent. */
public final class InMemoryKafka implements KafkaClusters {

    private final Map<String, List<Long>> ends = new TreeMap<>();
    private final Map<TopicPartition, Long> starts = new HashMap<>();
    private final Map<TopicPartition, NavigableSet<Long>> controls = new HashMap<>();
    private final Map<String, Map<TopicPartition, Long>> commits = new HashMap<>();
    private final List<Watch> watches = new ArrayList<>();
    private final List<Runnable> unanswered = new ArrayList<>();
    private boolean silent;
    private boolean lookless;
    private boolean unreadable;

    /** Batches of queries, as they came. */
    public final List<List<OffsetQuery>> reads = new ArrayList<>();

    /** Batches of stretches that were looked at, as they came. */
    public final List<List<Stretch>> looks = new ArrayList<>();

    /** Clients that are open. */
    public int open;

    public void createTopic(String topic, int partitions) {
        List<Long> offsets = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            offsets.add(0L);
        }
        ends.put(topic, offsets);
    }

    public void deleteTopic(String topic) {
        ends.remove(topic);
    }

    public void growTopic(String topic, int partitions) {
        List<Long> offsets = ends.getOrDefault(topic, new ArrayList<>());
        while (offsets.size() < partitions) {
            offsets.add(0L);
        }
    }

    /** Makes the records before an offset go. */
    public void expire(String topic, int partition, long before) {
        starts.put(new TopicPartition(topic, partition), before);
    }

    public void append(String topic, int partition, int records) {
        List<Long> offsets = ends.getOrDefault(topic, new ArrayList<>());
        offsets.set(partition, offsets.get(partition) + records);
        watches.forEach(Watch::look);
    }

    /** Appends the control record that ends a transaction. */
    public void endTransaction(String topic, int partition) {
        List<Long> offsets = ends.getOrDefault(topic, new ArrayList<>());
        long offset = offsets.get(partition);
        controls.computeIfAbsent(new TopicPartition(topic, partition), first -> new TreeSet<>())
                .add(offset);
        offsets.set(partition, offset + 1);
    }

    /** Lets topics be described, but not read, or be read again. */
    public void readable(boolean readable) {
        unreadable = !readable;
    }

    public void commit(String group, String topic, int partition, long offset) {
        commits.computeIfAbsent(group, first -> new HashMap<>()).put(new TopicPartition(topic, partition), offset);
    }

    /** Stops answering, until told to answer again. */
    public void silence() {
        silent = true;
    }

    /** Stops answering what is looked at, until told to answer again. */
    public void silenceLooks() {
        lookless = true;
    }

    public void answer() {
        silent = false;
        lookless = false;
        List.copyOf(unanswered).forEach(Runnable::run);
        unanswered.clear();
    }

    /** The signals that the waiting fetch waits for. */
    public List<SignalKey> armed() {
        return watches.stream().flatMap(watch -> watch.armed.keySet().stream()).toList();
    }

    /** Tells that the broker waits for all that is armed. */
    public void cover() {
        watches.forEach(watch -> watch.armed.forEach(
                (signal, armed) -> watch.listener.covered(new RecordWatch.Arming(signal, armed.token()))));
    }

    /** Takes everything armed away, as when reading the topics is not allowed. */
    public void lose(boolean lasting) {
        for (Watch watch : watches) {
            Map<SignalKey, Armed> armed = Map.copyOf(watch.armed);
            watch.armed.clear();
            armed.forEach(
                    (signal, arming) -> watch.listener.lost(new RecordWatch.Arming(signal, arming.token()), lasting));
        }
    }

    @Override
    public OffsetReader reader(String bootstrapServers) {
        open++;
        return new Reader();
    }

    @Override
    public RecordWatch watch(String bootstrapServers, RecordWatch.Listener listener) {
        open++;
        Watch watch = new Watch(listener);
        watches.add(watch);
        return watch;
    }

    @Override
    public RecordProbe probe(String bootstrapServers) {
        open++;
        return new Probe();
    }

    private Reading read(OffsetQuery query) {
        List<PartitionOffsets> partitions = new ArrayList<>();
        for (String topic : query.topics()) {
            List<Long> offsets = ends.get(topic);
            if (offsets == null) {
                return new Reading.Failed("topic " + topic + " does not exist on the Kafka cluster");
            }
            for (int partition = 0; partition < offsets.size(); partition++) {
                Long committed =
                        commits.getOrDefault(query.group(), Map.of()).get(new TopicPartition(topic, partition));
                long start = starts.getOrDefault(new TopicPartition(topic, partition), 0L);
                partitions.add(new PartitionOffsets(
                        topic,
                        partition,
                        committed,
                        committed == null || committed < start ? start : null,
                        offsets.get(partition)));
            }
        }
        return new Reading.Offsets(partitions);
    }

    private final class Reader implements OffsetReader {
        @Override
        public Map<OffsetQuery, CompletionStage<Reading>> read(Collection<OffsetQuery> queries) {
            reads.add(List.copyOf(queries));
            Map<OffsetQuery, CompletionStage<Reading>> answers = new LinkedHashMap<>();
            for (OffsetQuery query : queries) {
                CompletableFuture<Reading> answer = new CompletableFuture<>();
                answers.put(query, answer);
                if (silent) {
                    unanswered.add(() -> answer.complete(InMemoryKafka.this.read(query)));
                } else {
                    answer.complete(InMemoryKafka.this.read(query));
                }
            }
            return answers;
        }

        @Override
        public void close() {
            open--;
        }
    }

    /** Whether a record that consumers receive is in the stretch. */
    private boolean holds(TopicPartition partition, long from, long to) {
        return LongStream.range(from, to)
                .anyMatch(offset -> !controls.getOrDefault(partition, Collections.emptyNavigableSet())
                        .contains(offset));
    }

    private final class Probe implements RecordProbe {
        @Override
        public CompletionStage<Map<Stretch, Finding>> look(Collection<Stretch> stretches) {
            looks.add(List.copyOf(stretches));
            CompletableFuture<Map<Stretch, Finding>> answer = new CompletableFuture<>();
            Map<Stretch, Finding> findings = new HashMap<>();
            stretches.forEach(stretch -> findings.put(stretch, find(stretch)));
            if (silent || lookless) {
                unanswered.add(() -> answer.complete(findings));
            } else {
                answer.complete(findings);
            }
            return answer;
        }

        private Finding find(Stretch stretch) {
            if (unreadable) {
                return Finding.DENIED;
            }
            if (stretch.from() < starts.getOrDefault(stretch.partition(), 0L)) {
                return Finding.UNKNOWN;
            }
            return holds(stretch.partition(), stretch.from(), stretch.to()) ? Finding.HELD : Finding.EMPTY;
        }

        @Override
        public void close() {
            open--;
        }
    }

    private record Armed(long token, Map<TopicPartition, Long> offsets) {}

    private final class Watch implements RecordWatch {
        private final Listener listener;
        private final Map<SignalKey, Armed> armed = new LinkedHashMap<>();

        Watch(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void arm(SignalKey signal, long token, Map<TopicPartition, Long> offsets) {
            armed.put(signal, new Armed(token, offsets));
            look();
        }

        @Override
        public void disarm(SignalKey signal) {
            armed.remove(signal);
        }

        @Override
        public void close() {
            watches.remove(this);
            open--;
        }

        private void look() {
            List<Arming> woken = new ArrayList<>();
            armed.forEach((signal, arming) -> {
                if (arming.offsets().entrySet().stream()
                        .anyMatch(entry -> holds(entry.getKey(), entry.getValue(), end(entry.getKey())))) {
                    woken.add(new Arming(signal, arming.token()));
                }
            });
            woken.forEach(arming -> armed.remove(arming.signal()));
            if (!woken.isEmpty()) {
                listener.woken(woken);
            }
        }

        private long end(TopicPartition partition) {
            return ends.getOrDefault(partition.topic(), List.of()).get(partition.partition());
        }
    }
}

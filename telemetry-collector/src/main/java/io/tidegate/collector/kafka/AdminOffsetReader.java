package io.tidegate.collector.kafka;

import io.tidegate.collector.lag.OffsetQuery;
import io.tidegate.collector.lag.OffsetReader;
import io.tidegate.collector.metrics.CollectorMetrics;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.Reading.PartitionOffsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads by one admin client: one request for the commits of all groups of a coordinator, one for the end offsets of all
 * partitions of a leader. Start offsets are read once for each partition, and again after 30 s where there is no commit or records
 * wait; they are told where there is no commit, or one to records that are gone. They only grow, so that an old one never hides a record
 * that waits.
 */
final class AdminOffsetReader implements OffsetReader {

    private static final Duration STARTS_KEPT = Duration.ofSeconds(30);

    private final Admin admin;
    private final LongSupplier nanos;
    private final CollectorMetrics metrics;
    private final TopicPartitions topics;
    private final Map<TopicPartition, Start> starts = new ConcurrentHashMap<>();

    private record Start(long offset, long readAt) {}

    AdminOffsetReader(Admin admin, LongSupplier nanos, CollectorMetrics metrics) {
        this.admin = admin;
        this.nanos = nanos;
        this.metrics = metrics;
        this.topics = new TopicPartitions(admin, nanos);
    }

    @Override
    public Map<OffsetQuery, CompletionStage<Reading>> read(Collection<OffsetQuery> queries) {
        Set<String> names = new HashSet<>();
        queries.forEach(query -> names.addAll(query.topics()));
        Map<String, CompletableFuture<Integer>> sizes = topics.of(names);
        List<OffsetQuery> known = new ArrayList<>();
        List<OffsetQuery> unknown = new ArrayList<>();
        for (OffsetQuery query : queries) {
            (query.topics().stream().allMatch(topic -> isKnown(sizes.get(topic))) ? known : unknown).add(query);
        }
        Map<OffsetQuery, CompletionStage<Reading>> answers = new HashMap<>(readKnown(known, sizes));
        if (!unknown.isEmpty()) {
            // All of these wait for the same descriptions, so that they can share one read afterwards.
            CompletableFuture<Map<OffsetQuery, CompletionStage<Reading>>> later = CompletableFuture.allOf(
                            sizes.values().toArray(CompletableFuture[]::new))
                    .handle((nothing, failure) -> readDescribed(unknown, sizes));
            unknown.forEach(query -> answers.put(query, later.thenCompose(all -> answerOf(all, query))));
        }
        return answers;
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private static CompletionStage<Reading> answerOf(
            Map<OffsetQuery, CompletionStage<Reading>> answers, OffsetQuery query) {
        CompletionStage<Reading> answer = answers.get(query);
        return answer == null ? CompletableFuture.completedFuture(new Reading.Failed("not read")) : answer;
    }

    private static boolean isKnown(@Nullable CompletableFuture<Integer> size) {
        return size != null && size.isDone() && !size.isCompletedExceptionally();
    }

    private Map<OffsetQuery, CompletionStage<Reading>> readDescribed(
            List<OffsetQuery> queries, Map<String, CompletableFuture<Integer>> sizes) {
        List<OffsetQuery> known = new ArrayList<>();
        Map<OffsetQuery, CompletionStage<Reading>> answers = new HashMap<>();
        for (OffsetQuery query : queries) {
            String missing = query.topics().stream()
                    .filter(topic -> !isKnown(sizes.get(topic)))
                    .findFirst()
                    .orElse(null);
            if (missing == null) {
                known.add(query);
            } else {
                answers.put(query, describeFailure(missing, sizes.get(missing)));
            }
        }
        answers.putAll(readKnown(known, sizes));
        return answers;
    }

    private CompletionStage<Reading> describeFailure(String topic, @Nullable CompletableFuture<Integer> size) {
        CompletableFuture<Integer> failed =
                size == null ? CompletableFuture.failedFuture(new IllegalStateException("not described")) : size;
        return failed.handle((partitions, failure) -> failed(ReadFailure.of("topic " + topic, failure)));
    }

    private Map<OffsetQuery, CompletionStage<Reading>> readKnown(
            List<OffsetQuery> queries, Map<String, CompletableFuture<Integer>> sizes) {
        if (queries.isEmpty()) {
            return Map.of();
        }
        Map<OffsetQuery, List<TopicPartition>> partitions = new HashMap<>();
        Map<String, Set<TopicPartition>> byGroup = new HashMap<>();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (OffsetQuery query : queries) {
            List<TopicPartition> own = partitionsOf(query, sizes);
            partitions.put(query, own);
            byGroup.computeIfAbsent(query.group(), group -> new HashSet<>()).addAll(own);
            own.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        }
        Map<String, ListConsumerGroupOffsetsSpec> groups = new HashMap<>();
        byGroup.forEach((group, all) -> groups.put(group, new ListConsumerGroupOffsetsSpec().topicPartitions(all)));
        ListConsumerGroupOffsetsResult commits = admin.listConsumerGroupOffsets(groups);
        ListOffsetsResult ends = admin.listOffsets(latest);
        Map<OffsetQuery, CompletionStage<Reading>> answers = new HashMap<>();
        partitions.forEach((query, own) -> answers.put(query, combine(query, own, commits, ends)));
        return answers;
    }

    private static List<TopicPartition> partitionsOf(OffsetQuery query, Map<String, CompletableFuture<Integer>> sizes) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : query.topics()) {
            CompletableFuture<Integer> size = sizes.get(topic);
            int count = size == null ? 0 : size.getNow(0);
            for (int partition = 0; partition < count; partition++) {
                partitions.add(new TopicPartition(topic, partition));
            }
        }
        return partitions;
    }

    private CompletionStage<Reading> combine(
            OffsetQuery query,
            List<TopicPartition> partitions,
            ListConsumerGroupOffsetsResult commits,
            ListOffsetsResult ends) {
        CompletionStage<Map<TopicPartition, Long>> committed = commits.partitionsToOffsetAndMetadata(query.group())
                .toCompletionStage()
                .thenApply(AdminOffsetReader::offsets);
        CompletionStage<Map<TopicPartition, Long>> end = collect(partitions, ends);
        CompletionStage<Map<TopicPartition, Long>> start = committed.thenCompose(known -> starts(partitions.stream()
                .filter(partition -> !known.containsKey(partition) || !starts.containsKey(partition))
                .toList()));
        return committed
                .handle((known, failure) ->
                        failure == null ? null : ReadFailure.of("consumer group " + query.group(), failure))
                .thenCompose(refused -> refused != null
                        ? CompletableFuture.completedFuture(failed(refused))
                        : committed
                                .thenCombine(
                                        end.thenCombine(start, (ending, starting) -> ending),
                                        (known, ending) -> reading(partitions, known, ending))
                                .exceptionally(failure -> topicFailure(query, failure)));
    }

    private Reading topicFailure(OffsetQuery query, Throwable failure) {
        topics.forget(query.topics());
        // A topic that was made anew begins at 0 again.
        starts.keySet().removeIf(partition -> query.topics().contains(partition.topic()));
        return failed(ReadFailure.of("topic " + String.join(", ", query.topics()), failure));
    }

    private Reading failed(ReadFailure failure) {
        metrics.failed(failure.reason());
        return new Reading.Failed(failure.words());
    }

    private static Map<TopicPartition, Long> offsets(Map<TopicPartition, @Nullable OffsetAndMetadata> commits) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        commits.forEach((partition, commit) -> {
            if (commit != null) {
                offsets.put(partition, commit.offset());
            }
        });
        return offsets;
    }

    private Reading reading(
            List<TopicPartition> partitions, Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {
        refreshStarts(partitions.stream()
                .filter(partition -> isWaiting(committed.get(partition), ends.get(partition)))
                .toList());
        return new Reading.Offsets(partitions.stream()
                .map(partition -> new PartitionOffsets(
                        partition.topic(),
                        partition.partition(),
                        committed.get(partition),
                        startToTell(partition, committed.get(partition)),
                        ends.get(partition)))
                .toList());
    }

    private static boolean isWaiting(@Nullable Long committed, @Nullable Long end) {
        return committed != null && end != null && committed < end;
    }

    private @Nullable Long startToTell(TopicPartition partition, @Nullable Long committed) {
        Start start = starts.get(partition);
        return start == null || (committed != null && committed >= start.offset()) ? null : (Long) start.offset();
    }

    /** Reads what is old for the next time; nobody waits for it. */
    private void refreshStarts(List<TopicPartition> partitions) {
        var unused = starts(partitions);
    }

    /** Start offsets, from what is kept where that is fresh enough. */
    private CompletionStage<Map<TopicPartition, Long>> starts(List<TopicPartition> partitions) {
        long now = nanos.getAsLong();
        Map<TopicPartition, Long> kept = new HashMap<>();
        Map<TopicPartition, OffsetSpec> missing = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Start start = starts.get(partition);
            if (start != null && now - start.readAt() < STARTS_KEPT.toNanos()) {
                kept.put(partition, start.offset());
            } else {
                missing.put(partition, OffsetSpec.earliest());
            }
        }
        if (missing.isEmpty()) {
            return CompletableFuture.completedFuture(kept);
        }
        return collect(List.copyOf(missing.keySet()), admin.listOffsets(missing))
                .thenApply(read -> {
                    read.forEach((partition, offset) -> starts.put(partition, new Start(offset, now)));
                    kept.putAll(read);
                    return kept;
                });
    }

    private static CompletionStage<Map<TopicPartition, Long>> collect(
            List<TopicPartition> partitions, ListOffsetsResult result) {
        Map<TopicPartition, Long> offsets = new ConcurrentHashMap<>();
        return CompletableFuture.allOf(partitions.stream()
                        .map(partition -> result.partitionResult(partition)
                                .toCompletionStage()
                                .thenAccept(info -> offsets.put(partition, info.offset()))
                                .toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .thenApply(nothing -> offsets);
    }
}

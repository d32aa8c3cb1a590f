package io.tidegate.spark.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.spark.sql.streaming.SourceProgress;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.jspecify.annotations.Nullable;

/** The numbers of Spark's report on a batch. Its descriptions of sources and sinks are left where they are. */
record BatchReport(
        String name,
        long batch,
        long rows,
        long batchMillis,
        OptionalLong addBatchMillis,
        OptionalDouble inputRate,
        QueryView.Source source,
        OptionalLong shufflePartitions,
        boolean stateful) {
    private static final int MAX_NAME = 200;

    /** Offsets of 10,000 partitions take about 200 KB. */
    private static final int MAX_OFFSETS = 1_000_000;

    private static final JsonMapper MAPPER = new JsonMapper();

    static BatchReport of(StreamingQueryProgress progress) {
        OptionalLong shufflePartitions = OptionalLong.empty();
        for (StateOperatorProgress operator : progress.stateOperators()) {
            long partitions = Math.max(shufflePartitions.orElse(0), operator.numShufflePartitions());
            shufflePartitions = OptionalLong.of(partitions);
        }
        return new BatchReport(
                nameOf(progress),
                Math.max(0, progress.batchId()),
                progress.numInputRows(),
                Math.max(0, progress.batchDuration()),
                millis(progress, "addBatch"),
                rate(progress.inputRowsPerSecond()),
                source(progress.sources()),
                shufflePartitions,
                progress.stateOperators().length > 0);
    }

    private static String nameOf(StreamingQueryProgress progress) {
        String name = progress.name() == null ? progress.id().toString() : progress.name();
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
    }

    private static OptionalLong millis(StreamingQueryProgress progress, String part) {
        Long millis = progress.durationMs().get(part);
        return millis == null ? OptionalLong.empty() : OptionalLong.of(millis);
    }

    private static OptionalDouble rate(double rowsPerSecond) {
        return Double.isFinite(rowsPerSecond) && rowsPerSecond >= 0
                ? OptionalDouble.of(rowsPerSecond)
                : OptionalDouble.empty();
    }

    /** Of several sources, all must tell, or nothing is known. */
    private static QueryView.Source source(SourceProgress[] sources) {
        long backlog = 0;
        long partitions = 0;
        for (SourceProgress source : sources) {
            List<Long> end = offsets(source.endOffset());
            List<Long> latest = offsets(source.latestOffset());
            partitions = end.isEmpty() || partitions < 0 ? -1 : partitions + end.size();
            backlog = end.isEmpty() || end.size() != latest.size() || backlog < 0
                    ? -1
                    : backlog + Math.max(0, sum(latest) - sum(end));
        }
        return new QueryView.Source(known(sources, backlog), known(sources, partitions));
    }

    private static OptionalLong known(SourceProgress[] sources, long number) {
        return sources.length == 0 || number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
    }

    private static long sum(List<Long> offsets) {
        return offsets.stream().mapToLong(Long::longValue).sum();
    }

    /** The offsets of Kafka's form, partitions by topic; empty for any other. */
    private static List<Long> offsets(@Nullable String json) {
        List<Long> offsets = new ArrayList<>();
        if (json == null || json.length() > MAX_OFFSETS || !json.startsWith("{")) {
            return offsets;
        }
        try {
            for (JsonNode topic : MAPPER.readTree(json)) {
                for (JsonNode offset : topic) {
                    if (!offset.isIntegralNumber()) {
                        return List.of();
                    }
                    offsets.add(offset.longValue());
                }
            }
            return offsets;
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    QueryView view(QueryView.Work work, TriggerInterval interval, long sinceEndMillis) {
        return new QueryView(
                name,
                batch,
                rows,
                new QueryView.Times(batchMillis, addBatchMillis, interval.millis()),
                work,
                sinceEndMillis,
                inputRate,
                source,
                shufflePartitions,
                stateful);
    }
}

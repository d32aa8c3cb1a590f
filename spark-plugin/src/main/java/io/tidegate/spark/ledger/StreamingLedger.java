package io.tidegate.spark.ledger;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.streaming.StreamingQueryListener.QueryProgressEvent;
import org.apache.spark.sql.streaming.StreamingQueryListener.QueryTerminatedEvent;
import org.jspecify.annotations.Nullable;

/** The last finished batch of each streaming query. */
public final class StreamingLedger extends SparkListener {
    /** Queries that are kept; the collector takes no more. */
    public static final int MAX_QUERIES = 16;

    private static final int MAX_STAGES = 1000;
    private static final int MAX_BATCHES = 64;

    /** Spark marks the jobs of a batch with these. */
    private static final String QUERY = "sql.streaming.queryId";

    private static final String BATCH = "streaming.sql.batchId";

    private record BatchId(String query, long batch) {}

    private static final class Sums {
        int tasks;
        long millis;
        final Set<String> executors = new HashSet<>();
    }

    private record Ended(BatchReport report, QueryView.Work work, long atMillis) {}

    private final InstantSource clock;
    private final Consumer<RuntimeException> faults;
    private final Function<UUID, TriggerInterval> triggers;
    private final Map<Integer, BatchId> batchOfStage = new Newest<>(MAX_STAGES);
    private final Map<BatchId, Sums> running = new Newest<>(MAX_BATCHES);
    private final Map<UUID, Ended> ended = new Newest<>(MAX_QUERIES);
    private final Map<UUID, TriggerInterval> intervals = new Newest<>(MAX_QUERIES);
    private long revision;

    /**
     * An empty ledger.
     *
     * @param faults takes what goes wrong; nothing is ever thrown at Spark
     * @param triggers tells how often batches of a running query are due
     */
    public StreamingLedger(
            InstantSource clock, Consumer<RuntimeException> faults, Function<UUID, TriggerInterval> triggers) {
        this.clock = clock;
        this.faults = faults;
        this.triggers = triggers;
    }

    private <E extends SparkListenerEvent> void take(E event, Consumer<E> change) {
        try {
            synchronized (this) {
                change.accept(event);
            }
        } catch (RuntimeException e) {
            faults.accept(e);
        }
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted event) {
        take(event, submitted -> {
            BatchId batch = batchOf(submitted.properties());
            if (batch != null) {
                batchOfStage.put(submitted.stageInfo().stageId(), batch);
            }
        });
    }

    private static @Nullable BatchId batchOf(@Nullable Properties properties) {
        if (properties == null) {
            return null;
        }
        String query = properties.getProperty(QUERY);
        String batch = properties.getProperty(BATCH);
        return query == null || batch == null ? null : new BatchId(query, Long.parseLong(batch));
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
        take(event, end -> {
            BatchId batch = batchOfStage.get(end.stageId());
            if (batch != null) {
                Sums sums = running.computeIfAbsent(batch, id -> new Sums());
                sums.tasks++;
                sums.millis += end.taskInfo().duration();
                sums.executors.add(end.taskInfo().executorId());
            }
        });
    }

    @Override
    public void onOtherEvent(SparkListenerEvent event) {
        if (event instanceof QueryProgressEvent progress) {
            take(progress, this::progressed);
        } else if (event instanceof QueryTerminatedEvent terminated) {
            take(terminated, end -> {
                ended.remove(end.id());
                intervals.remove(end.id());
                running.keySet().removeIf(batch -> batch.query().equals(end.id().toString()));
                revision++;
            });
        }
    }

    private void progressed(QueryProgressEvent event) {
        UUID query = event.progress().id();
        Sums sums =
                running.remove(new BatchId(query.toString(), event.progress().batchId()));
        if (sums == null && event.progress().numInputRows() == 0 && ended.containsKey(query)) {
            // Told while a query idles: no batch was run.
            return;
        }
        QueryView.Work work = sums == null
                ? new QueryView.Work(0, 0, 0)
                : new QueryView.Work(sums.tasks, sums.millis, sums.executors.size());
        if (!intervals.containsKey(query)) {
            intervals.put(query, triggers.apply(query));
        }
        ended.put(query, new Ended(BatchReport.of(event.progress()), work, clock.millis()));
        revision++;
    }

    /** Rises with each batch. */
    public synchronized long revision() {
        return revision;
    }

    public synchronized List<QueryView> view() {
        long now = clock.millis();
        return ended.entrySet().stream()
                .map(entry -> view(entry.getKey(), entry.getValue(), now))
                .toList();
    }

    private QueryView view(UUID query, Ended batch, long now) {
        TriggerInterval interval = intervals.getOrDefault(query, TriggerInterval.UNKNOWN);
        return batch.report().view(batch.work(), interval, Math.max(0, now - batch.atMillis()));
    }

    /** Forgets what was put in first. */
    private static final class Newest<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1;
        private final int most;

        Newest(int most) {
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
        }
    }
}

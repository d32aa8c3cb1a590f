package io.tidegate.decision.signal;

import io.tidegate.decision.model.QueryReading;
import io.tidegate.decision.policy.SparkSignal;
import java.util.List;

/**
 * The streaming queries that count, taken together: they share the executors.
 *
 * @param count how many
 * @param last their last batches: sums, but for durations, which are those of the longest
 * @param triggerMillis the shortest trigger of any, -1 if none is known
 * @param parallelism tasks at a time that they can have at most
 * @param stateful whether any keeps state at executors
 * @param sinceEndMillis since the last of their batches ended
 */
public record Queries(
        int count, BatchMark last, long triggerMillis, long parallelism, boolean stateful, long sinceEndMillis) {
    private static final BatchMark NO_BATCH = new BatchMark(0, 0, 0, 0, 0, 0, 0, 0);

    /** Takes those together that the signal names, or all if it names none. */
    public static Queries counted(SparkSignal signal, List<QueryReading> queries) {
        int count = 0;
        BatchMark last = NO_BATCH;
        long trigger = -1;
        long parallelism = 0;
        boolean stateful = false;
        long sinceEnd = Long.MAX_VALUE;
        for (QueryReading query : queries) {
            if (signal.query().isPresent() && !signal.query().get().equals(query.name())) {
                continue;
            }
            count++;
            last = sum(last, query);
            if (query.triggerMillis().isPresent()) {
                long own = query.triggerMillis().getAsLong();
                trigger = trigger < 0 ? own : Math.min(trigger, own);
            }
            parallelism += Math.max(1, Math.max(query.partitions(), query.shufflePartitions()));
            stateful |= query.stateful();
            sinceEnd = Math.min(sinceEnd, query.sinceEndMillis());
        }
        trigger = signal.trigger().isPresent() ? signal.trigger().get().toMillis() : trigger;
        return new Queries(count, last, trigger, parallelism, stateful, sinceEnd);
    }

    private static BatchMark sum(BatchMark sum, QueryReading query) {
        boolean longer = query.batchMillis() > sum.batchMillis();
        double rate = query.inputRate().orElse(-1);
        long backlog = query.backlog().orElse(-1);
        return new BatchMark(
                Sums.add(sum.batch(), query.batch()),
                Sums.add(sum.rows(), query.rows()),
                Math.max(sum.batchMillis(), query.batchMillis()),
                longer ? query.addBatchMillis() : sum.addBatchMillis(),
                Sums.add(sum.taskMillis(), query.taskMillis()),
                (int) Math.min(Integer.MAX_VALUE, (long) sum.tasks() + query.tasks()),
                sum.inputRate() < 0 || rate < 0 ? -1 : sum.inputRate() + rate,
                sum.backlog() < 0 || backlog < 0 ? -1 : Sums.add(sum.backlog(), backlog));
    }
}

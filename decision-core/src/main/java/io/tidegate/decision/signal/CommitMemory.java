package io.tidegate.decision.signal;

/**
 * What has been seen of a group's commits.
 *
 * @param partitions number of partitions that the sums run over, -1 before the first sample
 * @param consumed where the group is, in records
 * @param movedAt the last sample in which {@code consumed} had grown, in ms since the epoch, -1 if none had
 * @param processed records/s of the whole group between its last two commits, -1 while unknown
 * @param intervalMillis learned time between two commits of a consumer, -1 while unknown
 */
public record CommitMemory(
        int partitions, long consumed, long movedAt, double processed, double intervalMillis, Probe probe) {
    static final CommitMemory EMPTY = new CommitMemory(-1, 0, -1, -1, -1, Probe.NONE);
}

package io.tidegate.decision.signal;

/**
 * Offsets of a group, summed over its known partitions, in records.
 *
 * @param lag records that wait, but for those in {@code standing}
 * @param standing records that wait where commits stand still, if the signal leaves those out
 * @param end sum of end offsets
 * @param consumed sum of the offsets up to which the group is through: what it has committed, or where it would start
 * @param partitions number of partitions that count, known or not
 * @param guessed partitions without a commit that count as consumed to their end
 * @param lagging partitions in which records of {@code lag} wait
 * @param most records that wait in the partition in which most do
 * @param busiest index of the partition in which most records wait
 * @param probed where the group is in the partition that was asked for, -1 if that is not known
 */
public record Totals(
        long lag,
        long standing,
        long end,
        long consumed,
        int partitions,
        int guessed,
        int lagging,
        long most,
        int busiest,
        long probed) {
    /** Records that wait, wherever it is. */
    public long waiting() {
        return lag > Long.MAX_VALUE - standing ? Long.MAX_VALUE : lag + standing;
    }
}
